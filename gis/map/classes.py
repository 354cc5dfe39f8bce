"""Classes: the limits that part the numbers of a field into classes of about equal size, for choropleths.

Numbers go in, limits come out, rounded so that a legend can be read aloud. Quantiles, because towns' numbers are skewed:
equal steps would put all but two areas into one class.
"""

import math
from collections.abc import Iterable

MOST = 5
"""More than five classes of one hue cannot be told apart."""


def class_limits(numbers: Iterable[float], count: int = MOST) -> tuple[float, ...]:
    """Return at most `count - 1` rising limits; class i holds limit[i-1] <= number < limit[i]. None when all are alike.

    >>> class_limits([1, 2, 3, 4, 100, 2000], 3)
    (3.0, 100.0)
    >>> class_limits([7, 7, 7])
    ()
    """
    ordered = sorted(number for number in numbers if math.isfinite(number))
    count = min(count, MOST)
    if count < 2 or not ordered or ordered[0] == ordered[-1]:
        return ()
    limits = {_readable(_quantile(ordered, n / count)) for n in range(1, count)}
    return tuple(sorted(limit for limit in limits if ordered[0] < limit <= ordered[-1]))


def _quantile(ordered: list[float], share: float) -> float:
    """Return the first number that at least that share of all numbers lies below or at."""
    return float(ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)))])


def _readable(number: float) -> float:
    """Round to two significant digits: 1,234 is read as 1,200, 0.0371 as 0.037."""
    if number == 0:
        return 0.0
    return round(number, 1 - math.floor(math.log10(abs(number))))
