"""The headline of a series: the sum of one column over all published rows of the newest period, and of the one before.

Sums are of published cells only, so that nothing is told that the table does not tell. An area with few people stays in the
sum, since what is hidden there was added to a neighbour.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from catalog.site.headline import Figure, Headline
from catalog.suppression import MARK
from catalog.text import Text
from publish.disclosure.gate import Cleared

_WHOLE = r"^-?[0-9]{1,15}$"


def headline(cleared: Cleared, periods: Sequence[str]) -> Headline | None:
    """Return the headline (`periods`: oldest first); None where the definition has none, only the map is shown, or the
    newest period has a row without a number. A period before it that has one is not compared with."""
    series = cleared.dataset.series
    if series is None or not series.headline or not periods or cleared.cls != "open":
        return None
    now = _figure(cleared, series.headline, periods[-1])
    if now is None:
        return None
    field = cleared.dataset.field(series.headline)
    before = _figure(cleared, series.headline, periods[-2]) if len(periods) > 1 else None
    return Headline(field=Text(ja=field.name, en=field.title_en), unit=field.unit, now=now, before=before)


def _figure(cleared: Cleared, name: str, period: str) -> Figure | None:
    rows = pc.equal(cleared.period, period)
    texts = cleared.cells.column(name).filter(rows)
    if cleared.suppressed is not None and not cleared.suppressed.terms.cells:
        texts = texts.filter(pc.not_equal(texts, MARK))
    if not len(texts) or not pc.all(pc.match_substring_regex(texts, _WHOLE)).as_py():
        return None
    return Figure(period=period, value=int(pc.sum(texts.cast(pa.int64())).as_py()))
