"""Blocks: a table that goes on beside itself to save paper. Three blocks of five columns are one table of five.

A grid has blocks when the whole row of headings is one sequence said twice or more; each becomes a part of its own, whose
cells keep their addresses, and whose title (the text right above it, such as a district) can be a constant.
"""

import dataclasses
from collections.abc import Sequence

import pyarrow as pa

from publish.reading import region
from publish.reading.concatenating import concatenate
from publish.reading.grid import Grid, place_cells
from publish.reading.heading_rows import Columns, names, repeated
from publish.reading.spans import spans_of
from publish.table.file_facts import FileFacts
from publish.table.finding import Finding
from publish.table.position import Part, column_letter
from publish.table.table import RawTable


def cut(grid: Grid, part: Part, heading: tuple[int, int] | None) -> RawTable:
    """Cut the table out of a grid as `region.cut` does; blocks that stand side by side follow each other."""
    if heading is None:
        return region.cut(grid, part, heading)
    first, last = heading
    rows = grid.head(last)
    blocks = repeated(names(rows[last - 1 :]))
    if blocks and all(_single(row, blocks) for row in rows[first - 1 : last - 1]):
        heading = (last, last)  # what stands over the blocks are their titles
    else:
        blocks = repeated(names(rows[first - 1 :], spans_of(grid.facts), first))
    if not blocks:
        return region.cut(grid, part, heading)
    return _joined(grid, part, heading, blocks, _titles(rows[: heading[0] - 1], blocks))


def _single(row: Sequence[str], blocks: Sequence[Columns]) -> bool:
    """Say whether every block has one text in a row at most."""
    return all(sum(1 for text in row[start:end] if text.strip()) <= 1 for start, end in blocks)


def _titles(above: Sequence[Sequence[str]], blocks: Sequence[Columns]) -> list[str]:
    """Return what stands in the row right above each block, where every block has something of its own there."""
    row = above[-1] if above else []
    titles = ["".join(row[start:end]).strip() for start, end in blocks]
    return titles if _single(row, blocks) and all(titles) and len(set(titles)) > 1 else [""] * len(blocks)


def _joined(grid: Grid, part: Part, heading: tuple[int, int], blocks: Sequence[Columns], titles: Sequence[str]) -> RawTable:
    tables = []
    for number, (columns, title) in enumerate(zip(blocks, titles, strict=True), start=1):
        here = dataclasses.replace(part, block=number, title=title)
        tables.append(_tidy(region.cut(_only(grid, columns), here, heading), heading[0], number))
    told = {"count": str(len(blocks)), "cells": "、".join(f"{column_letter(start)}{heading[1]}" for start, _ in blocks[1:])}
    table = concatenate(tables)
    beside = Finding("tables-side-by-side", "info", 0, values=told)
    return dataclasses.replace(table, findings=(*table.findings, beside))


def _only(grid: Grid, columns: Columns) -> Grid:
    """Return the grid with the cells of some columns only, at their places."""
    blank = pa.chunked_array([pa.repeat("", grid.cells.num_rows)])
    kept = [column if columns[0] <= place < columns[1] else blank for place, column in enumerate(grid.cells.columns)]
    letters = {column_letter(place) for place in range(*columns)}
    facts = dataclasses.replace(
        grid.facts, text_numbers={letter: rows for letter, rows in grid.facts.text_numbers.items() if letter in letters}
    )
    return Grid(place_cells(kept), tuple(one for one in grid.findings if one.field in letters), facts)


def _tidy(table: RawTable, heading: int, number: int) -> RawTable:
    """Leave with the first block what is told of the sheet once: how it is made, and the rows above that hold nothing here."""
    if number == 1:
        return table
    (part,) = table.parts
    facts = FileFacts(text_numbers=part.facts.text_numbers, headings=part.facts.headings, outside=part.facts.outside)
    asides = tuple(aside for aside in table.asides if aside.row > heading or aside.text)
    return dataclasses.replace(table, parts=(dataclasses.replace(part, facts=facts),), asides=asides)
