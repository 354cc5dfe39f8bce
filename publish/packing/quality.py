"""quality.json: what was found and how complete the table is. Counts only: no cell value, no path, no person.

Rules that look at today's date, the previous release or other tables are left out: a release is no function of these.
"""

from collections import Counter
from collections.abc import Iterator

import pyarrow.compute as pc
import shapely

from catalog.dataset import Text
from catalog.site.quality import Completeness, Quality, RuleCount
from publish.checking.rule import rules
from publish.checking.templates import template
from publish.disclosure.gate import Cleared
from publish.packing.contents import Contents


def quality(cleared: Cleared, contents: Contents) -> Quality:
    """Count the findings of a checked table by rule, and the filled cells of every published column."""
    return Quality(
        rows=contents.rows,
        rules=_counts(cleared),
        completeness=tuple(Completeness(field=name, filled=_filled(contents, name)) for name in contents.cells.column_names),
        limits=tuple(_limits(contents)),
    )


def _counts(cleared: Cleared) -> tuple[RuleCount, ...]:
    known = rules()
    counted = Counter((finding.code, finding.severity) for finding in cleared.report.findings)
    return tuple(
        RuleCount(code=code, title=template(code).title, severity=severity, count=count)
        for (code, severity), count in sorted(counted.items())
        if code not in known or not known[code].uses
    )


def _filled(contents: Contents, name: str) -> int:
    return int(pc.sum(pc.not_equal(contents.cells.column(name), "")).as_py() or 0)


def _limits(contents: Contents) -> Iterator[Text]:
    if contents.dataset.caveat:
        yield contents.dataset.caveat
    if contents.cls == "view":
        yield Text(
            ja="地図で見ることだけができます。表としての提供はしていません。",
            en="Only to be seen on the map; not offered as a table.",
        )
    if contents.dataset.geometry is not None:
        missing = contents.rows if contents.layer is None else int(shapely.is_missing(contents.layer.geometries).sum())
        if missing:
            yield Text(
                ja=f"{contents.rows}件のうち{missing}件は位置が分からず、地図に出ません。",
                en=f"{missing} of {contents.rows} rows have no known place and are not on the map.",
            )
