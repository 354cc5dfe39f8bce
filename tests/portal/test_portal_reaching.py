"""Before anything is written: the portal's name and its token."""

import pytest
from small_town import SmallTown

from catalog.errors import SettingError
from catalog.town import Portal
from publish.portal.reaching import connect, find_portal

PORTAL = Portal(name="test", url="http://portal.test", organization="mihon", token_env="MACHIZU_TOKEN_OF_TEST")


@pytest.mark.parametrize("token", ["", "  ", "秘密", "line\nbreak"])
def test_a_token_that_cannot_be_one_is_a_sentence_that_does_not_repeat_it(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHIZU_TOKEN_OF_TEST", token)
    with pytest.raises(SettingError, match="MACHIZU_TOKEN_OF_TEST") as told:
        connect(PORTAL)
    assert not token.strip() or token not in told.value.in_language("ja")


def test_the_line_feed_of_a_token_file_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHIZU_TOKEN_OF_TEST", "eyJ.a.b\n")
    with connect(PORTAL) as client:
        assert client.name == "test"


def test_a_portal_that_is_spelt_wrongly_is_named_rightly(town: SmallTown) -> None:
    with pytest.raises(SettingError, match="Did you mean 'test'"):
        find_portal(town.folder.town, "tset")
