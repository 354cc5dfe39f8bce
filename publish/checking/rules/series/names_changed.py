"""Names (areas) that a period has and the one before has not, or the other way round: a break for whoever compares them."""

from collections.abc import Iterable

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.breaks import Break, breaks
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "names-changed"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="前の期間と名前の顔ぶれが違います",
    en="Other names than in the period before",
)
MESSAGE = Text(
    ja="{before_ja}と{after_ja}で{key}が違います({sides_ja})。{guess_ja}",
    en="{key} differs between {before_en} and {after_en} ({sides_en}). {guess_en}",
)
FIX = Text(
    ja="書き方の違いなら、前の期間の名前にそろえてください。統合や改称なら、このままで公開できます。公開するページにも書かれます。",
    en="If only the spelling differs, keep the earlier names. If areas were merged or renamed, it can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether it is a series whose rows have a key."""
    return dataset.series is not None and bool(dataset.key)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare every period with the one before it in the table, at the first row of the later one."""
    for one in breaks(table.cells, table.period, table.dataset):
        periods = np.array(table.period.to_pylist() if table.period is not None else (), object)
        part = table.part[int(np.flatnonzero(periods == str(one.after))[0])].as_py()
        yield Finding(CODE, SEVERITY, part, value=f"{one.before}/{one.after}", values=_values(one, table.dataset))


def _values(one: Break, dataset: Dataset) -> dict[str, str]:
    said = {"key_field": "\n".join(dataset.key)}
    for lang in ("ja", "en"):
        said |= {
            f"before_{lang}": one.before.label(lang),
            f"after_{lang}": one.after.label(lang),
            f"sides_{lang}": one.sides(lang),
            f"guess_{lang}": one.guesses(lang),
        }
    return said
