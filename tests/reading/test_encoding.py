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
        utf8 = decode(data, "f.csv").utf8
        refuse_garbled(utf8, "f.csv")
        return utf8.to_pybytes().decode()
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


TABLE = "名称,カナ,住所\nさくら公園①㈱,ｻｸﾗ ｺｳｴﾝ,見本市本町１－２～３―∥\n中央ホール,ﾁｭｳｵｳ,栄町5\n"
WINDOWS_EUC = TABLE.translate({ord("～"): "〜", ord("∥"): "‖", ord("－"): "−"}).encode("euc_jis_2004")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TABLE.encode(), "utf-8-sig"),
        (codecs.BOM_UTF8 * 2 + TABLE.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("cp932"), "cp932"),
        (WINDOWS_EUC, "euc-jp"),
    ],
)
def test_each_encoding_gives_every_character_as_windows_has_it(data: bytes, encoding: str) -> None:
    text = decode(data, "f.csv")
    assert (text.utf8.to_pybytes().decode(), text.encoding) == (TABLE, encoding)


def test_euc_jp_knows_the_kanji_that_windows_adds_and_is_cut_nowhere() -> None:
    assert read(b"\xa5\xca\xa1\xbc,\xfc\xe2\xf9\xf5\n") == "ナー,髙﨑\n"
    data = WINDOWS_EUC * 20_000  # more than one block, so that characters lie across their edges
    assert decode(data, "f.csv").utf8.to_pybytes().decode() == TABLE * 20_000


OTHERS = ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"]
LARGE = "学校名,地目,メモ\nみほん小学校,宅地,体育館のかぎは事務室にあります\n中央図書館,雑種地,テニスコート\n"


@pytest.mark.parametrize("text", [TABLE, LARGE, "医療機関,診療科目\n市民病院,内科、外科\n", "名称\n𠮟る俱楽部鷗外噓繫\n"])
@pytest.mark.parametrize("encoding", [*OTHERS, "gb18030", "big5hkscs", "cp949", "johab", "shift_jis_2004", "euc_jis_2004"])
def test_any_other_encoding_is_refused_or_read_rightly(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    found = read(data)
    as_windows = str.maketrans("〜‖−", "～∥－")
    right = data.decode(encoding).translate(as_windows)
    assert found in (right, "undecodable", "other-encoding", "ambiguous-encoding", "mojibake")


@pytest.mark.parametrize("data", ["a\0,b".encode("utf-16"), codecs.BOM_UTF8 + b"a\0,b\n"])
def test_a_nul_is_no_text_in_any_encoding(data: bytes) -> None:
    assert read(data) == "undecodable"


@pytest.mark.parametrize("text", ["市役所,本町\n", "ﾒｲ,ｱｲ\n"])
def test_euc_jp_that_might_be_something_else_is_read_when_the_recipe_says_so(text: str) -> None:
    data = text.encode("euc_jp")
    assert read(data) == "ambiguous-encoding"
    assert decode(data, "f.csv", "EUC-JP").utf8.to_pybytes().decode() == text


def test_the_line_of_a_bad_byte_is_found_far_behind_in_little_time() -> None:
    with pytest.raises(UnusableSource) as refused:
        decode("名称\n".encode("cp932") * 600_000 + b"\n" * 2_000_000 + b"\x80\n", "f.csv").utf8  # noqa: B018
    assert "2600001 行目" in refused.value.message["ja"]
