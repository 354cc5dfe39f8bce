"""全国地方公共団体コード to six digits: a missing check digit or leading zero, or a prefecture's two digits, are completed.

Five digits that could be either (a code without check digit, or one that lost its zero) are left as they are.
"""

from catalog.body_code import check_digit, is_valid
from publish.parsers.parser import Parser, Reading, always
from publish.parsers.width import half_width

_PREFECTURES = range(1, 48)


def _read(text: str) -> Reading | None:
    folded = half_width(text).removesuffix(".0")
    if not (folded.isascii() and folded.isdigit()):
        return None
    if len(folded) == 6:
        return Reading(folded, "half-width") if is_valid(folded) else None
    candidates = [code for code in _candidates(folded) if is_valid(code) and int(code[:2]) in _PREFECTURES]
    return Reading(candidates[0], "code-check-digit") if len(candidates) == 1 else None


def _candidates(digits: str) -> list[str]:
    if len(digits) == 5:
        return [digits + check_digit(digits), f"0{digits}"]
    if len(digits) in (1, 2):
        prefecture = digits.zfill(2) + "000"
        return [prefecture + check_digit(prefecture)]
    return []


PARSER = Parser(lambda _field: "[0-9]{6}", always(_read))
