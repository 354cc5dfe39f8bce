"""Check one table: schema, rules, and what earlier steps found, as one Report; the rows a recipe rejects are dropped here.

Severities may be changed by the town and by a definition's `rules:` where the rule allows it; schema errors never, because
the released CSV would not be valid, and what a rule says in place of a schema error is as heavy as that. A row is dropped only
where the recipe names the code, and then the rest is judged anew.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from gis.layer import Layer
from publish.checking.acceptance import accepted, agreed
from publish.checking.misplaced import misplaced
from publish.checking.rejecting import accounting, place_of, struck, without
from publish.checking.rule import rules
from publish.checking.rules.series import period_twice
from publish.checking.schema_findings import schema_findings
from publish.checking.weighing import require_known, weighed, weights
from publish.context import Context
from publish.recipe import Recipe
from publish.table.change import ChangeLog
from publish.table.finding import Finding, Report
from publish.table.table import Table

_VALUES = frozenset(
    (
        *(f"type-{kind}" for kind in ("integer", "number", "date", "time", "year", "boolean", "string")),
        *("enum", "pattern", "minimum", "maximum", "length"),
    )
)
"""Codes of schema errors about the text of one cell."""
_Error = tuple[tuple[int, int | None], str, str | None]
"""Place, code and field of a schema error."""


def check(
    table: Table, layer: Layer | None, context: Context, *, found: Iterable[Finding] = (), recipe: Recipe | None = None
) -> tuple[Report, Layer | None]:
    """Return the report of a table and its layer, both without the rows that the recipe rejects.

    `found` are findings of reading, normalising and locating. SettingError, DefinitionError or RecipeError when `[checks]`,
    `rules:`, `reject:` or `accept:` name a code that does not exist or may not be changed.
    """
    require_known(table.dataset, recipe, context.town, context.library)
    earlier = tuple(found)
    reject = frozenset(recipe.reject if recipe else ())
    rejected: list[Finding] = []
    findings = _judge(table, layer, context, earlier)
    while (gone := struck(table, findings, reject)).any():
        before = table
        table, layer = without(table, layer, gone, [finding for finding in findings if finding.code in reject])
        places = {(aside.part, aside.row) for aside in table.asides[len(before.asides) :]}
        rejected += [finding for finding in findings if place_of(finding) in places and _tells_why(finding, reject)]
        earlier = tuple(finding for finding in earlier if place_of(finding) not in places)
        findings = _judge(table, layer, context, earlier)
    given = recipe.accept if recipe else ()
    findings = agreed(_without_echoes(findings), table, given, context.today)
    kinds = accepted(findings, table, given, context.today)
    return Report(table, tuple(findings), accounting(table), kinds, tuple(rejected)), layer


def _tells_why(finding: Finding, reject: frozenset[str]) -> bool:
    return finding.severity == "error" or finding.code in reject


def _judge(table: Table, layer: Layer | None, context: Context, earlier: Iterable[Finding]) -> list[Finding]:
    dataset = table.dataset
    # A file may hold 1e308: what overflows is no number to any rule, and nothing that a clerk should read on the screen.
    with np.errstate(all="ignore"):
        said = [finding for rule in rules().values() for finding in rule.check(table, layer, context)]
    table.memo.forget()
    schema: Iterable[Finding] = schema_findings(table, context.library, fast=context.fast)
    if context.town is None and layer is not None:
        schema = _unplaced(list(schema), table, layer)
    schema = _of_one_table(schema, said, table)
    earlier = _once(earlier, schema)
    causes, schema, said = _displaced(schema, said, table, context)
    uncovered, spoken, free = _spoken_for(schema, said, dataset)
    wanted = weights(dataset, context.town)
    heavy = [found for finding in (*earlier, *uncovered, *free) if (found := weighed(finding, wanted))]
    return sorted(_as_written([*causes, *heavy, *spoken], table), key=_order(dataset))


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """Leave out that #REF! is no number, no code and no date, where the cell is told to hold an error, always."""
    broken = {(place_of(one), one.field) for one in findings if one.code == "error-cell"}
    return [one for one in findings if one.code not in _VALUES or (place_of(one), one.field) not in broken]


