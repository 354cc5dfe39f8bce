"""Rules beyond the schema, found by folder: `rules/<subject>/<name>.py`, each with its words, its severity and `check`.

A rule module names CODE, SEVERITY, TITLE, MESSAGE, FIX, USES (which of today, previous, others it looks at: their counts
are no function of the release and stay out of quality.json), ALLOWS (a definition's `rules:` may change its severity)
and `check(table, layer, context)`. It may name `covers(dataset)`: (code, field) of findings it says better in the same row;
`applies(dataset)`: whether it has anything to look at there (else it always has); and ALONE: what to do with a file that no
town's recipe reads, where FIX says something that only a town can do. REFUSES: what it finds would disclose something, so
that nothing is published (exit 4) until each find is accepted by itself, with a reason. ACCEPTS says otherwise: "together",
where one word is about the whole file; "", where nothing may be accepted.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal

from catalog.dataset import Dataset
from catalog.errors import DefinitionError
from catalog.text import Text
from gis.layer import Layer
from publish.checking import rules as _folder
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

Use = Literal["today", "previous", "others"]
Accepts = Literal["each", "together", ""]
Check = Callable[[Table, Layer | None, Context], Iterable[Finding]]
Covers = Callable[[Dataset], frozenset[tuple[str, str]]]
Applies = Callable[[Dataset], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its stable code, its words, and the function that looks."""

    code: str
    severity: Severity
    title: Text
    message: Text
    fix: Text
    uses: frozenset[Use]
    allows: bool
    check: Check
    covers: Covers
    applies: Applies
    alone: Text | None
    refuses: bool
    accepts: Accepts


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by code, by folder and name; DefinitionError when one is incomplete or a code is taken."""
    found: dict[str, Rule] = {}
    for info in pkgutil.walk_packages(_folder.__path__, f"{_folder.__name__}."):
        if info.ispkg:
            continue
        rule = _rule(importlib.import_module(info.name))
        if rule.code in found:
            raise DefinitionError(
                f"規則の符号「{rule.code}」が2度使われています。", f"The rule code {rule.code!r} is used twice."
            )
        found[rule.code] = rule
    return found


@cache
def refusing() -> frozenset[str]:
    """Return the codes of the rules whose finds stop publication until each is accepted by itself."""
    return frozenset(code for code, rule in rules().items() if rule.refuses)


def _rule(module: ModuleType) -> Rule:
    try:
        return Rule(
            module.CODE,
            module.SEVERITY,
            module.TITLE,
            module.MESSAGE,
            module.FIX,
            module.USES,
            module.ALLOWS,
            module.check,
            getattr(module, "covers", _nothing),
            getattr(module, "applies", _always),
            getattr(module, "ALONE", None),
            getattr(module, "REFUSES", False),
            getattr(module, "ACCEPTS", "each"),
        )
    except AttributeError as problem:
        raise DefinitionError(
            f"規則 {module.__name__} に {problem.name} がありません。", f"The rule {module.__name__} names no {problem.name}."
        ) from problem


def _nothing(dataset: Dataset) -> frozenset[tuple[str, str]]:  # noqa: ARG001
    return frozenset()


def _always(dataset: Dataset) -> bool:  # noqa: ARG001
    return True
