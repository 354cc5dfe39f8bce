"""Hidden document: what an OpenDocument spreadsheet (.ods) carries unseen, in its sheets and beside them.

Source: OpenDocument 1.3 part 2, 3.2 (manifest) and part 3, 4.3 (metadata), 5.5 (tracked changes), 9.4.12 (named ranges),
14.1 (annotations), 19.749 (visibility).
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from publish.reading.member_start import start_of
from publish.reading.sheet import Place
from publish.reading.unseen_document import UnseenStyles
from publish.table.file_facts import Hidden
from publish.table.position import column_letter

_KEPT = 1_000
_NOT_SEEN = ("collapse", "filter")
"""Values of table:visibility."""
_ENTRY = re.compile(rb"<manifest:file-entry\b[^>]{0,1000}>")
_PATH, _TYPE = re.compile(rb'full-path="([^"]{1,400})"'), re.compile(rb'media-type="([^"]{0,200})"')
_EMBEDDED = re.compile(
    rb"application/vnd\.sun\.star\.oleobject|application/vnd\.oasis\.opendocument\.(?!chart)[a-z-]+|application/octet-stream"
)
"""A chart is drawn of cells of the table."""
_OWN = re.compile(rb"/|Configurations2/.*|Thumbnails/.*|layout-cache")
_MACROS = re.compile(rb"(?:Basic|Scripts)/.+\.(?:xml|py|bsh|js|java)")
_NO_MACROS = re.compile(rb"Basic/(?:script-lc|Standard/script-lb)\.xml")
_NAME = re.compile(rb'<table:named-(?:range|expression)\b[^>]{0,400}?\btable:name="([^"]{1,200})"')
_CHANGES, _OTHER_FILE = b"<table:tracked-changes", re.compile(rb"<table:table-source\b|<table:dde-link")
_PERSON = re.compile(rb"<(?:meta:initial-creator|dc:creator|meta:printed-by)>([^<]{1,200})<")


class UnseenCells:
    """What the rows of one sheet have told so far; columns are declared before them."""

    def __init__(self, styles: UnseenStyles) -> None:
        self._styles = styles
        self._defaults = list[tuple[int, str]]()
        self._unseen = list[str]()
        self._ranges = list[tuple[int, int]]()
        self._declared = 0
        self._columns = set[int]()
        self._rows, self._comments = list[str](), list[str]()

    def columns(self, times: int, visibility: str, style: str) -> None:
        """Take the next columns, and the style of their cells that name none."""
        if visibility in _NOT_SEEN:
            self._ranges.append((self._declared, self._declared + times))
        self._declared += times
        self._defaults.append((self._declared, style))

    def cells(self, place: Place, times: int, style: str) -> None:
        """Take cells with content beside each other, the first of them at a place; "" where they name no style."""
        row, column = place
        for one in range(column, column + min(times, _KEPT - len(self._unseen))):
            if self._styles.is_unseen(style or self._default(one)):
                self._unseen.append(f"{column_letter(one - 1)}{row}")

    def _default(self, column: int) -> str:
        return next((style for end, style in self._defaults if column <= end), "")

    def rows(self, number: int, times: int, visibility: str, cells: Sequence[object]) -> None:
        """Take rows with content, the first of them `number`."""
        if self._ranges:
            self._columns.update(place for place, value in enumerate(cells) if value != "")
        if visibility in _NOT_SEEN and len(self._rows) < _KEPT:
            self._rows += [str(one) for one in range(number, number + min(times, _KEPT))]

    def comment(self, address: str) -> None:
        """Take a cell with an annotation."""
        if len(self._comments) < _KEPT:
            self._comments.append(address)

    def found(self) -> tuple[Hidden, ...]:
        """Return the hidden rows and columns that hold something, the cells that are not seen and those with comments."""
        columns = [column_letter(place) for place in sorted(self._columns) if self._is_hidden(place)]
        kinds = {"rows": self._rows, "columns": columns, "unseen": self._unseen, "comments": self._comments}
        return tuple(Hidden(kind, "", tuple(cells[:_KEPT])) for kind, cells in kinds.items() if cells)

    def _is_hidden(self, column: int) -> bool:
        return any(first <= column < last for first, last in self._ranges)


def of_document(archive: zipfile.ZipFile) -> Iterator[Hidden]:
    """Give the kinds of matter of a whole document."""
    entries = list(_entries(start_of(archive, "META-INF/manifest.xml")))
    embedded = {path for path, kind in entries if _EMBEDDED.fullmatch(kind) and not _OWN.fullmatch(path)}
    embedded |= {path for path, _ in entries if _MACROS.fullmatch(path) and not _NO_MACROS.fullmatch(path)}
    content = start_of(archive, "content.xml")
    people = _texts(_PERSON.findall(start_of(archive, "meta.xml"))) - {"machizu"}
    kinds = {"embedded": _texts(embedded), "names": _texts(_NAME.findall(content)), "author": people}
    yield from (Hidden(kind, "", tuple(sorted(found)[:_KEPT])) for kind, found in kinds.items() if found)
    if _CHANGES in content:
        yield Hidden("revision", "")
    if _OTHER_FILE.search(content):
        yield Hidden("external", "")


def _entries(manifest: bytes) -> Iterator[tuple[bytes, bytes]]:
    for entry in _ENTRY.findall(manifest):
        path, kind = _PATH.search(entry), _TYPE.search(entry)
        if path and kind:
            yield path[1], kind[1]


def _texts(found: Iterable[bytes]) -> set[str]:
    return {unescape(text.decode("utf-8", "replace")).rstrip("/") for text in found}
