"""A place in the clerk's file as people say it: one row, many rows at once, a sheet, the whole table."""

from pathlib import PurePosixPath

import numpy as np

from publish.answering.visible import visible
from publish.answering.words import words
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import Table

_NAMED = 3
"""Cells named one by one where they do not follow one another."""


def place(table: Table, part: int | None, row: int | None, lang: str) -> str:
    """Return 5行目, シート「AED」の5行目, 5番目の地物, or what the table is called when no row is meant."""
    known = _known(table, part, row)
    inside = _inside(known, several=len(table.parts) > 1, lang=lang) if known else ""
    if row is None:
        return inside or words("where.table", lang)
    said = words(f"where.{_kind(known)}", lang, row=str(row))
    return words("where.inside", lang, inside=inside, row=said) if inside else said


def extent(finding: Finding, table: Table, lang: str) -> str:
    """Return the place of a finding; of one that stands for many rows 「2行目から83行目までの82行」 or 「82行すべて」."""
    if finding.row is None or not finding.members:
        return place(table, finding.part, finding.row, lang)
    known = _known(table, finding.part, finding.row)
    rows = _rows(finding)
    shape = "all" if _are_all(rows, finding.part or 0, table) else "range" if _unbroken(rows) else "among"
    said = words(f"where.{_kind(known)}.{shape}", lang, first=str(rows[0]), last=str(rows[-1]), count=len(rows))
    inside = _inside(known, several=len(table.parts) > 1, lang=lang) if known else ""
    return words("where.inside", lang, inside=inside, row=said) if inside else said


def cells(finding: Finding, part: Part, heading: str, lang: str) -> str:
    """Return the cell's address, of many rows 「D2:D83」 or the first few of them; "" where a part has none."""
    rows = _rows(finding) if finding.members and finding.row is not None else []
    first = part.cell(finding.row, heading)
    if len(rows) < 2 or not first:
        return first
    if _unbroken(rows):
        return f"{first}:{part.cell(rows[-1], heading)}"
    listed = words("list.join", lang).join(part.cell(row, heading) for row in rows[:_NAMED])
    return words("where.cells", lang, listed=listed) if len(rows) > _NAMED else listed


def _known(table: Table, part: int | None, row: int | None) -> Part | None:
    return table.parts[part or 0] if table.parts and (part is not None or row is not None) else None


def _kind(part: Part | None) -> str:
    return "feature" if part and part.kind == "vector" else "row"


def _rows(finding: Finding) -> list[int]:
    return sorted({member.row for member in finding.members if member.row is not None})


def _unbroken(rows: list[int]) -> bool:
    return rows[-1] - rows[0] == len(rows) - 1


def _are_all(rows: list[int], part: int, table: Table) -> bool:
    """Say whether these are all rows of a part that are kept."""
    kept = table.row.to_numpy()[table.part.to_numpy() == part]
    return np.array_equal(np.sort(kept), rows)


def _inside(part: Part, *, several: bool, lang: str) -> str:
    """Name file, member and sheet as far as they tell one part from another."""
    named = [visible(PurePosixPath(part.file).name)] if several else []
    named += [visible(part.member)] if part.member and several else []
    if part.kind == "vector" and not several:
        return ""
    kind = "where.layer" if part.kind == "vector" else "where.sheet"
    sheet = [words(kind, lang, sheet=visible(part.sheet))] if part.sheet else []
    return " ".join(named + sheet)
