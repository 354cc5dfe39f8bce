"""A finding as a sentence: where, what stands there, what belongs there, what to do; in the clerk's own headings.

The sentence stands alone. A template that does not say {where} itself is led by place, heading, cell and value.
"""

from dataclasses import dataclass

from catalog.dataset import Field, Text
from publish.answering.expected import example, expected, expected_length
from publish.answering.place import cells, extent, place
from publish.answering.visible import visible
from publish.answering.words import words
from publish.checking.templates import template
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import Table

_LONGEST = 200
"""Characters of a value beside: some are sentences of ours."""
_DASHES = frozenset("-－−‐―–—ー…*＊×xXｘＸ")
"""What statistics put where there is no figure (0), or where a small one is withheld."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in one language; `column` is the clerk's own heading, `cell` its address or empty."""

    title: str
    where: str
    column: str
    cell: str
    message: str
    fix: str


def sentence(finding: Finding, table: Table, lang: str) -> Told:
    """Tell one finding of a table in Japanese or English."""
    said = template(finding.code)
    facts = _Facts(finding, table, lang)
    message = said.message[lang].format_map(facts)
    if "{where}" not in said.message[lang]:
        message = _led(message, said.message[lang], facts, lang)
    fix = said.fix[lang].format_map(facts).strip()
    return Told(said.title[lang], facts["where"], facts["column"], facts["cell"], message, fix)


def title(code: str) -> Text:
    """Return what findings of a code are called, in both languages."""
    return template(code).title


def _led(message: str, said: str, facts: "_Facts", lang: str) -> str:
    """Put in front of a sentence what it does not say itself: place, heading, cell, value."""
    if facts.whole and "{column}" in said:
        return message.strip()
    column = "" if facts.rowless and "{column}" in said else facts["column"]
    value = "" if "{value}" in said else facts["value"]
    cell = words("lead.cell", lang, cell=facts["cell"]) if facts["cell"] else ""
    shape = "value" if value and column else "column" if column else "where"
    led = words(f"lead.{shape}", lang, where=facts["where"], column=column, cell=cell, value=value, message=message.strip())
    return led[:1].upper() + led[1:] if lang == "en" and facts.begins_with_a_word else led


class _Facts(dict[str, str]):
    """What templates may name, worked out when it is named; a name that nobody knows stays as it is written."""

    def __init__(self, finding: Finding, table: Table, lang: str) -> None:
        super().__init__({name: visible(value, _LONGEST) for name, value in finding.values.items()})
        self._finding, self._table, self._lang = finding, table, lang
        if finding.part is not None or len(table.parts) == 1:
            self._part: Part | None = table.parts[finding.part or 0]
        else:
            self._part = None
        self["value"] = _value(finding, lang)
        self["column"] = visible(table.heading(finding.part or 0, finding.field))

    @property
    def rowless(self) -> bool:
        """True when the finding is about a table, a part or a column, not about one row."""
        return self._finding.row is None

    @property
    def whole(self) -> bool:
        """True when the finding is about the one table there is, not about a row or one part of several."""
        return self.rowless and self["where"] == words("where.table", self._lang)

    @property
    def begins_with_a_word(self) -> bool:
        """True when the place begins with a word of ours and not with a file's name."""
        return self._finding.row is not None or self.whole

    def __missing__(self, name: str) -> str:
        if f"{name}_field" in self:
            names = self._finding.values[f"{name}_field"].split("\n")
            made = words("list.join", self._lang).join(visible(self._heading(field)) for field in names)
        elif f"{name}_row" in self:
            part, row = self._finding.values[f"{name}_row"].split(":")
            made = place(self._table, int(part), int(row), self._lang)
        else:
            made = self._standard(name)
        self[name] = made
        return made

    def _standard(self, name: str) -> str:
        match name:
            case "where":
                return extent(self._finding, self._table, self._lang)
            case "cell":
                heading = self._heading(self._finding.field or "")
                return cells(self._finding, self._part, heading, self._lang) if self._part else ""
            case "target":
                return self["cell"] or self["where"]
            case "likely" | "dash":
                return self._guess(name)
            case "like":
                return words("like" if self["example"] else "like.agreed", self._lang, example=self["example"])
        return self._of_field(name)

    def _guess(self, name: str) -> str:
        """Return what was probably meant as a sentence of its own, "" where nothing can be said."""
        nearest, value = self.get("nearest", ""), self["value"]
        said = nearest if name == "likely" else value.strip() in _DASHES
        return words(name, self._lang, nearest=nearest, value=value) if said else ""

    def _of_field(self, name: str) -> str:
        dataset = self._table.dataset
        if self._finding.field not in dataset.names:
            return "{" + name + "}"
        field: Field = dataset.field(self._finding.field)
        match name:
            case "expected":
                return expected(field, self._lang)
            case "length":
                return expected_length(field, self._lang)
            case "example":
                return visible(example(dataset, field))
            case "about":
                return field.description[self._lang]
        return "{" + name + "}"

    def _heading(self, field: str) -> str:
        return self._table.heading(self._finding.part or 0, field)


def _value(finding: Finding, lang: str) -> str:
    """Return what stands there; of several different values the first, and that there are others."""
    others = any(member.value != finding.value for member in finding.members)
    return words("value.others", lang, value=visible(finding.value)) if others else visible(finding.value)
