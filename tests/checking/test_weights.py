"""A town makes a check heavier or lighter in its settings; what must not be weakened is not."""

from pathlib import Path

import pytest
from clerks_table import TOWN, context, table

from catalog.errors import MachizuError, SettingError
from catalog.library import read_library
from catalog.town import Town, read_town
from publish.checking.checking import check
from publish.checking.weighing import weights
from publish.table.finding import Severity

AED = "ID,名称,所在地_連結表記,緯度,経度,電話番号\nFF0000000001,役場,本町,34.86,138.30,090-1111-2222\n"
CODE = "mobile-phone"


def town(**checks: object) -> Town:
    return Town.model_validate({**TOWN.model_dump(by_alias=True), "checks": checks})


def severities(town: Town, rules: dict[str, str] | None = None) -> list[Severity]:
    aed = read_library()["aed"].model_copy(update={"rules": rules or {}})
    report, _ = check(table(aed, AED), None, context(town=town))
    return [finding.severity for finding in report.findings if finding.code == CODE]


@pytest.mark.parametrize(
    ("checks", "rules", "severity"),
    [
        ({}, {}, ["warning"]),
        ({CODE: "error"}, {}, ["error"]),
        ({CODE: "off"}, {}, []),
        ({CODE: "error"}, {CODE: "info"}, ["info"]),
        ({CODE: "error", "aed": {CODE: "info"}}, {}, ["info"]),
        ({"aed": {CODE: "off"}}, {CODE: "error"}, []),
        ({"road": {CODE: "off"}}, {}, ["warning"]),
    ],
)
def test_the_nearest_word_counts(checks: dict[str, object], rules: dict[str, str], severity: list[str]) -> None:
    assert severities(town(**checks), rules) == severity


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ({"mobile-fone": "off"}, "「mobile-phone」ではありませんか"),
        ({"aed": {"mobile-fone": "off"}}, "checks.aed: 「mobile-fone」という検査はありません"),
        ({"aedd": {CODE: "off"}}, "「aed」ではありませんか"),
        ({"body-code": "off"}, "「body-code」の重さは変えられません"),
        ({"corporate-number": "warning"}, "「corporate-number」の重さは変えられません"),
        ({"type-date": "info"}, "「type-date」の重さは変えられません"),
        ({"road": {"required": "off"}}, "「required」の重さは変えられません"),
    ],
)
def test_what_does_not_exist_or_may_not_be_weakened_is_refused(checks: dict[str, object], said: str) -> None:
    with pytest.raises(MachizuError) as refused:
        severities(town(**checks))
    assert isinstance(refused.value, SettingError)
    assert said in refused.value.message["ja"]


def test_settings_are_read_from_the_file_and_a_level_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "machizu.toml"
    head = 'format = 1\ncode = "999997"\nname = {ja = "見本町", en = "Mihon"}\n'
    path.write_text(f'{head}[checks]\n"{CODE}" = "error"\n[checks.aed]\nfuture-date = "off"\n', "utf-8")
    library = read_library()
    assert weights(library["aed"], read_town(tmp_path)) == {CODE: "error", "future-date": "off"}
    assert weights(library["road"], read_town(tmp_path)) == {CODE: "error"}
    for wrong in (f'[checks]\n{CODE} = "eror"\n', f'[checks.aed]\n{CODE} = "eror"\n'):
        path.write_text(head + wrong, "utf-8")
        with pytest.raises(SettingError, match="Did you mean 'error'"):
            read_town(tmp_path)
    path.write_text(head + "[checks]\naed = 3\n", "utf-8")
    with pytest.raises(SettingError, match="is none of error, warning, info, off"):
        read_town(tmp_path)
