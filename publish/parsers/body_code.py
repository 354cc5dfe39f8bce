"""全国地方公共団体コード to six digits: a missing check digit or leading zero, or a prefecture's two digits, are completed.

Five digits that could be either (a code without check digit, or one that lost its zero) are left as they are, unless the other
codes of the column are of the prefecture of one of the two only.
"""

from collections.abc import Sequence

from catalog.body_code import check_digit, is_valid
from catalog.dataset import Field
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.width import half_width

_SIX = 6
_PREFECTURES = range(1, 48)


def _reader(values: Sequence[str], _field: Field) -> Reader:
    sure = (_possible(_digits(value)) for value in values)
    prefectures = {codes[0][:2] for codes in sure if len(codes) == 1}
    return lambda text: _read(text, prefectures)


def _digits(text: str) -> str:
    folded = half_width(text).removesuffix(".0")
    return folded if folded.isascii() and folded.isdigit() else ""


def _read(text: str, prefectures: set[str]) -> Reading | None:
    """Return a code with its six digits; `prefectures`: those of the codes of the column of which there is no doubt."""
    digits = _digits(text)
    found = _possible(digits)
    if len(found) > 1:
        found = [code for code in found if code[:2] in prefectures]
    if len(found) != 1 or found[0] == text:
        return None
    reason = "half-width" if found[0] == digits else "lost-zero" if found[0] == f"0{digits}" else "code-check-digit"
    return Reading(found[0], reason)


def _possible(digits: str) -> list[str]:
    """Return the codes that digits can be: one where nothing is in doubt."""
    if len(digits) == _SIX:
        return [digits] if is_valid(digits) else []
    return [code for code in _candidates(digits) if is_valid(code) and int(code[:2]) in _PREFECTURES]


def _candidates(digits: str) -> list[str]:
    if len(digits) == _SIX - 1:
        return [digits + check_digit(digits), f"0{digits}"]
    if len(digits) in (1, 2):
        prefecture = digits.zfill(2) + "000"
        return [prefecture + check_digit(prefecture)]
    return []


PARSER = Parser(lambda _field: "[0-9]{6}", _reader, asks=True)
