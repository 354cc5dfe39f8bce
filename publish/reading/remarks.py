"""Remarks: lines among and below the rows that speak about the table: notes, 以上, the day of printing, 【岡地区】.

Each holds one cell only, in a table of three columns or more, and says by its words what it is; any other stays a row.
"""

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from publish.parsers.width import half_width

NOTE, SECTION = "note", "section"
_LEAST = 3
_NOTE = re.compile(
    r"[※*]|[(]?注[0-9]*[)】:\s]|[(]?注[0-9]|[(\[【]?(?:出典|資料|備考|凡例)[)\]】:]|出典"
    r"|(?:お?問い?合わ?せ先?|担当|作成|集計)[課係者]?\s*:|(?:出力|印刷|作成|更新|集計)(?:年月)?日時?\s*(?:[:0-9]|令和|平成|R[0-9])"
)
_BETWEEN = r"[\s\x{3000}]*"
_END = (
    rf"^[\s\x{{3000}}\-－―ー〔【(（〈<*＊※]*以{_BETWEEN}(?:下{_BETWEEN}[余空]{_BETWEEN}白|上)"
    r"[\s\x{3000}\-－―ー〕】)）〉>*＊。]*$"
)
_SECTION = (
    r"^[\s\x{3000}]*(?:【[^【】]+】|〔[^〔〕]+〕|《[^《》]+》|[<＜〈][^<>＜＞〈〉]+[>＞〉]"
    r"|[■◆▼][^■◆▼\"、。]{1,20})[\s\x{3000}]*$"
)
_LOOKED_AT = 30
"""Rows at the end that may be notes."""


def places(body: pa.Table) -> Mapping[int, str]:
    """Return the rows (places from 0) that are no rows of a table, each with its reason."""
    if body.num_columns < _LEAST:
        return dict.fromkeys(_alone(body, _END), NOTE)
    notes = dict.fromkeys((*_notes(body), *_alone(body, _END)), NOTE)
    return _sections(body, notes) | notes


def _notes(body: pa.Table) -> list[int]:
    """Return the rows at the end that begin as notes do."""
    notes: list[int] = []
    for place in range(body.num_rows - 1, max(-1, body.num_rows - _LOOKED_AT), -1):
        filled = _filled(body, place)
        if len(filled) > 1 or (filled and not _NOTE.match(half_width(filled[0]))):
            break
        notes += [place] if filled else []
    return notes


def _sections(body: pa.Table, notes: Mapping[int, str]) -> dict[int, str]:
    """Return the rows that name the rows below them, by their brackets or the sign in front, with a row of the table below."""
    found = {}
    for place in _alone(body.select([0]), _SECTION):
        below = next((other for other in range(place + 1, body.num_rows) if other not in notes and _filled(body, other)), None)
        if len(_filled(body, place)) == 1 and below is not None and len(_filled(body, below)) >= _LEAST:
            found[place] = SECTION
    return found


def _alone(body: pa.Table, pattern: str) -> list[int]:
    """Return the rows of which the only cell matches an RE2 pattern."""
    matching = {
        place for column in body.columns for place in pc.indices_nonzero(pc.match_substring_regex(column, pattern)).to_pylist()
    }
    return [place for place in sorted(matching) if len(_filled(body, place)) == 1]


def _filled(body: pa.Table, place: int) -> list[str]:
    return [cell for column in body.columns if (cell := column[place].as_py().strip())]