def _once(earlier: Iterable[Finding], schema: Iterable[Finding]) -> list[Finding]:
    """Leave out that a row's period cannot be read where its date cannot: of one cell one thing is said."""
    undated = {(place_of(finding), finding.field) for finding in schema if finding.code == "type-date"}
    return [one for one in earlier if one.code != "period-unreadable" or (place_of(one), one.field) not in undated]


def _of_one_table(schema: Iterable[Finding], said: Iterable[Finding], table: Table) -> list[Finding]:
    """Leave out that every key of a file stands twice where all of the file is another table of the same period."""
    files = {table.parts[one.part or 0].file for one in said if one.code == period_twice.CODE}
    return [one for one in schema if one.code != "primary-key" or table.parts[one.part or 0].file not in files]


def _displaced(
    schema: list[Finding], said: list[Finding], table: Table, context: Context
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Return one finding for each set of misplaced columns, and of the schema's and the rules' findings what it leaves."""
    told = []
    for cause in misplaced(schema, table, context.library):
        told.append(cause.finding([finding for finding in (*schema, *said) if cause.tells_of(finding)]))
        schema, said = ([one for one in found if not cause.tells_of(one)] for found in (schema, said))
    return told, schema, said


def _unplaced(schema: list[Finding], table: Table, layer: Layer) -> list[Finding]:
    """Leave out that a row with a place says nothing: in a town its code is filled in, which nobody knows outside of one."""
    if not any(finding.code == "blank-row" for finding in schema):
        return schema
    rows = zip(table.part.to_pylist(), table.row.to_pylist(), layer.geometries, strict=True)
    placed = {(part, row) for part, row, geometry in rows if geometry is not None}
    return [finding for finding in schema if finding.code != "blank-row" or place_of(finding) not in placed]


def _spoken_for(
    schema: Iterable[Finding], said: Sequence[Finding], dataset: Dataset
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Return the schema's findings of which no rule says more, the rules' findings that stand for one, and those that do not.

    The CSV would not be valid: whatever the rule's own severity, what stands for a schema error is an error.
    """
    covers = {rule.code: rule.covers(dataset) for rule in rules().values()}
    by_error: dict[_Error, list[int]] = {}
    for number, finding in enumerate(said):
        for pair in covers[finding.code]:
            by_error.setdefault((place_of(finding), *pair), []).append(number)
    uncovered: list[Finding] = []
    speaking: set[int] = set()
    for finding in schema:
        speakers = by_error.get((place_of(finding), finding.code, finding.field), ())
        speaking.update(speakers)
        uncovered += [] if speakers else [finding]
    spoken = [dataclasses.replace(said[number], severity="error") for number in sorted(speaking)]
    return uncovered, spoken, [finding for number, finding in enumerate(said) if number not in speaking]


def _as_written(findings: list[Finding], table: Table) -> Iterator[Finding]:
    """Let a finding quote the cell as it stands in the clerk's file, where we had changed it before checking."""
    written = _written(table, {finding.row for finding in findings if finding.value})
    for finding in findings:
        was, became = written.get((*place_of(finding), finding.field), ("", ""))
        yield dataclasses.replace(finding, value=was) if was and became == finding.value else finding


def _written(table: Table, rows: set[int | None]) -> dict[tuple[int, int | None, str | None], tuple[str, str]]:
    """Return by part, row and field the text of the file and the text that was checked, for changed cells of some rows."""
    log = ChangeLog.of(table.changes).columns
    wanted = pa.array(sorted(row for row in rows if row is not None), pa.int64())
    texts: dict[tuple[int, int | None, str | None], tuple[str, str]] = {}
    for change in ChangeLog(log.filter(pc.is_in(log.column("row"), value_set=wanted))):
        place = (change.part, change.row, change.field)
        texts[place] = (texts[place][0] if place in texts else change.before, change.after)
    return texts


def _order(dataset: Dataset) -> Callable[[Finding], tuple[int, int, int, str]]:
    """Order findings as the file is read: what is about the whole first, then row by row, column by column."""
    columns = {name: number for number, name in enumerate(dataset.names)}

    def order(finding: Finding) -> tuple[int, int, int, str]:
        part = -1 if finding.part is None else finding.part
        row = -1 if finding.row is None else finding.row
        return part, row, columns.get(finding.field or "", -1), finding.code

    return order
