"""Feature id: the key's values joined with ~; without a key h- and 12 hex of the published row (DESIGN 7)."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import shapely

from catalog.dataset import Dataset
from gis.layer import Layer

_UNFIT = re.compile(r"\.{1,2}|.{301,}|.*[\x00-\x1f\x7f-\x9f\u2028\u2029].*", re.DOTALL)
"""What no address carries to us: browsers resolve dots as folders, servers refuse control characters and long addresses."""

_SEPARATOR = "\x1f"
"""Between cells when a row is hashed: a control character that no published cell needs."""


def feature_ids(dataset: Dataset, cells: pa.Table, layer: Layer | None) -> list[str]:
    """Return one id per row: N strings, no two alike.

    A row whose key has a blank value or cannot stand in an address, or whose dataset has no key, is named by what it says
    and where it is. Where an id comes again the later rows get -2, -3 … in row order.
    """
    return list(_unique(_plain(dataset, cells, layer)))


def _plain(dataset: Dataset, cells: pa.Table, layer: Layer | None) -> list[str]:
    key = [name for name in dataset.key if name in cells.column_names]
    columns = [cells.column(name).to_pylist() for name in key]
    unnamed: list[int] = []
    found: list[str] = []
    for n, values in enumerate(zip(*columns, strict=True) if columns else [()] * cells.num_rows):
        name = "~".join(values)
        if not values or "" in values or _UNFIT.fullmatch(name):
            unnamed.append(n)
        found.append(name)
    for n, name in zip(unnamed, _hashes(cells, layer, unnamed), strict=True):
        found[n] = name
    return found


def _hashes(cells: pa.Table, layer: Layer | None, rows: Sequence[int]) -> Iterator[str]:
    if not rows:
        return
    taken = cells.take(rows)
    places = _places(layer, rows)
    for n, values in enumerate(zip(*(taken.column(name).to_pylist() for name in taken.column_names), strict=True)):
        text = _SEPARATOR.join(values).encode() + (places[n] if places else b"")
        yield "h-" + hashlib.sha256(text).hexdigest()[:12]


def _places(layer: Layer | None, rows: Sequence[int]) -> list[bytes]:
    """Return the places as WKB at the published precision, so that an id can be told from the files alone."""
    if layer is None:
        return []
    rounded = shapely.transform(layer.geometries[list(rows)], lambda xy: xy.round(7))
    return [wkb or b"" for wkb in shapely.to_wkb(rounded)]


def _unique(names: Iterable[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    taken: set[str] = set()
    for name in names:
        count = seen.get(name, 0) + 1
        candidate = name if count == 1 else f"{name}-{count}"
        while candidate in taken:
            count += 1
            candidate = f"{name}-{count}"
        seen[name] = count
        taken.add(candidate)
        yield candidate
