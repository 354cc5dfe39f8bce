"""Cell styles of an OpenDocument spreadsheet (.ods) in which nothing is seen: white letters on no or white ground.

Source: OpenDocument 1.3 part 3, 16.2 (styles and their parents), 20.182 (fo:background-color), 20.187 (fo:color).
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.reading.limits import ZIP_TROUBLE
from publish.reading.member_start import start_of

_STYLE, _FO = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("style", "xsl-fo-compatible"))
_WHITE = frozenset(("#ffffff", "#fff", "white"))
_NO_GROUND = _WHITE | {"transparent", ""}
_DEEP = 20
"""Parents that are followed."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says itself; "" where it says nothing."""

    parent: str
    letters: str
    ground: str


class UnseenStyles:
    """The cell styles of a document, as far as they have been declared."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Take the styles that have names for people; those of single cells follow with `take`."""
        self._styles = dict[str, _Style]()
        self._answers = dict[str, bool]()
        for element in _named(archive):
            self.take(element)

    def take(self, style: Element) -> None:
        """Take the element of a style, of whatever family."""
        if style.get(f"{_STYLE}family") != "table-cell":
            return
        said = {key: value.casefold() for one in style for key, value in one.attrib.items()}
        self._styles[style.get(f"{_STYLE}name", "")] = _Style(
            style.get(f"{_STYLE}parent-style-name", ""),
            said.get(f"{_FO}color", ""),
            said.get(f"{_FO}background-color", ""),
        )

    def is_unseen(self, name: str) -> bool:
        """Say whether a text is not seen in a style."""
        if name not in self._answers:
            lineage = list(self._lineage(name))
            letters = next((one.letters for one in lineage if one.letters), "")
            ground = next((one.ground for one in lineage if one.ground), "")
            self._answers[name] = letters in _WHITE and ground in _NO_GROUND
        return self._answers[name]

    def _lineage(self, name: str) -> Iterator[_Style]:
        for _ in range(_DEEP):
            if name not in self._styles:
                return
            yield self._styles[name]
            name = self._styles[name].parent


def _named(archive: zipfile.ZipFile) -> Iterator[Element]:
    try:
        root = ElementTree.fromstring(start_of(archive, "styles.xml"))  # noqa: S314  (expat limits entities)
    except (ElementTree.ParseError, *ZIP_TROUBLE):
        return
    yield from root.iter(f"{_STYLE}style")
