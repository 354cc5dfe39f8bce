"""A table of people by area, sex and three bands of age, made from lists of numbers; and its way through the gate."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.town import Town
from publish.disclosure.differencing import HiddenAreas
from publish.disclosure.gate import Cleared, clear
from publish.table.finding import Accounting, Report
from publish.table.position import Part
from publish.table.table import Table

BANDS = ("0-14歳", "15-64歳", "65歳以上")
SEXES = ("男性", "女性")
LEAVES = tuple(f"{band}の{sex}" for band in BANDS for sex in SEXES)
WHOLES = {sex: tuple(leaf for leaf in LEAVES if leaf.endswith(sex)) for sex in SEXES}
HIDDEN = (*SEXES, *LEAVES)
TOTAL = "総人口"
TEXTS = ("地域名", "地域コード", "備考")
SUPPRESSION = {
    "area": "地域名",
    "code": "地域コード",
    "total": "総人口",
    "households": "世帯数",
    "hide": ["男性", "女性", "*の男性", "*の女性"],
    "note": "備考",
    "parts": {"男性": ["*の男性"], "女性": ["*の女性"]},
}
Breakdown = Sequence[int]
"""People by leaf, in the order of LEAVES."""


def dataset(**suppression: Any) -> Dataset:
    """The definition of such a table."""
    names = ("地域名", "地域コード", "総人口", *HIDDEN, "世帯数", "備考")
    fields = [
        {
            "name": name,
            "key": f"c{number}",
            "title_en": f"c{number}",
            "description": {"ja": name, "en": name},
            "type": "string" if name in TEXTS else "integer",
        }
        for number, name in enumerate(names)
    ]
    return Dataset.model_validate(
        {
            "format": "1",
            "id": "people",
            "standard": {"name": "標準外(独自)", "local": True},
            "title": {"ja": "人口", "en": "People"},
            "description": {"ja": "試験の表", "en": "A table for tests"},
            "key": ["地域名"],
            "series": {"period": "month"},
            "disclosure": {"suppression": {**SUPPRESSION, **suppression}},
            "fields": fields,
            "page": {"list": ["地域名"], "title": "地域名"},
            "example": {"given": [], "yields": []},
        }
    )


PEOPLE = dataset()


def town(**suppression: Any) -> Town:
    """A town; with keywords, one that has decided something of its own."""
    paper = {"reason": "審査会の答申", "decided": "2026-04-01", "document": "見住第1号", "review": "2027-03-31"}
    decided = {"suppression": {"people": {**paper, **suppression}}} if suppression else {}
    return Town.model_validate({"format": 1, "code": "999997", "name": {"ja": "見本町", "en": "Mihon"}, **decided})


def row(name: str, people: Breakdown, households: int | None = None, **more: str) -> dict[str, str]:
    """One area: totals and sums from the leaves; two people a household where nothing is said."""
    leaves = dict(zip(LEAVES, people, strict=True))
    sexes = {sex: sum(leaves[leaf] for leaf in parts) for sex, parts in WHOLES.items()}
    held = (sum(people) + 1) // 2 if households is None else households
    counts = {"総人口": sum(people), **sexes, **leaves, "世帯数": held}
    return {"地域名": name, "備考": "", "地域コード": "", **{key: str(value) for key, value in counts.items()}, **more}


def table(months: Mapping[str, Sequence[Mapping[str, str]]], definition: Dataset = PEOPLE) -> Table:
    """Rows of several months as one table."""
    rows = [one for month in months.values() for one in month]
    periods = [month for month, here in months.items() for _ in here]
    cells = pa.table({name: pa.array([one[name] for one in rows], pa.utf8()) for name in definition.names})
    part, numbers = pa.array([0] * len(rows), pa.int32()), pa.array(range(2, len(rows) + 2), pa.int64())
    period = pa.array(periods, pa.utf8())
    return Table(definition, (Part("people.csv"),), cells, part, numbers, ({},), period=period, as_of="2026-06-01")


def cleared(
    months: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    before: HiddenAreas | None = None,
    definition: Dataset = PEOPLE,
    settings: Town | None = None,
) -> Cleared:
    """The table as the gate lets it pass."""
    found = table(months, definition)
    report = Report(found, (), Accounting(found.rows, found.rows, 0, 0))
    return clear(report, None, settings or town(), before)


def rows_of(passed: Cleared, month: str) -> dict[str, dict[str, str]]:
    """What is published of one month, by area."""
    assert passed.period is not None
    rows = zip(passed.cells.to_pylist(), passed.period.to_pylist(), strict=True)
    return {one["地域名"]: one for one, period in rows if period == month}


def remembered(passed: Cleared) -> HiddenAreas:
    """What the town remembers once this is public."""
    assert passed.suppressed is not None
    return passed.suppressed.remembered
