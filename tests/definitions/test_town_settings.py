"""machizu.toml promises nothing that is not kept."""

from pathlib import Path

import pytest

from catalog.errors import SettingError
from catalog.town import read_town

TOWN = 'format = 1\ncode = "999997"\nname = {ja = "見本町", en = "Mihon"}\n'
LINK = 'links = [{url = "https://example.jp/", ja = "町", en = "Town"}]'


def test_deputies_stand_for_signers_that_there_are(tmp_path: Path) -> None:
    signers = 'approval = "two"\n[signers]\nnames = ["企画課長"]\ndeputies = {"総務課長" = ["総務係長"]}\n'
    (tmp_path / "machizu.toml").write_text(TOWN + signers, "utf-8")
    with pytest.raises(SettingError) as refused:
        read_town(tmp_path)
    assert "総務課長" in refused.value.message["ja"]
    (tmp_path / "machizu.toml").write_text(TOWN + signers.replace("総務課長", "企画課長"), "utf-8")
    town = read_town(tmp_path)
    assert (town.approval, town.signers.everybody) == ("two", ("企画課長", "総務係長"))
    assert town.signers.roles_of("総務係長") == {"企画課長"}


@pytest.mark.parametrize(
    "setting",
    [
        '[[section]]\nid = "aa"\nname = {ja = "係", en = "S"}\npage = "javascript:alert(1)"\n',
        '[site]\nurl = "data:text/html,x"\n',
        f"[site]\n{LINK.replace('https://example.jp/', 'javascript:alert(1)')}\n",
        f"[site]\n{LINK.replace('https://example.jp/', '')}\n",
        '[site]\nlinks = [{ja = "町", en = "Town"}]\n',
    ],
)
def test_a_link_that_is_no_web_address_is_refused(setting: str, tmp_path: Path) -> None:
    (tmp_path / "machizu.toml").write_text(TOWN + setting, "utf-8")
    with pytest.raises(SettingError):
        read_town(tmp_path)


def test_a_link_of_the_site_has_its_words_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "machizu.toml").write_text(f"{TOWN}[site]\n{LINK}\n", "utf-8")
    (link,) = read_town(tmp_path).site.links
    assert (link["ja"], link["en"]) == ("町", "Town")


def test_what_is_wrong_with_a_whole_file_is_a_sentence_and_not_the_file_again(tmp_path: Path) -> None:
    from catalog.dataset import Dataset
    from catalog.errors import DefinitionError
    from catalog.library import read_library
    from catalog.strict import parse

    whole = {**read_library()["zoning"].model_dump(by_alias=True), "key": ["ない"]}
    with pytest.raises(DefinitionError) as refused:
        parse(Dataset, whole, "zoning.yaml", DefinitionError)
    assert refused.value.message["en"] == "zoning.yaml: key names the field 'ない', which is not defined."
    (tmp_path / "machizu.toml").write_text(TOWN.replace("999997", "9" * 500), "utf-8")
    with pytest.raises(SettingError) as refused_town:
        read_town(tmp_path)
    assert len(refused_town.value.message["ja"]) < 300
