"""Half-width kana that no one wrote: EUC-JP, GB18030 or Big5 read as CP932 gives rows of them in which no word can be read.

A cell is called soup only when all of this comes together: two marks that kana cannot carry there (ｱﾞ, ･ﾄ･ﾌ･, ､ｯ); written as
CP932 the whole cell is strictly text in such an encoding; and in that text no half-width kana remain.
"""

import re
from itertools import islice

import pyarrow as pa

from publish.reading.euc_jp import EucDecoder

_KANA = rb"(?:\xef\xbd[\xa1-\xbf]|\xef\xbe[\x80-\x9f])"
_SUSPECT = re.compile(
    rb"\xef(?:"
    rb"\xbd[\xa1-\xa5](?:\xef\xbd[\xa7-\xb0]|" + _KANA + rb"\xef\xbd[\xa1-\xa5])"
    rb"|\xbd[\xa7-\xaf][\xe4-\xe9]"
    rb"|\xbd[\xa1-\xb2\xb4\xb5]\xef\xbe[\x9e\x9f]|\xbe[\x85-\x89\x8f-\x9b\x9d-\x9f]\xef\xbe\x9e"
    rb"|(?:\xbd[\xa1-\xbf]|\xbe[\x80-\x9f])(?:[@-~]" + _KANA + rb"[@-~]|\xee)"
    rb"|(?<=\xee[\x80-\xbf]{2}\xef)(?:\xbd[\xa1-\xbf]|\xbe[\x80-\x9f]))"
)
"""In UTF-8, beginning with a fixed byte so that it is searched fast: a mark that no kana carries, kana and letters by turns,
kana beside a private character."""
_IMPOSSIBLE = re.compile(
    "(?<![ｦｳｶ-ﾄﾊ-ﾎﾜ])ﾞ|(?<![ｶ-ｺｾﾂﾄﾊ-ﾎ])ﾟ|(?<=[｡-･])[ｧ-ｰ]|(?<![ｷｼﾁﾆﾋﾐﾘﾌﾃﾞﾟ])[ｬ-ｮ](?=[｡-ﾟ])|[､･](?=.[､･])"
    "|[｡-ﾟ](?=[@-~][｡-ﾟ])|[一-龠](?=[ｧ-ｰﾞﾟ])|(?<![一-龠])[ｧ-ｯ](?=[一-龠])|[\ue000-\uf8ff](?=[｡-ﾟ])|(?<=[｡-ﾟ])[\ue000-\uf8ff]"
)
_HALF = re.compile("[｡-ﾟ]")
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7a3]")
_EDGES = (b"\n", b"\r", b",", b"\t", b'"', b";", b"\x1f")
_FAR = 600
_LOOKED_AT = 100_000
"""Suspicions that are followed: where so many were none, the text is kana that nobody spelt well."""
_OTHERS = ("gb18030", "big5hkscs", "cp949", "johab")


def find_soup(utf8: bytes | pa.Buffer, *, together: bool = False) -> int | None:
    """Return the place of the first cell of a text that is soup, None when there is none.

    `together`: two cells with one such mark each do too, as in a text too small to have a cell with two.
    """
    data = memoryview(utf8).cast("B")
    seen: dict[bytes, int] = {}
    for found in islice(_SUSPECT.finditer(data), _LOOKED_AT):
        start, cell = _cell(data, found.start())
        if cell not in seen:
            seen[cell] = impossible(cell.decode("utf-8", "ignore"))
            if seen[cell] >= 2 or (together and sum(seen.values()) >= 2):
                return start
    return None


def impossible(cell: str) -> int:
    """Count the marks in one cell that kana cannot carry, where it may be another encoding in disguise; else 0.

    >>> impossible("テニスコート".encode("euc_jp").decode("cp932")), impossible("ｺﾐｭﾆﾃｨｰｾﾝﾀｰ"), impossible("ｱﾞｯ､ｱﾞｯ!")
    (3, 0, 0)
    """
    marks = len(_IMPOSSIBLE.findall(cell))
    try:
        raw = cell.encode("cp932") if marks else b""
    except UnicodeEncodeError:
        return 0
    return marks if any(_is_whole(text) for text in _readings(raw)) else 0


def _readings(raw: bytes) -> list[str]:
    texts = []
    for codec in ("euc-jp", *_OTHERS):
        try:
            texts.append(EucDecoder().decode(raw, True) if codec == "euc-jp" else raw.decode(codec))
        except UnicodeDecodeError:
            continue
    return texts


def _is_whole(text: str) -> bool:
    return not _HALF.search(text) and len(_WIDE.findall(text)) >= 2


def _cell(data: memoryview, place: int) -> tuple[int, bytes]:
    """Return where the cell around a place begins, and its bytes; a very long one is cut."""
    before = bytes(data[max(0, place - _FAR) : place])
    after = bytes(data[place : place + _FAR])
    head = max((before.rfind(edge) for edge in _EDGES), default=-1) + 1
    tail = min((at for edge in _EDGES if (at := after.find(edge)) >= 0), default=len(after))
    return place - len(before) + head, before[head:] + after[:tail]
