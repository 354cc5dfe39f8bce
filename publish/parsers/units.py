"""Units: the writings of a unit, and what others of its kind are worth in it (1.2km is 1200 m). No parser of cells."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

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
