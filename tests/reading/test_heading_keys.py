"""The key by which headings are compared: widths, dashes, spaces, brackets and old letters make no difference."""

import pytest

from catalog.folding import heading_key


@pytest.mark.parametrize(
    "heading",
    [
        "ハザードマップURL",
        "ハザードマップＵＲＬ",
        "ﾊｻﾞｰﾄﾞﾏｯﾌﾟURL",
        "はざーどまっぷurl",
        "ハザ―ドマップURL",
        "ハザ－ドマップURL",
        " ハザード　マップ URL ",
        "ハザード\nマップ\r\nURL",
        "【ハザードマップ】URL",
        "ハザードマップ_URL",
        "ハザードマップ（URL）※",
    ],
)
def test_headings_are_the_same_in_every_width_with_every_dash_space_and_bracket(heading: str) -> None:
    assert heading_key(heading) == heading_key("ハザードマップURL")


def test_what_headings_differ_in_stays_different() -> None:
    pairs = [("緯度", "経度"), ("開始日", "終了日"), ("一ヶ月", "二ヶ月"), ("5-9歳の男性", "5-9歳の女性"), ("人口", "人工")]
    assert all(heading_key(one) != heading_key(other) for one, other in pairs)
    assert heading_key("三ヶ日町") == heading_key("三ケ日町") == heading_key("三ｹ日町")
