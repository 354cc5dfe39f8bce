"""Units: the writings of a unit, what others of its kind are worth in it (1.2km is 1200 m), and units in headings. No parser
of cells."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from publish.parsers.width import half_width

_KINDS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {"1": ("m", "メートル"), "1000": ("km", "キロメートル"), "0.01": ("cm", "センチメートル"), "0.001": ("mm", "ミリメートル")},
    {"1": ("m²", "m2", "平方メートル", "平米"), "10000": ("ha", "ヘクタール"), "1000000": ("km²", "km2", "平方キロメートル")},
    {"1": ("g", "グラム"), "1000": ("kg", "キログラム"), "0.001": ("mg", "ミリグラム"), "0.000001": ("μg", "マイクログラム")},
    {"1": ("人", "名")},
    {"1": ("%", "パーセント")},
)
"""By kind of quantity: worth → writings, in half width and small letters."""


@cache
def writings(unit: str) -> Mapping[str, Decimal]:
    """Return every writing that may stand behind a number of this unit, longest first, and its worth in the unit.

    >>> writings("m")["km"], writings("基"), writings("")
    (Decimal('1000'), {'基': Decimal('1')}, {})
    """
    own = half_width(unit).lower()
    for kind in _KINDS:
        worths = {writing: Decimal(worth) for worth, writings in kind.items() for writing in writings}
        if own in worths:
            return {writing: worths[writing] / worths[own] for writing in sorted(worths, key=len, reverse=True)}
    return {own: Decimal(1)} if own else {}


_IN_HEADING = re.compile(r"(?P<rest>.+?)\s*[(\[【](?:単位\s*:?\s*)?(?P<unit>[^()\[\]【】]+)[)\]】]")
_LONGEST = 100
"""Characters of a heading that is looked at: a longer one is a text, and the expression looks back."""
_MANY = re.compile("[百十]?[千万億]")


def unit_in(heading: str, unit: str) -> str:
    """Return the unit in the brackets of a heading where it is not the field's own: cells without one are then to be converted.

    >>> unit_in("延長（ｋｍ）", "m"), unit_in("決算額(単位：千円)", "円"), unit_in("延長(m)", "m"), unit_in("延長(台帳)", "m")
    ('km', '千円', '', '')
    """
    found = _found(heading)
    said = found["unit"].strip().lower() if found and unit else ""
    many = _MANY.match(said)
    worth = writings(unit).get(said[many.end() :] if many else said)
    return said if worth is not None and (many or worth != 1) else ""


@lru_cache(maxsize=1 << 12)
def without_unit(heading: str) -> tuple[str, str]:
    """Return a heading without the brackets at its end, and what stands in them; itself and nothing where it has none."""
    found = _found(heading)
    return (found["rest"], found["unit"]) if found else (heading, "")


def _found(heading: str) -> re.Match[str] | None:
    return _IN_HEADING.fullmatch(half_width(heading)) if len(heading) <= _LONGEST else None
