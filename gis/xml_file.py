"""XML files that others made, element by element: no entities, no network, no huge texts; the only reader through lxml.

Japanese offices declare Shift_JIS and mean CP932; such a file is decoded strictly before it is parsed.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from lxml import etree  # type: ignore[import-untyped]

from catalog.errors import UnusableSource
from gis.geo_kind import HEAD, as_xml

Element = Any
"""An element of lxml, which has no annotations."""

_LARGEST = 256 * 1024**2
"""Bytes of an XML file; what is read of it takes about eight times as much memory."""
_DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_JAPANESE = {
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932", "ms932"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
}
"""What is declared → codec, where libxml2 knows only the older, smaller table (without ① and 髙)."""


def elements(path: Path, where: str, wanted: tuple[str, ...] = ()) -> Iterator[tuple[int, Element]]:
    """Give (depth, element) as elements end, the root at depth 0; `wanted` limits them to local names.

    Whoever takes an element calls `forget` on it, so that a long file needs no long memory.
    UnusableSource: it is not well-formed, too large, declares entities, or holds one text of more than 10 MB.
    """
    if path.stat().st_size > _LARGEST:
        raise _too_large(where)
    depth = -1
    names = frozenset(wanted)
    with _refusing(where), _opened(path, where) as (file, encoding):
        events = etree.iterparse(
            file,
            events=("start", "end"),
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            if event == "start":
                depth += 1
                if depth == 0 and element.getroottree().docinfo.internalDTD is not None:
                    raise _has_dtd(where)
                continue
            if not names or local(element) in names:
                yield depth, element
            depth -= 1


def forget(element: Element) -> None:
    """Give back the memory of an element that has been read, and of what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return _split(element.tag)[1]


def namespace(element: Element) -> str:
    """Return the namespace of an element, "" for none."""
    return _split(element.tag)[0]


@lru_cache(maxsize=4096)
def _split(tag: object) -> tuple[str, str]:
    """Take a tag apart, of which a file has few; what stands for a reference to an entity has no name."""
    found, _, name = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
    return found[1:], name


def text(element: Element) -> str:
    """Return the text of an element and what stands inside it, without the blanks around it."""
    return "".join(element.itertext()).strip()


@contextmanager
def _opened(path: Path, where: str) -> Iterator[tuple[IO[bytes], str | None]]:
    with path.open("rb") as file:
        declared = _DECLARED.match(as_xml(file.read(HEAD)))
        file.seek(0)
        codec = _JAPANESE.get(declared[1].lower()) if declared else None
        if codec is None:
            yield file, None
            return
        try:
            yield io.BytesIO(file.read().decode(codec).encode("utf-8")), "utf-8"
        except UnicodeDecodeError as problem:
            raise _not_as_declared(where, declared[1] if declared else "") from problem


@contextmanager
def _refusing(where: str) -> Iterator[None]:
    try:
        yield
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or 1
        raise UnusableSource(
            f"{where} は {line} 行目あたりで XML として読めなくなります(壊れているか、途中で切れています)。",
            f"{where} stops being XML about line {line} (it is broken or cut off).",
            fix_ja="もとのソフトで開けるか確かめ、書き出し直すか受け取り直してください。",
            fix_en="See whether its own software opens it, and export it or ask for it again.",
            code="geo-file-broken",
        ) from problem


def _too_large(where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} は大きすぎます(XML の上限 {_LARGEST // 1_000_000:,} MB)。",
        f"{where} is too large (XML of at most {_LARGEST // 1_000_000:,} MB is read).",
        fix_ja="地区で分けるか、シェープファイルか GeoPackage で受け取ってください。",
        fix_en="Split it by district, or ask for a shapefile or GeoPackage.",
        code="too-large",
    )


def _has_dtd(where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} には文書型の宣言(DOCTYPE)があります。地図のファイルにはないはずのもので、安全のため開きません。",
        f"{where} declares a document type (DOCTYPE), which no map has; it is not opened, to be safe.",
        fix_ja="もとのソフトで書き出し直すか、作った人に確かめてください。",
        fix_en="Export it again from its own software, or ask who made it.",
        code="xml-doctype",
    )


def _not_as_declared(where: str, declared: str) -> UnusableSource:
    return UnusableSource(
        f"{where} は文字コードが {declared} だと書いてありますが、そうではありません。",
        f"{where} declares its encoding to be {declared}, which it is not.",
        fix_ja="UTF-8 で書き出し直してください。",
        fix_en="Export it again as UTF-8.",
        code="encoding",
    )
