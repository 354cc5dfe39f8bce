"""Region: where the table stands in a grid, and the RawTable that is cut out of it.

Rows above the heading, comment rows, notes below and blank rows between are set aside, each with its reason; rows and
columns after the last cell with content are not rows at all. Cells beyond the headings stand in columns of their own.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.reading import below_heading, heading_rows, remarks
from publish.reading.grid import Grid, blank_rows, is_blank
from publish.reading.heading_extent import extent, unknown
from publish.reading.spans import spans_of
from publish.table.finding import Finding
from publish.table.position import Part, column_letter
from publish.table.table import Aside, RawTable

_TEXT_KEPT = 200
_RAGGED_TOLD = 200
_OUTSIDE_KEPT = 1_000


def heading_of(grid: Grid, known: Collection[str]) -> tuple[int, int] | None:
    """Return the heading rows of a grid (first and last, counted from 1), or None when it has no table."""
    head = grid.head(heading_rows.SEARCHED + 8)
    merged = spans_of(grid.facts)
    row = heading_rows.find(head, known)
    return extent(head, row, merged) if row else unknown(head, merged)


def cut(grid: Grid, part: Part, heading: tuple[int, int] | None) -> RawTable:
    """Cut the table out of a grid. `heading` None: there is none, columns are called by their letters.

    The result has one part, numbered 0; rows keep the numbers of the spreadsheet.
    """
    first, last = heading or (1, 0)
    end = _end(grid)
    body = grid.cells.slice(last, max(0, end - last))
    names = _names(grid, first, last, end)
    asides, kept = _asides(grid, body, first, last)
    cells = body if len(kept) == body.num_rows else body.take(pa.array(kept))
    columns = [place for place in range(cells.num_columns) if names[place] or not is_blank(cells.column(place))]
    letters = [column_letter(place) for place in columns]
    headings = dict(zip(columns, heading_rows.unique([names[place] for place in columns], letters), strict=True))
    written = _written(grid, last, headings) if heading else {}
    outside = _outside(cells, [place for place in columns if not names[place]], kept + last + 1) if heading else {}
    facts = dataclasses.replace(grid.facts, headings=written, outside=outside)
    part = dataclasses.replace(part, heading=heading, columns=dict(zip(headings.values(), letters, strict=True)), facts=facts)
    table = pa.table([cells.column(place) for place in columns], names=[headings[place] for place in columns])
    rows = pa.array(kept + last + 1, pa.int64())
    findings = [*_found(grid, part, last), *_duplicates(names, headings), *_ragged(table, names, headings, rows)]
    return RawTable(
        (part,), table, pa.array(np.zeros(len(kept), np.int32)), rows, asides=tuple(asides), findings=tuple(findings)
    )


def _outside(cells: pa.Table, places: Sequence[int], rows: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> dict[str, str]:
    """Return the cells with content under no heading, by their address."""
    found: dict[str, str] = {}
    for place in places:
        column = cells.column(place)
        filled = pc.indices_nonzero(pc.not_equal(pc.utf8_trim_whitespace(column), "")).to_pylist()
        told = filled[: _OUTSIDE_KEPT - len(found)]
        found |= {f"{column_letter(place)}{rows[index]}": column[index].as_py()[:_TEXT_KEPT] for index in told}
    return found


def _end(grid: Grid) -> int:
    """Return the number of the last row with content."""
    blank = blank_rows(grid.cells)
    rows = int(grid.cells.num_rows)
    places = blank.to_numpy()
    tail = np.arange(rows - len(places), rows)
    trailing = int(np.count_nonzero(np.cumprod((places == tail)[::-1]))) if len(places) else 0
    return rows - trailing


def _names(grid: Grid, first: int, last: int, end: int) -> tuple[str, ...]:
    width = grid.cells.num_columns
    rows = grid.head(last)[first - 1 :] if last and end else []
    return heading_rows.names(rows, spans_of(grid.facts), first) if rows else ("",) * width


def _written(grid: Grid, last: int, headings: Mapping[int, str]) -> dict[str, str]:
    """Return headings that the file writes with more white space than they need, by the heading."""
    (row,) = grid.head(last)[last - 1 :]
    return {name: row[place] for place, name in headings.items() if row[place] != heading_rows.clean(row[place])}


def _asides(
    grid: Grid, body: pa.Table, first: int, last: int
) -> tuple[list[Aside], "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Return what is set aside, and the places in the body of the rows that stay."""
    above = [Aside(0, number, reason, text) for number, reason, text in _above(grid.head(max(0, first - 1)))]
    comments = _comments(grid, body, first, last)
    blank = blank_rows(body).to_pylist()
    ruled = dict(below_heading.lines(Grid(body).head(below_heading.LOOKED_AT))) if last else {}
    told = dict.fromkeys(blank, ("blank", ""))
    told |= {place: ("comment", text) for place, text in comments.items()}
    told |= {place: (reason, _row_text(body, place)) for place, reason in remarks.places(body).items()}
    told |= {place: (reason, _row_text(body, place)) for place, reason in ruled.items()}
    below = [Aside(0, place + last + 1, *why) for place, why in told.items()]
    stays = np.ones(body.num_rows, bool)
    stays[list(told)] = False
    return [*above, *sorted(below, key=lambda aside: aside.row)], np.flatnonzero(stays)


def _above(rows: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    told = []
    for number, row in enumerate(rows, start=1):
        text = _text(row)
        reason = "comment" if text.startswith("#") else "title" if text else "blank"
        told.append((number, reason, text))
    return told


def _comments(grid: Grid, body: pa.Table, first: int, last: int) -> dict[int, str]:
    """Return rows that start with # below a heading that does (the preamble of LinkData: #property, #object_type_xsd)."""
    heading = grid.head(last)[first - 1 :] if last else []
    if not (heading and heading[0] and heading[0][0].startswith("#")):
        return {}
    places = pc.indices_nonzero(pc.starts_with(body.column(0), "#")).to_pylist()
    return {place: _row_text(body, place) for place in places}


def _text(row: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in row if cell.strip())[:_TEXT_KEPT]


def _row_text(table: pa.Table, place: int) -> str:
    return _text([column[place].as_py() for column in table.columns])


def _found(grid: Grid, part: Part, last: int) -> list[Finding]:
    """Return what was seen while reading, below the heading, under the clerk's headings instead of column letters."""
    headings = {letter: heading for heading, letter in part.columns.items()}
    return [
        dataclasses.replace(finding, field=headings.get(finding.field or "", finding.field))
        for finding in grid.findings
        if (finding.row or 0) > last
    ]


def _duplicates(names: Sequence[str], headings: dict[int, str]) -> list[Finding]:
    return [
        Finding("duplicate-heading", "info", 0, None, made, names[place], {"heading": names[place], "renamed": made})
        for place, made in headings.items()
        if names[place] and made != names[place]
    ]


def _ragged(table: pa.Table, names: Sequence[str], headings: dict[int, str], rows: pa.Array) -> list[Finding]:
    """Return a finding for each row that has content beyond the last heading, unless most rows do."""
    last = max((place for place, name in enumerate(names) if name), default=len(names))
    found: list[Finding] = []
    for place, heading in headings.items():
        if place > last:
            column = table.column(heading)
            filled = pc.indices_nonzero(pc.not_equal(pc.utf8_trim_whitespace(column), ""))
            if len(filled) <= min(_RAGGED_TOLD, max(1, table.num_rows // 2)):
                found.extend(
                    Finding("ragged-row", "warning", 0, rows[index].as_py(), heading, column[index].as_py())
                    for index in filled.to_pylist()
                )
    return found
