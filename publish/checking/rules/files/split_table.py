"""Blank rows and columns that part a table."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells, rows_of_parts
from publish.checking.rule import Use
from publish.context import Context
from publish.reading.limits import MAX_COLUMNS
from publish.table.finding import Finding, Severity
from publish.table.position import column_letter
from publish.table.table import Aside, Table

CODE = "split-table"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="表が空の行や列で分かれています",
    en="Blank rows or columns inside the table",
)
MESSAGE = Text(
    ja="表の途中に、空の行や列が{count}か所あります(最初は{cells})。",
    en="Blank rows or columns inside the table: {count} (first {cells}).",
)
FIX = Text(
    ja="元の表では空の行や列を消して、一つながりにしてください。このままでも公開できます。",
    en="In the original, delete them. The table can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 2-1 データが分断されていないか. Count blank rows between rows, and blank columns between columns."""
    cells = Cells(table)
    kept = rows_of_parts(table)
    for number, part in enumerate(table.parts):
        rows = kept[number]
        if part.kind != "vector" and len(rows):
            blank = [f"A{one.row}" for one in table.asides if _inside(one, number, int(rows[0]), int(rows[-1]))]
            cells.add(number, blank, len(blank))
            letters = _gaps(part.columns.values())
            cells.add(number, [f"{letter}1" for letter in letters], len(letters))
    yield from cells.finding(CODE, SEVERITY)


def _inside(aside: Aside, part: int, first: int, last: int) -> bool:
    return aside.reason == "blank" and aside.part == part and first < aside.row < last


def _gaps(letters: Iterable[str]) -> list[str]:
    """Return the letters that are missing between those of the columns with content."""
    there = set(letters)
    every = [column_letter(place) for place in range(MAX_COLUMNS)]
    places = [place for place, letter in enumerate(every) if letter in there]
    return [letter for letter in every[places[0] : places[-1]] if letter not in there] if places else []
