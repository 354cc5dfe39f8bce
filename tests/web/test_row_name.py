from typing import cast

import pytest

from api.web.row_name import row_detail, row_name
from api.web.visit import Visit
from catalog.library import read_library

LIBRARY = read_library()


class English:
    """A visit in English, as far as a name asks it."""

    lang = "en"

    def t(self, name: str, **values: object) -> str:
        return f"{name} {values['title']} {values['mark']}"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("h-1e1c7f2efd23", "untitled Planned roads 1e1c"),
        ("h-1e1c7f2efd23-2", "untitled Planned roads 1e1c"),
        ("本町線", "本町線"),
        ("FF0000000001", "FF0000000001"),
    ],
)
def test_a_row_without_a_name_is_called_what_it_is_and_not_by_its_hash(title: str, shown: str) -> None:
    assert row_name(cast(Visit, English()), LIBRARY["planned_road"], title) == shown


def test_rows_of_one_name_differ_by_what_the_list_shows_next() -> None:
    aed = LIBRARY["aed"]
    assert row_detail(aed, {"名称": "市役所本館", "設置位置": "４階管財課", "所在地_連結表記": "本町2-16-32"}) == "４階管財課"
    assert row_detail(aed, {"名称": "市役所本館", "設置位置": "", "所在地_連結表記": "本町2-16-32"}) == "本町2-16-32"
    assert row_detail(aed, {"名称": "市役所本館"}) == ""
