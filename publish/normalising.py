"""Normalising: a RawTable and a recipe to a Table under the definition's names; every change recorded, no row lost.

Order for a field: its column (or several joined, or a piece of one), the recipe's constant, then trim, value map, code
list or parser. What a parser cannot prove stays as it stands; checking will say what is wrong with it.
"""

import dataclasses
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.code_list import CodeList
from catalog.dataset import Dataset, Field
from catalog.errors import RecipeError
from catalog.library import read_library
from publish.constants import constants_of
from publish.headings.addressing import Addresses
from publish.headings.feeding import Feed, Feeding, feeding
from publish.parsers.column import How, read_column
from publish.parsers.units import unit_in
from publish.recipe import Recipe
from publish.setting_aside import set_aside
from publish.splitting import Pieces, split
from publish.superseding import without_superseded
from publish.table.change import ChangeLog
from publish.table.finding import Finding
from publish.table.table import Aside, Change, RawTable, Table
from publish.timing import as_of, periods


def normalise(
    raw: RawTable, recipe: Recipe, dataset: Dataset, *, code_lists: Mapping[str, CodeList] | None = None
) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table and what was noticed, reading's own findings included.

    `code_lists` are the library's (with the town's own); the shipped ones when it is left out. RecipeError: the recipe
    names a heading, field or parser that is not there, or gives one field two columns.
    """
    lists = read_library().code_lists if code_lists is None else code_lists
    feed = feeding(raw, recipe, dataset)
    kept, asides = _filtered(raw, recipe)
    constants = constants_of(kept, recipe, {field.name for field in dataset.fields if field.type == "date"})
    read = [
        _field(field, kept, feed.feeds.get(field.name), constants.get(field.name), recipe, lists) for field in dataset.fields
    ]
    table = Table(
        dataset=dataset,
        parts=kept.parts,
        cells=pa.table([column.cells for column in read], names=list(dataset.names)),
        part=kept.part,
        row=kept.row,
        headings=_headings(kept, feed),
        geometry=kept.geometry,
        crs=kept.crs,
        changes=ChangeLog.concat([column.changes for column in read]),
        asides=(*kept.asides, *asides),
    )
    table, timed = _timed(table, kept, recipe)
    split = [finding for column in read for finding in column.findings]
    table, found = set_aside(table, kept, (*_in_fields(raw, feed), *feed.findings, *split, *timed))
    return without_superseded(table, recipe, found)


@dataclasses.dataclass(frozen=True, slots=True)
class _Column:
    cells: pa.Array
    changes: ChangeLog
    findings: tuple[Finding, ...] = ()


def _field(
    field: Field, raw: RawTable, feed: Feed | None, constant: pa.Array | None, recipe: Recipe, lists: Mapping[str, CodeList]
) -> _Column:
    """Read one field of every row."""
    codes = lists[field.codes] if field.codes else None
    values = {**dict.fromkeys(field.unknown, ""), **recipe.values.get(field.name, {})}
    how = How.of(field, values, codes, feed.parser if feed else "", _unit(field, feed))
    if feed is None:
        texts = constant if constant is not None else _blank(raw.rows)
        column = read_column(texts, how)
        return _Column(column.cells, _whole_parts(raw, field, column.cells) if constant is not None else ChangeLog.of(()))
    fed = _fed(field, feed, raw)
    found = fed.cells
    texts = found if constant is None else pc.if_else(pc.equal(pc.utf8_trim_whitespace(found), ""), constant, found)
    column = read_column(texts, how)
    if feed.joined:
        return _Column(column.cells, _joined(raw, feed, column.cells))
    filled = np.flatnonzero(np.asarray(pc.not_equal(texts, found)))
    by_us = _changes(raw, field, found, texts, filled, pa.repeat("constant", len(filled)))
    read = _changes(raw, field, texts, column.cells, column.changed, column.reasons)
    made = [log for log in (fed.changes, by_us, read) if len(log)]
    return _Column(column.cells, ChangeLog.concat(made), fed.findings)


def _unit(field: Field, feed: Feed | None) -> str:
    """Return the unit that a field's headings say where it is another than the field's; RecipeError where they disagree."""
    if feed is None or feed.joined or not field.unit:
        return ""
    said = {unit_in(heading, field.unit) for heading in feed.headings}
    if len(said) > 1:
        raise RecipeError(
            f"recipe で「{'」と「'.join(feed.headings)}」が同じ項目「{field.name}」ですが、見出しの単位が違います。",
            f"In the recipe, {', '.join(feed.headings)} all go to {field.name!r}, but their headings say different units.",
            fix_ja=f"ファイルの数字の単位を{field.unit}にそろえ、見出しも同じにしてください。",
            fix_en=f"Give the numbers of all files in {field.unit}, and say so in the headings.",
            code="two-units",
        )
    return said.pop()


def _changes(
    raw: RawTable, field: Field, before: pa.Array, after: pa.Array, changed: npt.NDArray[np.int64], reasons: pa.Array
) -> ChangeLog:
    places = pa.array(changed)
    pairs = (before.take(places), after.take(places))
    return ChangeLog.block(raw.part.take(places), raw.row.take(places), field.name, pairs, reasons)


def _fed(field: Field, feed: Feed, raw: RawTable) -> Pieces:
    """Return the texts that a feed takes from the source, one per row."""
    columns = [raw.cells.column(heading).combine_chunks() for heading in feed.headings]
    if feed.joined:
        return Pieces(pc.binary_join_element_wise(*map(pc.utf8_trim_whitespace, columns), ""), ChangeLog.of(()), ())
    texts = columns[0]
    for other in columns[1:]:
        texts = pc.if_else(pc.equal(texts, ""), other, texts)
    return split(feed, texts, raw, words=field.type == "string") if feed.splitter else Pieces(texts, ChangeLog.of(()), ())


def _joined(raw: RawTable, feed: Feed, cells: pa.Array) -> ChangeLog:
    """Record once per part that a field was put together from several columns, with its first row as example."""
    headings = " + ".join(feed.headings)
    return ChangeLog.of(
        Change(part, None, feed.field, headings, cells[place].as_py(), "joined") for part, place in _firsts(raw)
    )


def _whole_parts(raw: RawTable, field: Field, cells: pa.Array) -> ChangeLog:
    """Record a constant once per part."""
    return ChangeLog.of(
        Change(part, None, field.name, "", cells[place].as_py(), "constant")
        for part, place in _firsts(raw)
        if cells[place].as_py()
    )


def _firsts(raw: RawTable) -> list[tuple[int, int]]:
    """Return every part that has rows, with the place of its first row."""
    parts, places = np.unique(np.asarray(raw.part), return_index=True)
    return list(zip(parts.tolist(), places.tolist(), strict=True))


def _filtered(raw: RawTable, recipe: Recipe) -> tuple[RawTable, tuple[Aside, ...]]:
    """Return the rows that `where` keeps, and the others as asides."""
    if not recipe.where:
        return raw, ()
    addresses = Addresses(raw.cells.column_names, raw.parts[0].label if raw.parts else recipe.source)
    keep = np.ones(raw.rows, bool)
    asides: list[Aside] = []
    for heading, values in recipe.where.items():
        texts = pc.utf8_trim_whitespace(raw.cells.column(addresses.get(heading, "where")).combine_chunks())
        fits = np.asarray(pc.is_in(texts, pa.array(values, pa.utf8())))
        for place in np.flatnonzero(keep & ~fits).tolist():
            asides.append(
                Aside(raw.part[place].as_py(), raw.row[place].as_py(), "where", f"{heading}: {texts[place].as_py()}"[:200])
            )
        keep &= fits
    places = pa.array(np.flatnonzero(keep))
    smaller = dataclasses.replace(
        raw,
        cells=raw.cells.take(places),
        part=raw.part.take(places),
        row=raw.row.take(places),
        geometry=None if raw.geometry is None else raw.geometry.take(places),
    )
    return smaller, tuple(asides)


def _headings(raw: RawTable, feed: Feeding) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {name: heading for name, one in feed.feeds.items() if (heading := one.heading_in(part)) is not None}
        for part in raw.parts
    )


def _in_fields(raw: RawTable, feed: Feeding) -> list[Finding]:
    """Return reading's findings under the field that their column became, where it became one."""
    fields = {heading: one.field for one in feed.feeds.values() for heading in one.headings}
    return [dataclasses.replace(finding, field=fields.get(finding.field or "", finding.field)) for finding in raw.findings]


def _timed(table: Table, raw: RawTable, recipe: Recipe) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table with its as-of date and, for a series, the period of each row."""
    day, undated = as_of(table, raw, recipe)
    period, unplaced = periods(table, raw, recipe)
    return dataclasses.replace(table, as_of=day, period=period), (*undated, *unplaced)


def _blank(rows: int) -> pa.Array:
    return pa.repeat("", rows)
