"""Feeding: which source columns fill which field, as a recipe says; every column ends mapped, ignored or as a finding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.errors import RecipeError, did_you_mean
from publish.headings.addressing import Addresses
from publish.parsers.parser import splitter
from publish.reading.grid import is_blank
from publish.recipe import AsOf, Parsed, Recipe
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import RawTable

IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Feed:
    """What fills a field. `headings`: alternatives of which each part has at most one; `joined`: all of them, in order."""

    field: str
    headings: tuple[str, ...]
    parser: str = ""
    """Named in the recipe; empty: the definition's."""
    splitter: str = ""
    place: int = 0
    """Which of the splitter's values this field takes."""
    joined: bool = False

    def heading_in(self, part: Part) -> str | None:
        """Return the heading of this field in a part, or None where the part lacks it."""
        return next((heading for heading in self.headings if heading in part.columns), None)


@dataclass(frozen=True, slots=True)
class Feeding:
    """Feeds by field, and what there is to say about the columns."""

    feeds: Mapping[str, Feed]
    findings: tuple[Finding, ...]


def feeding(raw: RawTable, recipe: Recipe, dataset: Dataset) -> Feeding:
    """Resolve a recipe's columns against a source.

    RecipeError: no column at all (a geo file may have none), a heading that no part has, a field that the definition
    lacks, two columns of one part for one field.
    """
    if raw.geometry is None and not (recipe.columns or recipe.combine or recipe.constant):
        raise _no_columns(recipe)
    addresses = Addresses(raw.cells.column_names, raw.parts[0].label if raw.parts else recipe.source)
    feeds: dict[str, Feed] = {}
    used: set[str] = set()
    for heading, target in recipe.columns.items():
        if target == IGNORE:
            used.add(addresses.find(heading) or heading)
            continue
        found = addresses.get(heading, "columns")
        used.add(found)
        for feed in _feeds(found, target):
            _check_field(feed.field, dataset)
            feeds[feed.field] = _merged(feeds.get(feed.field), feed, raw.parts)
    for field, headings in recipe.combine.items():
        _check_field(field, dataset)
        joined = Feed(field, tuple(addresses.get(heading, "combine") for heading in headings), joined=True)
        used.update(joined.headings)
        feeds[field] = _merged(feeds.get(field), joined, raw.parts)
    used.update(_looked_at(recipe, addresses))
    for field in recipe.constant:
        _check_field(field, dataset)
    return Feeding(feeds, (*_unmapped(raw, used), *_absent(raw, feeds)))


def _no_columns(recipe: Recipe) -> RecipeError:
    return RecipeError(
        f"「{recipe.source}」のレシピに columns がありません。どの見出しがどの項目かが決まっていません。",
        f"The recipe for {recipe.source!r} has no columns: it does not say which heading is which field.",
        fix_ja="machizu add --force で提案を書かせ、確かめてください。",
        fix_en="Let machizu add --force write a proposal, and look it over.",
        code="no-columns",
    )


def _feeds(heading: str, target: str | Parsed) -> list[Feed]:
    if isinstance(target, str):
        return [Feed(target, (heading,))]
    taking = splitter(target.parser)
    if len(target.fields) != (taking.fields if taking else 1):
        raise RecipeError(
            f"recipe の「{heading}」: 読み方 {target.parser} は {taking.fields if taking else 1} 個の項目に分けます。",
            f"Recipe, column {heading!r}: the parser {target.parser} gives {taking.fields if taking else 1} field(s).",
            code="parser-fields",
        )
    if taking is None:
        return [Feed(target.fields[0], (heading,), parser=target.parser)]
    return [Feed(field, (heading,), splitter=target.parser, place=place) for place, field in enumerate(target.fields)]


def _merged(before: Feed | None, feed: Feed, parts: Iterable[Part]) -> Feed:
    """Return both as alternatives of one field; RecipeError where a part has both."""
    if before is None:
        return feed
    both = (*before.headings, *feed.headings)
    kinds = {(one.parser, one.splitter, one.place) for one in (before, feed)}
    if before.joined or feed.joined or len(kinds) > 1 or any(sum(h in part.columns for h in set(both)) > 1 for part in parts):
        raise _twice(feed.field, both)
    return Feed(feed.field, both, feed.parser, feed.splitter, feed.place)


def _looked_at(recipe: Recipe, addresses: Addresses) -> set[str]:
    """Return columns that the recipe uses otherwise: row filter, as-of date, period."""
    used = {addresses.get(heading, "where") for heading in recipe.where}
    for entry in (recipe.as_of, recipe.period):
        if isinstance(entry, AsOf) and entry.source == "column":
            used.add(addresses.find(entry.column) or entry.column)
    return used


def _check_field(field: str, dataset: Dataset) -> None:
    if field not in dataset.names:
        hint_ja, hint_en = did_you_mean(field, dataset.names)
        raise RecipeError(
            f"「{dataset.title.ja}」に「{field}」という項目はありません。{hint_ja}",
            f"{dataset.id} has no field {field!r}.{hint_en}",
            fix_ja=f"項目の一覧は machizu datasets {dataset.id} で見られます。",
            fix_en=f"See its fields with: machizu datasets {dataset.id}.",
            code="unknown-field",
        )


def _twice(field: str, headings: Iterable[str]) -> RecipeError:
    listed = "」と「".join(dict.fromkeys(headings))
    return RecipeError(
        f"recipe で「{listed}」がどちらも項目「{field}」に結びつけられています。",
        f"In the recipe, {', '.join(dict.fromkeys(headings))} all go to the field {field!r}.",
        fix_ja="一方を ignore にするか、つなぐ場合は combine に書いてください。",
        fix_en="Set one to ignore, or write them under `combine` to join them.",
        code="two-columns",
    )


def _unmapped(raw: RawTable, used: set[str]) -> list[Finding]:
    found = []
    for heading in raw.cells.column_names:
        if heading not in used:
            column = raw.cells.column(heading)
            part = next((place for place, part in enumerate(raw.parts) if heading in part.columns), 0)
            if is_blank(column):
                found.append(Finding("unmapped-column", "info", part, field=heading))
            else:
                sample = column.filter(pc.not_equal(column, ""))[0].as_py()
                found.append(Finding("unmapped-column", "warning", part, field=heading, values={"sample": sample[:40]}))
    return found


def _absent(raw: RawTable, feeds: Mapping[str, Feed]) -> list[Finding]:
    """Return a finding for each field that other parts have and one lacks."""
    return [
        Finding("absent-column", "info", place, field=feed.field, values={"heading": feed.headings[0], "file": part.label})
        for feed in feeds.values()
        for place, part in enumerate(raw.parts)
        if feed.heading_in(part) is None
    ]
