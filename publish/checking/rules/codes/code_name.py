"""A code whose name is another than the one that stands beside it: two numberings were mixed, or rows slipped."""

from collections.abc import Iterable

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.rule import Use
from publish.context import Context
from publish.naming import names_of
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "code-name"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="番号と名前が食い違っています",
    en="Code and name disagree",
)
MESSAGE = Text(
    ja="{column}「{value}」は「{meant}」の番号ですが、{named}は「{name}」となっています。",
    en="{column} “{value}” is the code of “{meant}”, but {named} says “{name}”.",
)
FIX = Text(
    ja="どちらかを直してください。どの行も食い違うときは、番号の付け方が別の資料のものか、列を取り違えています。",
    en="Correct one of the two. If every row disagrees, the numbering is another one, or the columns are mistaken.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether there is a code with its name beside it."""
    return any(True for _ in _pairs(dataset))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare every published code with the name beside it, where that name is of a code list too."""
    for code, name, codes in _pairs(table.dataset):
        names = names_of(context.library.code_lists[codes])
        numbers, said = Column.of(table, code), Column.of(table, name)
        known = np.array([text in names for text in numbers.texts], bool)[numbers.codes]
        meant = np.array([names.get(text, "") for text in numbers.texts], object)[numbers.codes]
        written = np.array(said.texts, object)[said.codes]
        rows = np.flatnonzero(known & (written != "") & (written != meant))

        def beside(row: int, meant: np.ndarray = meant, name: str = name, said: Column = said) -> dict[str, str]:
            return {"meant": meant[row], "named_field": name, "name": said.text(row)}

        yield from findings(table, rows, CODE, SEVERITY, field=code, values=beside)


def _pairs(dataset: Dataset) -> Iterable[tuple[str, str, str]]:
    for field in dataset.published:
        if field.code_of and field.codes and dataset.field(field.code_of).codes:
            yield field.name, field.code_of, field.codes
