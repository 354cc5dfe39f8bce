"""Every parser by its table under parsers/: what is proven, and what is left as it stands and found.

A table's lines are: text, what is published, and other texts of the same column (`|` between them) where these matter.
`—` is left as it stands with a finding about it, `=` stands well already. A line `# field:` says which field the following
ones are read for, with what is changed of its definition; `# fields:` those that a text is split into (`|` between values).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from catalog.dataset import Dataset
from catalog.errors import DefinitionError
from catalog.library import read_library
from catalog.message import LANGUAGES
from publish.answering.words import change_titles
from publish.checking.checking import check
from publish.context import Context
from publish.normalising import normalise
from publish.parsers.name_date import date_in_name
from publish.parsers.parser import names, parser
from publish.recipe import Parsed, Recipe
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import RawTable, Table

FOLDER = Path(__file__).parent / "parsers"
LIBRARY = read_library()
LEFT, FINE = "—", "="


@dataclass(frozen=True)
class Line:
    """One line of a table: the parser, where it is read for, the text, what becomes of it, and what stands beside it."""

    parser: str
    dataset: Dataset
    fields: tuple[str, ...]
    text: str
    wanted: str
    among: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.parser}-{self.text}-{'|'.join(self.among)}"


def lines() -> Iterator[Line]:
    for path in sorted(FOLDER.glob("*.tsv")):
        dataset, fields = LIBRARY["aed"], tuple[str, ...]()
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# field"):
                dataset, fields = _meant(line)
                continue
            text, wanted, *among = line.split("\t")
            yield Line(path.stem, dataset, fields, text, wanted, tuple(among[0].split("|")) if among else ())


def _meant(line: str) -> tuple[Dataset, tuple[str, ...]]:
    """Return the definition with no more than the fields of a line, so that little is checked beside."""
    said, _, changed = line.partition("{")
    _, name, *fields = said.removeprefix("#").split()
    dataset = LIBRARY[name]
    update: Mapping[str, str] = json.loads("{" + changed) if changed else {}
    kept = tuple(dataset.field(field).model_copy(update=update) for field in fields)
    if dataset.address and any("所在地" in field for field in fields):
        return dataset, tuple(fields)
    title = dataset.field(dataset.page.title)
    left: dict[str, object] = dict.fromkeys(("geometry", "identifier", "address", "series", "map"))
    left["disclosure"] = dataset.disclosure.model_copy(update={"suppression": None})
    small = left | {"fields": kept if title in kept else (*kept, title), "key": (), "sums": {}, "references": ()}
    return dataset.model_copy(update=small), tuple(field.name for field in kept)


def read(line: Line) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table of a column with the text in its first row."""
    texts = [line.text, *line.among]
    raw = RawTable(
        parts=(Part("町の表.csv", heading=(1, 1), columns={"列": "A"}),),
        cells=pa.table({"列": pa.array(texts, pa.utf8())}),
        part=pa.array([0] * len(texts), pa.int32()),
        row=pa.array(range(2, len(texts) + 2), pa.int64()),
    )
    target = Parsed(parser=line.parser, fields=line.fields) if len(line.fields) > 1 else line.fields[0]
    recipe = Recipe(format="1", dataset=line.dataset.id, source="町の表.csv", columns={"列": target}, as_of="2026-04-01")
    table, found = normalise(raw, recipe, line.dataset)
    report, _ = check(table, None, Context(None, date(2026, 11, 20), LIBRARY), found=found, recipe=recipe)
    return table, tuple(one for one in report.findings if one.row == 2 and one.field in line.fields)


@pytest.mark.parametrize("line", list(lines()), ids=str)
def test_a_parser_proves_its_reading_or_leaves_the_text_with_a_finding(line: Line) -> None:
    table, found = read(line)
    published = [table.column(field)[0] for field in line.fields]
    changes = [change for change in table.changes if change.row == 2]
    if line.wanted in (LEFT, FINE):
        assert "|".join(published).strip("|") in ("", line.text)
        assert bool(found) == (line.wanted == LEFT), found
        assert not changes
    else:
        assert published == line.wanted.split("|")
        assert all(change.reason in change_titles() for change in changes)
    if len(line.fields) == 1 and line.wanted not in (LEFT, FINE):
        (change,) = changes
        assert (change.before, change.after) == (line.text, line.wanted)
        assert re.fullmatch(parser(line.parser).plain(line.dataset.field(line.fields[0])), line.wanted)


def test_every_parser_has_a_table() -> None:
    assert names() == {path.stem for path in FOLDER.glob("*.tsv")}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("D_20210310_000501_9081A0B0.zip", "2021-03-10"),
        ("人口_R8.2.1.xlsx", "2026-02-01"),
        ("人口R080201.xlsx", "2026-02-01"),
        ("令和8年2月末現在", "2026-02"),
        ("2026年度版.csv", "2026"),
        ("0066_202602.xlsx", "2026-02"),
        ("222127_aed.csv", ""),
        ("452017.json", ""),
        ("12103-0400-76.zip", ""),
        ("aed_20261399.csv", ""),
    ],
)
def test_the_date_in_a_name_is_read_as_exactly_as_it_stands(name: str, wanted: str) -> None:
    assert date_in_name(name) == wanted


def test_an_unknown_parser_is_told_with_the_nearest() -> None:
    with pytest.raises(DefinitionError) as wrong:
        parser("numbr")
    assert "number" in wrong.value.message["ja"]


def test_every_change_has_a_title_in_both_languages() -> None:
    assert set(LANGUAGES) == {"ja", "en"}
    for reason in ("trimmed", "value-map", "code-alias", "constant", "joined", "filled-town-code", "filled-town-name"):
        assert change_titles()[reason].ja
        assert change_titles()[reason].en
