"""The item definition (データ項目定義) for a terminal, and as a file of CSV or Markdown."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.cli.console import Console
from catalog.describing.item_page import item_page
from catalog.describing.item_table import item_rows, told
from catalog.describing.items import CLASSES, LOCAL, PERIODS, PERSONAL, PLACES, REQUIREMENTS, Item, ItemDefinition
from catalog.describing.vocabularies import FREQUENCIES
from catalog.errors import UsageError

_DEEP = 4
"""Columns by which what belongs to an item is set in."""


def item_text(definition: ItemDefinition, console: Console) -> str:
    """Return the item definition, broken to the width of the terminal."""
    lang = console.lang
    head = [f"{definition.title[lang]} ({definition.id})", console.indented(definition.description[lang], 0)]
    facts = console.table([*_facts(definition, console)])
    items = [_item(definition, item, console) for item in definition.items]
    notes = [f"({number}) {text}" for number, text in enumerate(definition.evidence, 1)]
    evidence = [console.text("datasets.item.evidence"), *(console.indented(note, 2) for note in notes)] if notes else []
    return "\n\n".join("\n".join(part) for part in (head, [facts], items, evidence) if part)


def _facts(definition: ItemDefinition, console: Console) -> Iterator[tuple[str, str]]:
    lang, standard = console.lang, definition.standard
    yield console.text("datasets.fact.number"), definition.number or LOCAL[lang]
    yield console.text("datasets.fact.standard"), " ".join(filter(None, (standard.called(lang), standard.url)))
    yield console.text("datasets.fact.frequency"), FREQUENCIES[definition.frequency][lang]
    if definition.period:
        yield console.text("datasets.fact.period"), PERIODS[definition.period][lang]
    yield console.text("datasets.fact.key"), console.text("datasets.and").join(definition.key) or "-"
    yield console.text("datasets.fact.place"), PLACES[definition.place][lang]
    why = definition.reason[lang] if definition.reason else ""
    yield console.text("datasets.fact.class"), f"{CLASSES[definition.cls][lang]} {why}".rstrip()
    if definition.caveat:
        yield console.text("datasets.fact.caveat"), definition.caveat[lang]


def _item(definition: ItemDefinition, item: Item, console: Console) -> str:
    lang, note = console.lang, definition.note(item)
    need = REQUIREMENTS[item.requirement][lang] + (f"({note})" if note else "")
    names = console.table([(f"{item.number:2}", item.name, item.key, item.title_en)])
    form = console.text("datasets.and").join((item.kind[lang], *(limit[lang] for limit in item.limits)))
    more = [console.text(f"datasets.item.{name}", what=what) for name, what in _more(item, console)]
    return "\n".join([names, *(console.indented(line, _DEEP) for line in (f"[{need}] {form}", item.description[lang], *more))])


def _more(item: Item, console: Console) -> Iterator[tuple[str, str]]:
    between = console.text("datasets.and")
    if item.codes:
        yield "values", between.join(told(code, console.lang) for code in item.codes)
    if item.old:
        yield "old", between.join(item.old)
    if item.aliases:
        yield "aliases", between.join(item.aliases)
    if item.personal != "none":
        yield "personal", PERSONAL[item.personal][console.lang]
    elif not item.published:
        yield "hidden", ""


def write_items(definition: ItemDefinition, path: Path) -> None:
    """Write it as .csv (UTF-8 with BOM and CRLF, one line per item) or .md; UsageError for anything else."""
    kind = path.suffix.lower()
    if kind == ".md":
        path.write_text(item_page(definition), "utf-8", newline="\n")
    elif kind == ".csv":
        _write_csv(path, [*item_rows(definition)])
    else:
        raise UsageError(
            f"「{path.name}」の形では書き出せません。",
            f"{path.name!r} is in no form that can be written.",
            fix_ja="名前の終わりを .csv か .md にしてください。",
            fix_en="End the name in .csv or .md.",
        )


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
