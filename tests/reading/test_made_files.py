"""Files made in every way that offices make them: every cell is read at its address, or the file is refused; none is wrong."""

from collections import Counter
from pathlib import Path

import pytest
from made_files import HEADINGS, Made, made

from catalog.errors import UnusableSource
from catalog.folding import heading_key
from publish.reading.source import read
from publish.table.position import column_letter
from publish.table.table import RawTable

KNOWN = frozenset(map(heading_key, HEADINGS))


def cells(table: RawTable) -> dict[tuple[int, str], str]:
    """Return every filled cell by row and column letter."""
    letters = table.parts[0].columns
    rows = table.row.to_pylist()
    return {
        (row, letters[heading]): text
        for heading in table.cells.column_names
        for row, text in zip(rows, table.cells.column(heading).to_pylist(), strict=True)
        if text
    }


def wrong(file: Made, table: RawTable) -> list[str]:
    """Return what was read otherwise than it was written."""
    written = {
        (row, column_letter(place)): text for row, texts in file.rows.items() for place, text in enumerate(texts) if text
    }
    letters = {heading: column_letter(place) for place, heading in enumerate(HEADINGS)}
    found = []
    if cells(table) != written:
        found.append(f"cells: {set(cells(table).items()) ^ set(written.items())}")
    if not letters.items() <= dict(table.parts[0].columns).items():
        found.append(f"columns: {table.parts[0].columns}")
    if table.row.to_pylist() != list(file.rows) or table.parts[0].heading != (file.heading, file.heading):
        found.append(f"rows: {table.row.to_pylist()} under {table.parts[0].heading}")
    if {aside.row: aside.reason for aside in table.asides if aside.row <= max(file.rows)} != {
        row: reason for row, reason in file.asides.items() if row <= max(file.rows)
    }:
        found.append(f"asides: {table.asides}")
    return found


def outcomes(folder: Path, count: int, seed: int) -> Counter[str]:
    """Read that many files and count those that are right, and those that are refused by code; a wrong one fails here."""
    counted: Counter[str] = Counter()
    for number, file in enumerate(made(count, seed)):
        path = folder / f"{number}.csv"
        path.write_bytes(file.data)
        try:
            table = read(path, name=path.name, known=KNOWN)
        except UnusableSource as refused:
            counted[refused.code] += 1
            continue
        assert wrong(file, table) == [], file.ways
        counted["right"] += 1
    return counted


def test_three_hundred_files_made_in_every_way_are_right_or_refused(tmp_path: Path) -> None:
    counted = outcomes(tmp_path, 300, seed=20261126)
    assert counted == {"right": 300}


@pytest.mark.full
def test_ten_thousand_files_made_in_every_way_are_right_or_refused(tmp_path: Path) -> None:
    counted = outcomes(tmp_path, 10_000, seed=4)
    assert counted["right"] >= 9_990
    assert set(counted) <= {"right", "no-table", "ambiguous-encoding"}
