"""Marks: what suppression writes into a table, and a released table without it."""

import re
from collections.abc import Sequence

import pyarrow as pa

from catalog.suppression import MARK, Suppression

_OURS = re.compile(rf"(?:^|。)(?:人数と)?内訳(?:に「.+」の分を含みます|は「.+」に含めました\({MARK}は秘匿\))$")


def carried(terms: Suppression, areas: Sequence[str]) -> str:
    """Return the remark of the row that carries the breakdown of other areas.

    >>> carried(Suppression(area="a", total="t", hide=("m",), note="n"), ["奥山", "西谷"])
    '内訳に「奥山」、「西谷」の分を含みます'
    """
    return f"{_what(terms)}に{'、'.join(f'「{area}」' for area in areas)}の分を含みます"


def added_to(terms: Suppression, carrier: str) -> str:
    """Return the remark of a hidden area."""
    return f"{_what(terms)}は「{carrier}」に含めました({MARK}は秘匿)"


def beside(remark: str, ours: str) -> str:
    """Return the office's own remark with ours behind it.

    >>> beside("一部集計中。", "内訳に「奥山」の分を含みます")
    '一部集計中。内訳に「奥山」の分を含みます'
    """
    return "。".join(part for part in (remark.rstrip("。"), ours) if part)


def blank_marks(cells: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Return the cells with a blank where a number is hidden: for formats in which a column holds numbers only."""
    for name in columns:
        texts = ["" if text == MARK else text for text in cells.column(name).to_pylist()]
        cells = cells.set_column(cells.column_names.index(name), name, pa.array(texts, pa.utf8()))
    return cells


def as_handed_in(cells: pa.Table, declared: Suppression | None) -> pa.Table:
    """Return a released table for comparison with the next one of the office: no marks, and no remarks of ours."""
    if declared is None or declared.note not in cells.column_names:
        return cells
    texts = [_OURS.sub("", text) for text in cells.column(declared.note).to_pylist()]
    cells = cells.set_column(cells.column_names.index(declared.note), declared.note, pa.array(texts, pa.utf8()))
    return blank_marks(cells, declared.maybe(cells.column_names))


def _what(terms: Suppression) -> str:
    return "人数と内訳" if terms.totals == "hide" else "内訳"
