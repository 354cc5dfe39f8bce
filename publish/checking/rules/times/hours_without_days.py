"""Opening hours without a day on which they hold."""

from collections.abc import Iterable

import numpy as np
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled, findings
from publish.checking.meaning import fields, is_weekdays
from publish.checking.rule import Use
from publish.checking.span import spans
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "hours-without-days"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="時間は書かれていますが曜日が空です",
    en="Hours without days",
)
MESSAGE = Text(
    ja="利用できる時間は書かれていますが、{column}が空です。何曜日の時間か分かりません。",
    en="There are hours, but {column} is blank: nobody knows on which days.",
)
FIX = Text(
    ja="毎日なら「月火水木金土日」と書いてください。分からなければ空のままで公開できます。",
    en="Write all seven days if it is every day. Left blank it can be published as well.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether there are hours, and days beside them."""
    return any(span.start.type == "time" for span in spans(dataset)) and any(map(is_weekdays, dataset.published))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at tables that have a day somewhere; days without hours are nothing unusual."""
    hours = [span.start for span in spans(table.dataset) if span.start.type == "time"]
    for days in fields(table.dataset, is_weekdays):
        if hours and filled(table, days.name):
            blank = np.asarray(pc.equal(table.cells.column(days.name), ""))
            timed = np.any([np.asarray(pc.not_equal(table.cells.column(field.name), "")) for field in hours], axis=0)
            yield from findings(table, np.flatnonzero(blank & timed), CODE, SEVERITY, field=days.name)
