"""Most rows carry keys that the last release did not have."""

from collections.abc import Iterable, Sequence

import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.earlier import Pair, pairs
from publish.checking.keys import joined
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "keys-renewed"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="行を見分ける値の多くが前回と違います",
    en="Most keys are new",
)
MESSAGE = Text(
    ja="{key}の値が、{count}行のうち{fresh}行で前回にないものです。リンクや前回との比べ合わせが切れます。",
    en="In {fresh} of {count} rows {key} was not in the last release: links and comparison with it break.",
)
FIX = Text(
    ja="番号や名前をつけ直していないか、違う種類のファイルでないか確かめ、つけ直していれば前回の値に戻してください。本当に入れかわったなら、{accept}。",
    en="See whether rows were renumbered or renamed, or the file is another; give back the old values, or {accept}.",
)
USES: frozenset[Use] = frozenset({"previous"})
ALLOWS = True

_MOST = 0.5
_LEAST_ROWS = 5


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Count rows whose key was not in the last release, of a series in its last period; a handful of rows is not judged."""
    key = table.dataset.key
    for pair in pairs(table, context.previous):
        if not key or not set(key) <= set(pair.before.column_names):
            continue
        count = pair.now.num_rows
        fresh = _fresh(pair, key)
        if min(count, pair.before.num_rows) >= _LEAST_ROWS and fresh > count * _MOST:
            values = {"key_field": "\n".join(key), "fresh": str(fresh), "count": str(count), "period": pair.period}
            yield Finding(CODE, SEVERITY, pair.part, field=key[0] if len(key) == 1 else None, values=values)


def _fresh(pair: Pair, key: Sequence[str]) -> int:
    known = pc.is_in(joined(pair.now, key), joined(pair.before, key))
    return int(pc.sum(pc.invert(known)).as_py() or 0)
