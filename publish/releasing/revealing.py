"""Revealing: public versions that break down an area with few people, since they were released before it was hidden so.

A version that hid by the numbers in force is trusted without reading its tables: there may be hundreds of months in each.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalog.dataset import Dataset
from catalog.site.pointer import Pointer
from catalog.suppression import MARK, Suppression
from catalog.town import Town
from publish.diff.table_files import read_csv
from publish.packing.package import FILE
from publish.releasing.pointing import live

_AT_LEAST = ("below_persons", "below_households", "cells")


def revealing(site: Path, pointer: Pointer, dataset: Dataset, town: Town) -> tuple[str, ...]:
    """Return the versions that show the breakdown of an area that is too small by what is decided now, lowest number first."""
    terms = town.suppressed(dataset)
    if terms is None:
        return ()
    return tuple(
        version
        for version in live(pointer, dataset.id)
        if _reveals(site / pointer.datasets[dataset.id].versions[version].path, terms)
    )


def _reveals(folder: Path, terms: Suppression) -> bool:
    described = json.loads((folder / FILE).read_bytes())
    if _hid_as_much(described["machizu"].get("suppression"), terms):
        return False
    return any(_shows_small(folder / one["path"], terms) for one in described["resources"] if one["format"] == "csv")


def _hid_as_much(then: Mapping[str, Any] | None, now: Suppression) -> bool:
    return then is not None and all(then[name] >= getattr(now, name) for name in _AT_LEAST)


def _shows_small(path: Path, terms: Suppression) -> bool:
    cells = read_csv(path)
    columns = terms.columns(cells.column_names)
    if not {terms.area, terms.total} <= set(cells.column_names) or not columns:
        return False  # released under a definition of other columns
    return any(_small(cells.to_pylist(), terms, columns))


def _small(rows: list[dict[str, str]], terms: Suppression, columns: tuple[str, ...]) -> Iterator[bool]:
    for row in rows:
        persons, households = (_count(row.get(name, "")) for name in (terms.total, terms.households))
        broken_down = any(row[name] not in ("", MARK) for name in columns)
        yield broken_down and persons is not None and terms.is_small(persons, households)


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
