"""quality.json: what was found and how complete the table is. Counts only: no cell value, no path, no person.

Rules that look at today's date, the previous release or other tables are left out: a release is no function of these.
"""

from collections import Counter

import pyarrow.compute as pc

from catalog.site.quality import Completeness, Quality, ReasonCount, Rows, RuleCount, Withheld, totals
from publish.answering.summary import aside_title
from publish.answering.words import change_title
from publish.checking.applied import applied
from publish.checking.breaks import Break, breaks
from publish.checking.rejecting import REASON
from publish.checking.rule import rules
from publish.checking.templates import template
from publish.disclosure.gate import Cleared
from publish.packing.contents import Contents
from publish.packing.limits import limits
from publish.table.change import ChangeLog
from publish.table.table import Table

_LIGHTEST_FIRST = ("info", "warning", "error")


def quality(cleared: Cleared, contents: Contents, period: str = "") -> Quality:
    """Count findings by rule, filled cells by published column, left-out rows and changed cells by reason.

    `period`: the newest one of a series, whose rows `contents` holds.
    """
    accounting, table = cleared.report.accounting, cleared.report.table
    fields = tuple(
        Completeness(field=field.name, filled=_filled(contents, field.name), requirement=field.requirement)
        for field in contents.dataset.published
    )
    return Quality(
        rows=contents.rows,
        source_rows=Rows(
            read=accounting.read, kept=accounting.kept, rejected=accounting.rejected, set_aside=accounting.set_aside
        ),
        rules=_counts(cleared),
        completeness=fields,
        totals=totals(fields, contents.rows),
        left_out=_left_out(table),
        changes=_changes(table, frozenset(contents.cells.column_names)),
        withheld=_withheld(cleared),
        limits=tuple(limits(contents, period, suppressed=cleared.suppressed, breaks=_breaks(cleared))),
    )


def _breaks(cleared: Cleared) -> tuple[Break, ...]:
    """Return what changes from period to period in the cells that are published; of what is only shown nothing is told."""
    return tuple(breaks(cleared.cells, cleared.period, cleared.dataset)) if cleared.cls == "open" else ()


def _withheld(cleared: Cleared) -> Withheld | None:
    found = cleared.suppressed
    return Withheld(areas=found.areas, cells=found.cells) if found else None


def _counts(cleared: Cleared) -> tuple[RuleCount, ...]:
    """Count by code; what a check found as an error, where it stands for one of the schema, makes its line one."""
    known = rules()
    weight = applied(cleared.dataset, cleared.town)
    counted = Counter(dict.fromkeys(weight, 0))
    for finding in cleared.report.findings:
        if finding.code not in known or not known[finding.code].uses:
            counted[finding.code] += 1
            weight[finding.code] = max(finding.severity, weight.get(finding.code, "info"), key=_LIGHTEST_FIRST.index)
    return tuple(
        RuleCount(code=code, title=template(code).title, severity=weight[code], count=count)
        for code, count in sorted(counted.items())
    )


def _filled(contents: Contents, name: str) -> int:
    return int(pc.sum(pc.not_equal(contents.cells.column(name), "")).as_py() or 0)


def _left_out(table: Table) -> tuple[ReasonCount, ...]:
    """Count the rows that are not published; of rejected ones the reason is the code of the check that struck them."""
    counted = Counter((aside.reason, aside.text if aside.reason == REASON else "") for aside in table.asides)
    return tuple(
        ReasonCount(reason=code or reason, title=template(code).title if code else aside_title(reason), count=count)
        for (reason, code), count in sorted(counted.items())
    )


def _changes(table: Table, published: frozenset[str]) -> tuple[ReasonCount, ...]:
    """Count the changed cells of published columns; a change of every row of a part counts all of them."""
    rows = Counter(table.part.to_pylist())
    counted: Counter[str] = Counter()
    names = ["part", "field", "reason"]
    columns = ChangeLog.of(table.changes).plain("row", *names)
    kinds = columns.group_by(names).aggregate([("row", "count"), ([], "count_all")]) if len(columns) else columns
    for kind in kinds.to_pylist():
        if kind["field"] in published:
            whole = kind["count_all"] - kind["row_count"]
            counted[kind["reason"]] += kind["row_count"] + whole * rows[kind["part"]]
    return tuple(
        ReasonCount(reason=reason, title=change_title(reason), count=count) for reason, count in sorted(counted.items())
    )
