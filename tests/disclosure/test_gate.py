"""Ways around the gate: what was not cleared here is not packed, and what nobody accepted is not cleared."""

import copy
import dataclasses
import pickle
from pathlib import Path

import pytest
from handed_in import report, rows, table, town

from catalog.errors import DisclosureRefused
from catalog.library import read_library
from publish.checking.acceptance import acceptance_hash
from publish.disclosure.gate import Cleared, clear
from publish.packing.packing import pack

NAMED = rows(("見本町", "鍵は管理人の佐藤さんへ"), ("見本町", ""))
TWO = rows(("見本町", "鍵は管理人の佐藤さんへ"), ("見本町", "担当 鈴木"))
GOOD = rows(("見本町", ""), ("株式会社見本", "受付で申し出てください"))


def finds(text: str) -> dict[str, str]:
    """Return the hash of every find by its value, as `machizu accept` writes it."""
    return {found.value: acceptance_hash([found]) for found in report(table(text)).findings if found.severity == "error"}


def accepted(
    *hashes: str, code: str = "person-name", column: str = "備考", why: str = "公開の了解あり"
) -> tuple[dict[str, str], ...]:
    return tuple({"code": code, "column": column, "hash": one, "by": "福祉課", "why": why} for one in hashes)


@pytest.fixture
def cleared() -> Cleared:
    return clear(report(table(GOOD)), None, town())


@pytest.mark.parametrize(
    "way",
    [
        lambda one: dataclasses.replace(one, cells=one.report.table.cells),
        copy.copy,
        copy.deepcopy,
        pickle.dumps,
        lambda one: Cleared(
            one.dataset, one.town, one.cells, None, one.report, "open", None, "2026-04-01", None, seal=object()
        ),
    ],
    ids=["replace", "copy", "deepcopy", "pickle", "seal"],
)
def test_what_is_made_again_was_not_cleared(cleared: Cleared, way: object) -> None:
    assert callable(way)
    with pytest.raises((TypeError, ValueError)):
        way(cleared)


def test_what_was_made_without_asking_is_not_packed(cleared: Cleared, tmp_path: Path) -> None:
    forged = object.__new__(Cleared)
    for field in dataclasses.fields(Cleared):
        object.__setattr__(forged, field.name, getattr(cleared, field.name))
    with pytest.raises(TypeError):
        pack(forged, tmp_path, read_library())
    assert not list(tmp_path.iterdir())


def test_only_columns_of_the_allow_list_pass() -> None:
    food = read_library()["food_business"]
    text = "全国地方公共団体コード,施設名称,法人名\n999997,見本食堂,山田太郎\n"
    out = clear(report(table(text, food)), None, town())
    assert "法人名" not in out.cells.column_names
    assert "山田太郎" not in str(out.cells)


def test_a_report_whose_findings_were_taken_out_opens_nothing() -> None:
    found = report(table(NAMED))
    assert found.blocked
    with pytest.raises(DisclosureRefused) as refused:
        clear(dataclasses.replace(found, findings=()), None, town())
    assert "佐藤" not in refused.value.in_language("ja")


def test_a_find_passes_once_it_was_accepted_with_a_reason() -> None:
    (word,) = finds(NAMED).values()
    found = report(table(NAMED), accepted(word))
    assert not found.blocked
    assert not found.unaccepted
    clear(found, None, town())


def test_another_value_lapses_nothing_and_is_asked_for_itself() -> None:
    (word,) = finds(NAMED).values()
    assert [one.value for one in report(table(TWO), accepted(word)).findings if one.severity == "error"] == ["担当 鈴木"]


@pytest.mark.parametrize(
    "given",
    [
        lambda words: accepted(" ".join(sorted(words))),
        lambda words: accepted("all:" + words[0]),
        lambda words: accepted(*words, column="*"),
        lambda words: accepted(*words, why=" "),
        lambda words: accepted(*words, code="my-number"),
    ],
    ids=["several at once", "all", "any column", "no reason", "another code"],
)
def test_nothing_is_accepted_by_wildcard(given: object) -> None:
    assert callable(given)
    assert report(table(TWO), given(list(finds(TWO).values()))).blocked


def test_a_column_of_persons_cannot_be_accepted() -> None:
    people = rows(*((name, "") for name in ("山田太郎", "佐藤花子", "鈴木一郎", "高橋美咲", "田中誠", "株式会社見本")))
    (found,) = [one for one in report(table(people)).findings if one.code == "person-column"]
    word = accepted(acceptance_hash([found]), code="person-column", column="団体名")
    assert report(table(people), word).blocked


OWN = {"food_business": "法人名", "cultural_property": "所有者等"}


@pytest.mark.parametrize(("dataset", "column"), OWN.items())
@pytest.mark.parametrize("change", [{"personal": "none"}, {"personal": "named"}, {"personal": "none", "name": "運営者"}])
def test_a_towns_own_definition_opens_no_column_of_persons_without_a_decision(
    dataset: str, column: str, change: dict[str, str]
) -> None:
    ours = read_library()[dataset]
    fields = tuple(field.model_copy(update=change) if field.name == column else field for field in ours.fields)
    own = ours.model_copy(update={"fields": fields})
    name = change.get("name", column)
    text = f"全国地方公共団体コード,{name}\n999997,株式会社見本\n"
    assert "opened-column" in {one.code for one in report(table(text, own)).findings}
    with pytest.raises(DisclosureRefused):
        clear(dataclasses.replace(report(table(text, own)), findings=()), None, town())
    decided = {"class": "open", "reason": "法人だけ", "decided": "2026-10-01", "document": "企財第1号", "review": "2027"}
    settings = town(disclosure={dataset: {**decided, "columns": [name]}})
    assert "opened-column" not in {one.code for one in report(table(text, own), settings=settings).findings}


def test_a_town_cannot_say_by_itself_that_a_column_may_name_people() -> None:
    aed = read_library()["aed"]
    fields = tuple(field.model_copy(update={"personal": "named"}) if field.name == "備考" else field for field in aed.fields)
    own = aed.model_copy(update={"fields": fields})
    assert {one.code for one in report(table(NAMED, own)).findings} >= {"opened-column"}


def test_no_setting_makes_a_find_lighter() -> None:
    from catalog.errors import SettingError

    with pytest.raises(SettingError):
        report(table(NAMED), settings=town(checks={"person-name": "off"}))
