"""A text is decoded in pieces of whole lines, which together are the text, however often and by whomever it is read."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UnusableSource
from publish.reading import decoding
from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.text import Text

LINES = st.lists(st.text(st.sampled_from('a,表能ﾒ髙①" '), max_size=12), max_size=8)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_BLOCK", 16)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(LINES, ENDS, st.sampled_from(["cp932", "euc-jp"]))
def test_the_pieces_together_are_the_text_and_each_ends_with_a_line(lines: list[str], end: str, codec: str) -> None:
    written = end.join(lines).replace("髙", "高").replace("①", "1") if codec == "euc-jp" else end.join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "_BLOCK", 16)
        text = Text(written.encode(codec), codec, codec)
        first, again = list(text), list(text)
    assert first == again
    assert b"".join(first).decode() == written
    assert all(piece.endswith((b"\n", b"\r")) for piece in first[:-1])
    assert text.utf8.to_pybytes().decode() == written
    assert list(text) == ([written.encode()] if written else [])
    assert text.holds(b'" ') == ('" ' in written)


@pytest.mark.usefixtures("small")
def test_several_threads_read_the_same_text() -> None:
    text = Text(("髙橋,①\n" * 5000).encode("cp932"), "cp932", "cp932")
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda _: b"".join(text), range(8)))
    assert {piece.decode() for piece in read} == {"髙橋,①\n" * 5000}


@pytest.mark.usefixtures("small")
@given(st.integers(0, 60), st.sampled_from([b"\x80", b"\xfd", b"\x81", b"\x82\x20"]))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_place_of_a_bad_byte_is_that_in_the_whole(before: int, bad: bytes) -> None:
    data = ("表,1\n" * before).encode("cp932") + b"ab" + bad + b"\nend\n"
    assert data.count(b"\n", 0, decoding.first_bad(data, "cp932")) == before


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("lines", [3, 3000])
def test_a_bad_byte_that_is_met_while_arrow_parses_is_refused_with_its_line(lines: int) -> None:
    data = ("表,1\n" * lines).encode("cp932") + b"\x80,2\n"
    with pytest.raises(UnusableSource) as refused:
        read_grid(decode(data, "f.csv"), "f.csv")
    assert refused.value.code == "undecodable"
    assert f"{lines + 1} 行目" in refused.value.message["ja"]


@pytest.mark.usefixtures("small")
def test_a_record_of_many_pieces_is_read_whole() -> None:
    note = "表\n" * 3_000_000
    grid = read_grid(decode(f'名称,備考\nあ,"{note}"\n'.encode("cp932"), "f.csv"), "f.csv")
    assert grid.head(3)[1] == ["あ", note]
