"""Attributes file: a table beside a source that says what its columns are called (original_name, display_name).

Cities that publish shapefiles from a GIS keep the ten-byte column names (SAFIELD000) and put the readable ones here.
A blank display name leaves the original; two originals with one display name stay apart as 名称 and 名称(2).
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from catalog.errors import RecipeError
from gis import zip_members
from gis.archive import is_archive
from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.heading_rows import clean, unique
from publish.table.position import Part, column_letter
from publish.table.table import RawTable

USUAL = "attributes.csv"
_LARGEST = 1 << 20
"""Bytes of an attributes file in a zip; a longer one is cut, and then it is none."""
_ORIGINAL, _DISPLAY = "original_name", "display_name"


def display_names(path: Path, file: str) -> Mapping[str, str]:
    """Read the attributes file `file` in the folder of `path`, or in the zip that it is: original → display name.

    RecipeError: there is none, it is not one, or several in a zip call one column differently.
    """
    if PurePosixPath(file.replace("\\", "/")).name != file:
        raise _wrong(file, "同じフォルダーのファイル名だけを書きます", "only the name of a file in the same folder is allowed")
    beside = path.parent / file
    texts = [beside.read_bytes()] if beside.is_file() else _inside(path, file)
    if not texts:
        raise _wrong(file, f"{path.name} のそばにありません", f"it does not lie beside {path.name}")
    found: dict[str, str] = {}
    for text in texts:
        for original, display in _names(text, file).items():
            if found.setdefault(original, display) != display:
                ja = f"zip の中の2つで、{original} の名前が違います"
                raise _wrong(file, ja, f"two of them in the zip call {original} differently")
    return found


def _inside(path: Path, file: str) -> list[bytes]:
    members = zip_members.members(path) if is_archive(path) else {}
    return [zip_members.head(path, info, _LARGEST) for name, info in members.items() if PurePosixPath(name).name == file]


def _names(text: bytes, file: str) -> Mapping[str, str]:
    rows = read_grid(decode(text, file), file).head(10_000)
    headings = [clean(cell).lower() for cell in rows[0]] if rows else []
    if _ORIGINAL not in headings or _DISPLAY not in headings:
        raise _wrong(file, f"{_ORIGINAL} と {_DISPLAY} の列がありません", f"it has no columns {_ORIGINAL} and {_DISPLAY}")
    original, display = headings.index(_ORIGINAL), headings.index(_DISPLAY)
    return {clean(row[original]): clean(row[display]) for row in rows[1:] if clean(row[original]) and clean(row[display])}


def rename(table: RawTable, names: Mapping[str, str]) -> RawTable:
    """Give the columns of a table their display names; parts still lead to the names in the file."""
    before = table.cells.column_names
    letters = [column_letter(place) for place in range(len(before))]
    after = dict(zip(before, unique([names.get(heading, heading) for heading in before], letters), strict=True))
    parts = tuple(_renamed(part, after) for part in table.parts)
    return dataclasses.replace(
        table,
        parts=parts,
        cells=table.cells.rename_columns(list(after.values())),
        findings=tuple(
            dataclasses.replace(finding, field=after.get(finding.field or "", finding.field)) for finding in table.findings
        ),
    )


def _renamed(part: Part, after: Mapping[str, str]) -> Part:
    return dataclasses.replace(part, columns={after[heading]: letter for heading, letter in part.columns.items()})


def _wrong(file: str, ja: str, en: str) -> RecipeError:
    return RecipeError(
        f"recipe の attributes「{file}」が使えません({ja})。",
        f"The recipe's attributes file {file!r} cannot be used: {en}.",
        code="attributes",
    )
