"""Text is decoded rightly or refused; never guessed."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import RecipeError, UnusableSource
from publish.reading.encoding import decode
from publish.reading.mojibake import refuse_garbled

JAPANESE = st.text(
    st.sampled_from("あいうアイウー漢字町役場①㈱髙﨑ﾒｲｼｮｳｱｲｳ。、ソ表能十申 ,\n0123abcＡＢ～－￥"), min_size=1, max_size=60
)


def read(data: bytes) -> str:
    """Return the text, or the code with which it is refused."""
    try:
        return decode(data, "f.csv").utf8.to_pybytes().decode()
    except UnusableSource as refused:
        return refused.code


@settings(max_examples=300, deadline=None, derandomize=True)
@given(JAPANESE)
def test_cp932_is_read_rightly_or_refused(text: str) -> None:
    try:
        data = text.encode("cp932")
    except UnicodeEncodeError:
        return
    assert read(data) in (data.decode("cp932"), "ambiguous-encoding")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(JAPANESE, st.booleans())
def test_utf8_is_read_rightly_or_refused(text: str, mark: bool) -> None:
    found = read((codecs.BOM_UTF8 if mark else b"") + text.encode())
    settled = mark or text.isascii() or any(character in text for character in "あいうアイウー漢字町役場ﾒｲｼｮｳＡＢ～")
    assert found == text if settled else found in (text, "ambiguous-encoding")


def test_a_late_kanji_after_thousands_of_ascii_rows_is_cp932() -> None:
    data = b"1,2,3\r\n" * 3000 + "髙橋①\r\n".encode("cp932")
    assert decode(data, "f.csv").encoding == "cp932"


@pytest.mark.parametrize("text", ["ﾒｲｼｮｳ,ｱｲｳ", "名称,①㈱髙﨑"])
def test_half_width_kana_and_vendor_characters_are_cp932(text: str) -> None:
    assert decode(text.encode("cp932"), "f.csv").utf8.to_pybytes().decode() == text


@pytest.mark.parametrize("data", ["ﾂｱ".encode("cp932"), "市町村".encode("euc-jp")])
def test_bytes_that_read_two_ways_are_refused(data: bytes) -> None:
    with pytest.raises(UnusableSource) as refused:
        decode(data, "f.csv")
    assert refused.value.code == "ambiguous-encoding"


def test_the_recipe_decides_what_could_be_two_things() -> None:
    assert decode("市町村".encode("euc-jp"), "f.csv", "euc-jp").utf8.to_pybytes().decode() == "市町村"
    assert decode("表示".encode("cp932"), "f.csv", "Shift_JIS").utf8.to_pybytes().decode() == "表示"


def test_utf16_is_read_by_its_mark() -> None:
    assert decode("名称\t緯度".encode("utf-16"), "f.csv").utf8.to_pybytes().decode() == "名称\t緯度"


@pytest.mark.parametrize("data", [b"a,b\n\x80,1\n", b"a\n\xef\xbb\n", "名称,緯度\n".encode("utf-16-le"), b"\xa0\xfd"])
def test_bytes_that_are_no_text_are_refused_with_their_line(data: bytes) -> None:
    with pytest.raises(UnusableSource) as refused:
        decode(data, "f.csv")
    assert refused.value.code == "undecodable"
    assert "行目" in refused.value.message["ja"]


def test_a_declared_encoding_that_does_not_hold_is_refused() -> None:
    with pytest.raises(UnusableSource):
        decode("名称".encode("cp932"), "f.csv", "utf-8")
    with pytest.raises(RecipeError):
        decode(b"", "f.csv", "klingon")


GARBLED = [
    "名\ufffd称",
    "市民会館".encode().decode("cp932", "replace"),
    "しみんかいかん".encode().decode("cp932", "replace"),
    "タイトル".encode().decode("cp1252", "replace").replace("\ufffd", "\x81"),
    "ひらがな".encode().decode("latin-1"),
    "名称".encode("cp932").decode("latin-1"),
]


@pytest.mark.parametrize("text", GARBLED)
def test_text_that_was_garbled_before_is_refused(text: str) -> None:
    data = f"名称,住所\n正常,正常\n{text},x\n".encode()
    with pytest.raises(UnusableSource) as refused:
        refuse_garbled(decode(data, "f.csv").utf8, "f.csv")
    assert refused.value.code == "mojibake"
    assert "3 行目" in refused.value.message["ja"]


@pytest.mark.parametrize("text", ["縺れた糸", "繧る", "São Paulo", "Café ã la", "髙﨑①㈱～－", "\ue000"])
def test_rare_but_real_text_is_not_taken_for_garbled(text: str) -> None:
    refuse_garbled(decode(f"名称\n{text}\n".encode(), "f.csv").utf8, "f.csv")
