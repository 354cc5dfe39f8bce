"""machizu.toml promises nothing that is not kept."""

from pathlib import Path

import pytest

from catalog.errors import SettingError
from catalog.town import read_town


def test_the_approval_of_two_is_refused_as_long_as_nobody_asks_the_second(tmp_path: Path) -> None:
    text = 'format = 1\ncode = "999997"\napproval = "two"\nname = {ja = "見本町", en = "Mihon"}\n'
    (tmp_path / "machizu.toml").write_text(text, "utf-8")
    with pytest.raises(SettingError) as refused:
        read_town(tmp_path)
    assert refused.value.exit_code == 2
    (tmp_path / "machizu.toml").write_text(text.replace("two", "one"), "utf-8")
    assert read_town(tmp_path).approval == "one"
