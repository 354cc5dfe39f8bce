"""The value that was probably meant: the nearest of a code list, by folded text, by alias, then by likeness."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from catalog.code_list import CodeList
from catalog.errors import nearest
from catalog.folding import fold

_LONGEST = 60
"""Characters: a whole sentence is no misspelt code, and likeness is costly to measure."""
_WITH_UNIT = re.compile(r"\s*約?\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*[^0-9.,、・~〜-]{1,4}[23]?")
_CLOCK = re.compile(r"([0-9]{1,2}):?([0-9]{2})")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def likely_code(text: str, values: Iterable[str], codes: CodeList | None = None) -> str:
    """Return the published value that a text probably means, or nothing.

    >>> likely_code("防火水槽", ["消火栓", "防火水そう"]), likely_code("第1種住居地域", ["第一種住居地域"])
    ('防火水そう', '第一種住居地域')
    >>> likely_code("海", ["有", "無"])
    ''
    """
    if not text or len(text) > _LONGEST:
        return ""
    known = _known(values, codes)
    form = _form(text)
    if form in known:
        return known[form]
    near = nearest(form, known)
    return known[near] if near else ""


def likely_number(text: str) -> str:
    """Return the number in front of a unit, or nothing where a text says more than that.

    >>> likely_number("約1,200㎡"), likely_number("80％"), likely_number("北緯34度"), likely_number("12、13")
    ('1200', '80', '', '')
    """
    found = _WITH_UNIT.fullmatch(unicodedata.normalize("NFKC", text[:_LONGEST]))
    return found[1].replace(",", "") if found else ""


def likely_time(text: str) -> str:
    """Return the time of day that digits without a colon mean, the last minute of the day for 24:00, else nothing.

    >>> likely_time("1700"), likely_time("24:00"), likely_time("2530"), likely_time("17")
    ('17:00', '23:59', '', '')
    """
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text[:_LONGEST]).strip())
    if not found or int(found[2]) > 59:
        return ""
    hour = int(found[1])
    if hour == 24 and found[2] == "00":
        return "23:59"
    return f"{hour:02d}:{found[2]}" if hour < 24 else ""


def _known(values: Iterable[str], codes: CodeList | None) -> Mapping[str, str]:
    known = {_form(value): value for value in values if value}
    for code in codes.codes if codes else ():
        for writing in (*code.aliases, code.label.ja, code.label.en):
            known.setdefault(_form(writing), code.value)
    return known


def _form(text: str) -> str:
    return fold(text).translate(_NUMERALS)
