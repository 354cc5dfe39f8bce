"""Foreign keys: a town's school districts lead to its schools, by the table that waits or the one that is public."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from catalog.errors import DefinitionError
from publish.build import build, examine
from publish.releasing.staged import read_staged, staged_folder
from publish.table.finding import Finding
from publish.town_folder import open_town

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SETTINGS = """format = 1
code = "999997"
zone = 9
name = {ja = "見本町", en = "Mihon", kana = "みほんちょう"}
[[section]]
id = "gakko"
name = {ja = "学校課", en = "Schools"}
phone = "000"
"""


def definition(dataset: str, columns: dict[str, str], **more: object) -> str:
    code = {"name": "全国地方公共団体コード", "key": "local_government_code"}
    listed = [code, *({"name": name, "key": key, "constraints": {"required": True}} for name, key in columns.items())]
    words = {"ja": "見本。", "en": "A sample."}
    given = {
        "format": "1",
        "id": dataset,
        "standard": {"name": "標準外(独自)", "local": True},
        "title": {"ja": f"見本の{dataset}", "en": dataset},
        "description": words,
        "key": [next(iter(columns))],
        "fields": [{**field, "title_en": field["key"], "description": words} for field in listed],
        "page": {"list": list(columns), "title": next(iter(columns))},
        "example": {"given": [], "yields": []},
        **more,
    }
    return yaml.safe_dump(given, allow_unicode=True)


def reference(**wrong: object) -> list[dict[str, object]]:
    return [{"fields": ["学校コード"], "reference": {"dataset": "schools", "fields": ["番号"], **wrong}}]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with schools and school districts, nothing built yet."""
    folder = tmp_path / "mihon"
    for name in ("sources", "recipes", "datasets"):
        (folder / name).mkdir(parents=True)
    (folder / "machizu.toml").write_text(SETTINGS, "utf-8")
    write(folder, "schools", {"番号": "number", "校名": "school"}, "番号,校名\nC01,東小学校\nC02,西小学校\n")
    districts = "学区,学校コード\n東,C01\n西,C02\n北,C03\n"
    write(folder, "districts", {"学区": "district", "学校コード": "code"}, districts, references=reference())
    return folder


def write(folder: Path, dataset: str, columns: dict[str, str], rows: str, **more: object) -> None:
    (folder / "datasets" / f"{dataset}.yaml").write_text(definition(dataset, columns, **more), "utf-8")
    (folder / "sources" / f"{dataset}.csv").write_text(rows, "utf-8")
    recipe = {"format": "1", "dataset": dataset, "source": f"{dataset}.csv", "as_of": "2026-04-01"}
    columns = {name: name for name in columns}
    (folder / "recipes" / f"{dataset}.yaml").write_text(
        yaml.safe_dump({**recipe, "columns": columns}, allow_unicode=True), "utf-8"
    )


def missing(folder: Path) -> list[Finding]:
    opened = open_town(folder)
    report = examine(opened, "districts", opened.recipes["districts"], date(2026, 4, 1)).report
    return [finding for finding in report.findings if finding.code == "reference-missing"]


def staged(folder: Path, *datasets: str) -> None:
    assert [outcome.problem or outcome.blocked for outcome in build(open_town(folder), datasets, NOW)] == [0] * len(datasets)


def test_nothing_is_said_while_the_other_dataset_was_never_built(town: Path) -> None:
    assert missing(town) == []


def test_a_value_that_no_staged_row_has_is_told_with_its_row(town: Path) -> None:
    staged(town, "schools")
    (finding,) = missing(town)
    assert (finding.row, finding.value, finding.values["other_ja"]) == (4, "C03", "見本のschools")


def test_a_row_added_to_the_other_table_answers_it(town: Path) -> None:
    staged(town, "schools")
    with (town / "sources" / "schools.csv").open("a", encoding="utf-8") as file:
        file.write("C03,北小学校\n")
    assert len(missing(town)) == 1
    staged(town, "schools")
    assert missing(town) == []


def test_a_staged_folder_that_is_just_being_replaced_counts_as_not_there(town: Path) -> None:
    staged(town, "schools")
    entry = read_staged(town, "schools")
    assert entry
    (staged_folder(town, "schools") / entry.name / "datapackage.json").unlink()
    assert missing(town) == []


def test_a_blank_value_refers_to_nothing(town: Path) -> None:
    staged(town, "schools")
    (town / "sources" / "districts.csv").write_text("学区,学校コード\n東,\n", "utf-8")
    assert missing(town) == []


@pytest.mark.parametrize("wrong", [{"dataset": "schoools"}, {"fields": ["番"]}])
def test_a_reference_to_what_is_not_defined_is_an_error_with_the_nearest_name(town: Path, wrong: dict[str, object]) -> None:
    columns = {"学区": "district", "学校コード": "code"}
    write(town, "districts", columns, "学区,学校コード\n東,C01\n", references=reference(**wrong))
    with pytest.raises(DefinitionError, match=r"schools|番号"):
        missing(town)


def test_both_sides_name_as_many_columns(town: Path) -> None:
    columns = {"学区": "district", "学校コード": "code"}
    write(town, "districts", columns, "学区,学校コード\n", references=reference(fields=["番号", "校名"]))
    with pytest.raises(DefinitionError, match="as many"):
        open_town(town)
