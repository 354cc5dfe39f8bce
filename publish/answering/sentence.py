"""A finding as a sentence: where, what stands there, what belongs there, what to do; in the clerk's own headings.

The sentence stands alone. A template that does not say {where} itself is led by place, heading, cell and value.
"""

from dataclasses import dataclass

from catalog.text import Text
from publish.answering.facts import Facts
from publish.answering.words import words
from publish.checking.templates import template
from publish.table.finding import Finding
from publish.table.table import Table


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in one language; `column` is the clerk's own heading, `cell` its address or empty.

    `message` stands alone; `what` is the same without the place and the value that stand beside it in a table.
    """

    title: str
    where: str
    column: str
    cell: str
    message: str
    fix: str
    what: str


def sentence(finding: Finding, table: Table, lang: str, recipe: str = "") -> Told:
    """Tell one finding of a table in Japanese or English; `recipe` is the town's that reads the file, "" outside a town."""
    said = template(finding.code)
    facts = Facts(finding, table, lang, recipe)
    what = said.message[lang].format_map(facts)
    message = what if "{where}" in said.message[lang] else _led(what, said.message[lang], facts, lang)
    advice = said.fix if recipe or said.alone is None else said.alone
    fix = advice[lang].format_map(facts)
    return Told(said.title[lang], facts["where"], facts["column"], facts["cell"], message, fix.strip(), what.strip())


def title(code: str) -> Text:
    """Return what findings of a code are called, in both languages."""
    return template(code).title


def _led(message: str, said: str, facts: Facts, lang: str) -> str:
    """Put in front of a sentence what it does not say itself: place, heading, cell, value."""
    if facts.whole and "{column}" in said:
        return message.strip()
    column = "" if facts.rowless and "{column}" in said else facts["column"]
    value = "" if "{value}" in said else facts["value"]
    cell = words("lead.cell", lang, cell=facts["cell"]) if facts["cell"] else ""
    shape = "value" if value and column else "column" if column else "where"
    led = words(f"lead.{shape}", lang, where=facts["where"], column=column, cell=cell, value=value, message=message.strip())
    return led[:1].upper() + led[1:] if lang == "en" and facts.begins_with_a_word else led
