"""The long table of a series: every period in one, the oldest first, with the period as its first column.

It is made of the same cleared cells as the tables of the periods, so that what is hidden there is hidden here.
"""

import numpy as np
import pyarrow as pa

from catalog.series import COLUMN
from publish.disclosure.gate import Cleared


def long_table(cleared: Cleared) -> pa.Table:
    """Return utf8 columns, 期間 and the published ones: the rows of the periods one after another, each in its own order."""
    assert cleared.period is not None  # noqa: S101  (of a series every row has one)
    periods = np.array(cleared.period.to_pylist(), str)
    order = pa.array(np.argsort(periods, kind="stable"))
    return cleared.cells.take(order).add_column(0, COLUMN, cleared.period.take(order))
