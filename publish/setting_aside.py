"""Setting aside: rows that a table carries for its readers and that are no data: totals, what stands below them, and
headings written once more.

A total is known by its word alone in the column that names a row, or in the first column of the file. Its cells are kept,
so that the rest can be compared with it. A town published with its own total among its areas would count everybody twice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.folding import fold, heading_key
from publish.reading.remarks import NOTE
from publish.table.finding import Finding
from publish.table.table import Aside, RawTable, Table

TOTAL, REPEATED, INCLUDED = "total", "repeated", "included"
_GRAND = frozenset(map(fold, ("合計", "総計", "総合計", "計", "総数", "全体", "全市", "全町", "全村", "total", "grand total")))
_OF = re.compile("(?:市|町|村|区|地域|全市|全町|全村)(?:合計|総計|計|全体)")
_PARTIAL = frozenset(map(fold, ("小計", "中計", "累計", "subtotal", "sub total")))
_LIKE = r"^[\s\x{3000}(\x{ff08}\[<【〔《〈*＊※・]*(?:[小中合総累市町村区地全計ＴＳＧ]|[Tt][Oo]|[Ss][Uu]|[Gg][Rr])"
"""What every such cell begins with: the exact question is asked of these only."""
_MIDDLE = frozenset(map(fold, ("中計",)))
_RUNNING = frozenset(map(fold, ("累計",)))
"""Totals of everything above them, other such totals included."""
_NAMING = 3
"""Columns at the left in which a row may say what it is: a town's tables begin with district, area, sex."""
_AGAIN = (
    r"^[\s\x{3000}(（\[［【〔]*(?:再[\s\x{3000}]*掲"
    r"|うち[\s\x{3000}]*(?:外国|日本|男|女|[0-9０-９一二三四五六七八九十百]|[(（]))"
)
_COUNTING = 2
"""Columns of whole numbers from which on a table counts."""
_LONGEST = 20
_LEAST = 3
_LOOKED_AT = 30
"""Rows at the end that may be notes."""
_SAME = 0.75
"""Share of a row's filled cells that must repeat their headings."""


def set_aside(table: Table, raw: RawTable, found: Sequence[Finding]) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table without such rows, and the findings that are about the others. `raw`: the same rows as they stood."""
    totals = dict(_totals(table, raw))
    # Where every row is one of 全町, that is an area or whom an event is for: there is nothing that it is a total of.
    asides = {place: _total(table, place, word) for place, word in totals.items()} if len(totals) < table.rows else {}
    asides |= {
        place: Aside(table.part[place].as_py(), table.row[place].as_py(), INCLUDED, word) for place, word in _included(table)
    }
    asides |= {place: Aside(table.part[place].as_py(), table.row[place].as_py(), REPEATED) for place in _repeated(table)}
    asides |= _below(raw, asides)
    if not asides:
        return table, tuple(found)
    gone = np.zeros(table.rows, bool)
    gone[list(asides)] = True
    places = {(aside.part, aside.row) for aside in asides.values()}
    left = tuple(finding for finding in found if (finding.part, finding.row) not in places)
    return table.without(pa.array(gone), (asides[place] for place in sorted(asides))), left


def is_grand(text: str) -> bool:
    """Say whether a cell is the word of a total of all rows.

    >>> [is_grand(text) for text in ("合　計", "【総数】", "町計", "小計", "計量検査所", "合計特殊")]
    [True, True, True, False, False, False]
    """
    word = _word(text)
    return word in _GRAND or bool(_OF.fullmatch(word))


def _word(text: str) -> str:
    return fold(text).strip("()[]<>【】〔〕《》〈〉*※・:")


def _is_total(text: str) -> bool:
    return len(text) <= _LONGEST and (is_grand(text) or _word(text) in _PARTIAL)


def level(text: str) -> int:
    """Return how much a row of totals takes in: 0 some rows, 1 several such groups, 2 all rows; -1 for a running total.

    >>> [level(text) for text in ("小　計", "(中計)", "合計", "累計")]
    [0, 1, 2, -1]
    """
    word = _word(text)
    return 2 if is_grand(text) else -1 if word in _RUNNING else int(word in _MIDDLE)


def _totals(table: Table, raw: RawTable) -> Iterator[tuple[int, str]]:
    """Give the rows that name themselves a total: in the column of names, or in the first cell that they have at all."""
    for place, text in _words(table.cells.column(table.dataset.page.title)):
        yield place, text
    for number, column in enumerate(raw.cells.columns[:_NAMING]):
        for place, text in _words(column):
            if not any(left[place].as_py().strip() for left in raw.cells.columns[:number]):
                yield place, text


def _words(column: pa.ChunkedArray) -> Iterator[tuple[int, str]]:
    for place in np.flatnonzero(pc.match_substring_regex(column, _LIKE).to_numpy()).tolist():
        if _is_total(text := column[place].as_py()):
            yield place, text


def _included(table: Table) -> Iterator[tuple[int, str]]:
    """Give the rows of figures that other rows include (再掲, うち外国人): where figures are counted, these count twice."""
    if sum(field.type == "integer" for field in table.dataset.published) < _COUNTING:
        return
    column = table.cells.column(table.dataset.page.title)
    for place in np.flatnonzero(pc.match_substring_regex(column, _AGAIN).to_numpy()).tolist():
        yield place, column[place].as_py()


def _total(table: Table, place: int, word: str) -> Aside:
    cells = {name: text for name in table.dataset.names if (text := table.cells.column(name)[place].as_py())}
    return Aside(table.part[place].as_py(), table.row[place].as_py(), TOTAL, word, cells)


def _below(raw: RawTable, asides: Mapping[int, Aside]) -> dict[int, Aside]:
    """Return the last rows of a table of three columns or more that fill one cell only, with a total of all rows above them."""
    notes: dict[int, Aside] = {}
    for place in range(raw.rows - 1, max(-1, raw.rows - _LOOKED_AT), -1):
        if place in asides:
            above = asides[place]
            return notes if above.reason == TOTAL and is_grand(above.text) else {}
        filled = [cell for column in raw.cells.columns if (cell := column[place].as_py().strip())]
        if len(filled) != 1 or raw.cells.num_columns < _LEAST:
            return {}
        notes[place] = Aside(raw.part[place].as_py(), raw.row[place].as_py(), NOTE, filled[0])
    return {}


def _repeated(table: Table) -> Iterator[int]:
    """Give the rows whose cells say again what their columns are called: a printed table repeats its heading on every page."""
    title = table.dataset.page.title
    written = {headings[title] for headings in table.headings if title in headings}
    if not written:
        return
    names = table.cells.column(title)
    for place in np.flatnonzero(pc.is_in(names, pa.array(sorted(written), pa.utf8())).to_numpy()).tolist():
        headings = table.headings[table.part[place].as_py()]
        filled = [(name, cell) for name in headings if (cell := table.cells.column(name)[place].as_py())]
        same = sum(heading_key(cell) == heading_key(headings[name]) for name, cell in filled)
        if len(filled) > 1 and same >= _SAME * len(filled):
            yield place
