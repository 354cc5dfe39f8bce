"""Text that was decoded wrongly once and saved again is refused; rare but real text is not."""

import re
import unicodedata
from collections.abc import Callable

import pyarrow as pa
import pytest

from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.reading.encoding import decode
from publish.reading.mojibake import refuse_garbled

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


def is_garbled(text: str) -> bool:
    try:
        refuse_garbled(pa.py_buffer(text.encode()), "f.csv")
    except UnusableSource:
        return True
    return False


def misread(right: str, wrong: str, lost: str) -> Callable[[str], str]:
    """What a text becomes that is written in one encoding and read in another; `lost` stands for what could not be read."""

    def read(text: str) -> str:
        return text.encode(right, "ignore").decode(wrong, "replace").replace("\ufffd", lost)

    return read


WAYS = {
    f"{right} read as {wrong}, lost as {lost!r}": misread(right, wrong, lost)
    for right, wrong in (
        ("utf-8", "cp932"),
        ("utf-8", "cp1252"),
        ("cp932", "cp1252"),
        ("euc_jp", "cp932"),
        ("euc_jp", "latin-1"),
    )
    for lost in ("?", "・", "")
} | {
    "utf-8 twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
    "utf-8 read as windows-1252, twice": lambda text: (
        text.encode().decode("cp1252", "ignore").encode().decode("cp1252", "ignore")
    ),
    "U+FFFD read as euc-jp": lambda _: "鐃緒申鐃緒申",
    "U+FFFD read as cp932": lambda _: misread("utf-8", "cp932", "・")("\ufffd" * 5),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_garbling_a_table_is_recognised(way: str) -> None:
    library = read_library()
    missed = [
        name
        for name in library
        if not is_garbled(WAYS[way](f"{','.join(library[name].names)}\nテニスコート,さくら公園,市民会館\n"))
    ]
    assert not missed


def half_width(text: str) -> str:
    """Return katakana as half-width ones."""
    to = {unicodedata.normalize("NFKC", half): half for half in map(chr, range(0xFF61, 0xFFA0))}
    marks = str.maketrans({"\u3099": "ﾞ", "\u309a": "ﾟ"})
    return "".join(to.get(one, one) for one in unicodedata.normalize("NFD", text)).translate(marks)


def test_the_examples_of_all_definitions_are_not_garbled_also_in_half_width_kana() -> None:
    library = read_library()
    texts = [library[name].model_dump_json() for name in library]
    assert not any(map(is_garbled, texts))
    words = sorted(set(re.findall("[ァ-ヶー]{2,}", "".join(texts))))
    assert len(words) > 50
    halves = [half_width(word) for word in words]
    assert not any(is_garbled(f"名称,カナ\n市役所,{word}\n{word}前,中央{word}\n") for word in halves)
    assert not is_garbled("\n".join(halves))


KANJI = "".join(map(chr, range(0x4E00, 0x9FA0)))


@pytest.mark.parametrize("after", ["", "れ", "れた方", "ﾊﾞｽ", "ｱﾊﾟｰﾄ", "・ｱ", "ー", "々"])
def test_no_kanji_is_taken_for_garbled_whatever_stands_behind_it(after: str) -> None:
    text = "\n".join(one + after for one in KANJI)
    assert not is_garbled(text)


@pytest.mark.parametrize(
    "text",
    ["ｱ･ｲ･ｳ･ｴ", "ｶﾞｶﾞｰﾘﾝ", "ｱﾞｯ", "±3°×4÷5", "“引用”–‘注’…", "Ærøskøbing", "½¼¾", "渡邉ﾋﾞﾙ", "（株）ｱﾙﾌｧ･ﾍﾞｰﾀ", "ﾌｧｯｸｽ:ｱﾘ､ﾃﾞﾝﾜ:ﾅｼ｡"],
)
def test_marks_and_foreign_words_are_not_taken_for_garbled(text: str) -> None:
    assert not is_garbled(f"名称,備考\n市役所,{text}\n")
