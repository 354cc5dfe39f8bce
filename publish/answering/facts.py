"""Facts: what a template may name about a finding, worked out when it is named, in the clerk's own headings and addresses."""

import re
from collections.abc import Callable, Mapping

from catalog.dataset import Field
from publish.answering.expected import example, expected, expected_length
from publish.answering.place import cells, extent, place
from publish.answering.visible import visible
from publish.answering.words import words
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import Table

_LONGEST = 200
"""Characters of a value beside: some are sentences of ours."""
_DASHES = frozenset("-－−‐―–—ー…*＊×xXｘＸ")
"""What statistics put where there is no figure (0), or where a small one is withheld."""
_REMARKS = re.compile("備考|特記事項")


class Facts(dict[str, str]):
    """Values by name; a name that nobody knows stays as it is written. `recipe`: the town's that reads the file, or ""."""

    def __init__(self, finding: Finding, table: Table, lang: str, recipe: str = "") -> None:
        super().__init__({name: visible(value, _LONGEST) for name, value in finding.values.items()})
        self._finding, self._table, self._lang = finding, table, lang
        if finding.part is not None or len(table.parts) == 1:
            self._part: Part | None = table.parts[finding.part or 0]
        else:
            self._part = None
        self["value"] = _value(finding, lang)
        self["column"] = visible(table.heading(finding.part or 0, finding.field))
        self["accept"] = words("accept.town" if recipe else "accept.alone", lang)
        self["recipe"] = words("recipe", lang, recipe=visible(recipe)) if recipe else words("recipe.any", lang)

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
        return not self.rowless or self.whole

    def __missing__(self, name: str) -> str:
        if f"{name}_field" in self:
            made = self._listed([self._heading(field) for field in self._fields(name)])
        elif f"{name}_row" in self:
            part, row = self._finding.values[f"{name}_row"].split(":")
            made = place(self._table, int(part), int(row), self._lang)
        elif name.endswith("_cell") and f"{name[:-5]}_field" in self:
            made = self._listed([self._address(field) for field in self._fields(name[:-5])])
        else:
            made = self._standard(name)
        self[name] = made
        return made

    def _standard(self, name: str) -> str:
        known = _STANDARD.get(name)
        if known:
            return known(self)
        of_field = _OF_FIELD.get(name)
        dataset = self._table.dataset
        if of_field is None or self._finding.field not in dataset.names:
            return "{" + name + "}"
        return of_field(self, dataset.field(self._finding.field))

    def _target(self) -> str:
        """Return the cell to write in; without one the column of the row, or what the finding is about."""
        return self["cell"] or (self["where"] if self.rowless else self._address(self._finding.field or ""))

    def _said(self, name: str, *needed: str) -> str:
        """Return a sentence that names some facts, "" where one of them is empty."""
        facts = {fact: self[fact] for fact in needed}
        return words(name, self._lang, **facts) if all(facts.values()) else ""

    def _dash(self) -> str:
        """Say what a mark may mean that statistics put in place of a figure."""
        value = self["value"].strip()
        return self._said("dash", "value", "target", "example") if _DASHES.issuperset(value) else ""

    def _write(self) -> str:
        """Say what to write: what was probably meant, else something like the example."""
        return (
            self["likely"] or self["dash"] or self._said("write", "target", "example") or self._said("write.agreed", "target")
        )

    def _sole(self) -> str:
        """Say what a figure should be where only it is wrong; not of many rows at once, whose figures differ."""
        if self._finding.members:
            return ""
        return words("sole", self._lang, target=self["target"], sum=self["sum"])

    def _choose(self, field: Field) -> str:
        """Say which of the allowed values to take."""
        codes = [code for code in field.constraints.enum or () if code]
        if len(codes) == 1:
            return words("choose.one", self._lang, target=self["target"], code=visible(codes[0]))
        return self["likely"] + words("choose.other" if self["likely"] else "choose", self._lang, target=self["target"])

    def _blank(self, field: Field) -> str:
        """Say that a cell may be left empty, where it may and nothing has said so yet."""
        said = field.constraints.required or self["dash"] or len(field.constraints.enum or ()) == 1
        return "" if said else self._said("blank", "target")

    def _about(self, field: Field) -> str:
        about = " ".join(field.description[self._lang].split())
        return words("about", self._lang, about=about.rstrip("。."))

    def _remarks(self) -> str:
        """Name the column for what does not fit its own: one of the file, else one of the definition, else any such."""
        names = [name for name in self._table.dataset.names if _REMARKS.search(name)]
        there = self._table.headings[self._finding.part or 0] if self._table.headings else {}
        inside = [name for name in names if name in there]
        # What is about days and hours, before what is about anything.
        best = sorted(inside or names, key=lambda name: ("時" not in name, name != "備考"))
        if not best:
            return words("remarks.any", self._lang)
        return words("remarks", self._lang, column=visible(self._heading(best[0])))

    def _fields(self, name: str) -> list[str]:
        return self._finding.values[f"{name}_field"].split("\n")

    def _listed(self, texts: list[str]) -> str:
        return words("list.join", self._lang).join(map(visible, texts))

    def _heading(self, field: str) -> str:
        return self._table.heading(self._finding.part or 0, field)

    def _cell(self, field: str) -> str:
        return cells(self._finding, self._part, self._heading(field), self._lang) if self._part else ""

    def _address(self, field: str) -> str:
        """Return the cell of a field in this row; of a feature its attribute; where there is no such column its heading."""
        column = visible(self._heading(field))
        if self._part and self._part.kind == "vector" and not self.rowless:
            return words("cell.feature", self._lang, where=self["where"], column=column)
        return self._cell(field) or words("cell.none", self._lang, column=column)


def _value(finding: Finding, lang: str) -> str:
    """Return what stands there; of several different values the first, and that there are others."""
    others = any(member.value != finding.value for member in finding.members)
    return words("value.others", lang, value=visible(finding.value)) if others else visible(finding.value)


_STANDARD: Mapping[str, Callable[[Facts], str]] = {
    "where": lambda facts: extent(facts._finding, facts._table, facts._lang),
    "cell": lambda facts: facts._cell(facts._finding.field or ""),
    "target": Facts._target,
    "nearest": lambda _: "",
    "likely": lambda facts: facts._said("likely", "nearest", "target"),
    "dash": Facts._dash,
    "write": Facts._write,
    "remarks": Facts._remarks,
    "sole": Facts._sole,
    "alike": lambda facts: words("alike" if facts._table.period is None else "alike.period", facts._lang),
}
"""What every finding has."""
_OF_FIELD: Mapping[str, Callable[[Facts, Field], str]] = {
    "expected": lambda facts, field: expected(field, facts._lang, facts._table.dataset.id),
    "length": lambda facts, field: expected_length(field, facts._lang),
    "example": lambda facts, field: visible(example(facts._table.dataset, field)),
    "such": lambda facts, _: facts._said("such", "example"),
    "about": Facts._about,
    "choose": Facts._choose,
    "blank": Facts._blank,
}
"""What a finding in a column of the definition has beside."""
