"""Sheet XML: what the workbook library does not tell: how far a sheet reaches, which cells hold errors or no result.

The XML of a sheet is streamed from the zip and searched with patterns; a damaged or hostile sheet costs no more than
its unpacked size. calamine allocates the whole bounding box of a sheet, so its size is known here before it is asked.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np

from publish.reading.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FROM, too_large
from publish.reading.sheet import Survey
from publish.reading.workbook_facts import Gathered
from publish.table.position import column_number

_CHUNK = 1 << 20
"""Bytes looked at together: what fits into the processor's cache is searched faster."""
_SMALL_XML = 4 << 20
_PREFIXED_END = re.compile(rb"</\w{1,20}:row")
_ROW = re.compile(rb"row\s[^>]{0,2000}?r=[\"']([0-9]{1,20})[\"']")
_FAR = re.compile(rb"r=[\"'](?=[A-Za-z]{2}|[A-Za-z]{1,20}[0-9]{6})([A-Za-z]{1,20})([0-9]{1,20})")
"""Cells beyond column Z or row 99,999. Both begin with fixed letters, because then a pattern is searched ten times faster."""
_LAST_ROW = 1_048_576
_AROUND_EQUALS = re.compile(rb"\s+=\s*|=\s+")
_APOSTROPHES = re.compile(rb"='([^'\"<>]{0,200})'")
"""XML allows space around the equals sign, and apostrophes: no office software writes them, and calamine reads them."""
_LEAST_STRING = 5
"""Bytes of `<si/>`: calamine reserves memory for as many strings as the table of strings says it has."""
_MANY_STRINGS = 10_000_000
"""Up to here (240 MB) a wrong number, which some writers leave, does no harm."""
_IS_ERROR = b't="e"'
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]{0,400}\bt="e")[^>]{0,400}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,400}>'
    rb"(?:<(?:\w+:)?f\b[^<]*(?:/>|</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,40})<"
)
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]{0,400}\bt="str")[^>]{0,400}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,400}><(?:\w+:)?f\b[^<]*'
    rb"(?:/>|</(?:\w+:)?f>)(?:<(?:\w+:)?v/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
"""A formula without a result; of type "str" it has one, the empty text."""
_CONTENT = (b"<v>", b":v>", b"<is>", b":is>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def check_unpacked(archive: zipfile.ZipFile, name: str) -> None:
    """Raise UnusableSource when a zip would unpack beyond the limits; the sizes it declares are enforced when reading."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len({member.filename.casefold() for member in members}) < len(members):
        raise zipfile.BadZipFile("two members have one name: readers differ in which one they take")
    if len(members) > MAX_MEMBERS:
        raise too_large(name, f"中のファイルが {len(members):,} 個", f"{len(members):,} members")
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO):
        raise too_large(
            name,
            f"展開すると {unpacked // 1_000_000:,} MB、圧縮の {unpacked // packed:,} 倍",
            f"{unpacked:,} bytes unpacked, {unpacked // packed:,} times its size",
        )


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the zip member of every sheet, by sheet name; sheets whose relation is missing are left out."""
    names = set(archive.namelist())
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in _parse(archive, "xl/_rels/workbook.xml.rels")
    }
    found = {}
    for tag in (f"{_MAIN}sheet", f"{_STRICT}sheet"):
        for sheet in _parse(archive, "xl/workbook.xml").iter(tag):
            member = targets.get(next((sheet.get(key) for key in _RELATION if sheet.get(key)), None))
            if member in names:
                found[sheet.get("name", "")] = member
    return found


def check_strings(archive: zipfile.ZipFile) -> None:
    """Raise BadZipFile when the table of strings says that it holds more than its bytes can hold."""
    relations = _parse(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Target", "") for one in relations if one.get("Type", "").endswith("/sharedStrings")}
    wanted = {posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold() for target in targets}
    for member in archive.infolist():
        most = max(member.file_size // _LEAST_STRING, _MANY_STRINGS)
        if member.filename.casefold() in wanted | {"xl/sharedstrings.xml"} and _strings(archive, member) > most:
            raise zipfile.BadZipFile("the table of strings promises more than it holds")


def _strings(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Return how many strings the first element of a table of strings says it has; 0 when it does not say."""
    try:
        with archive.open(member) as file:
            _, root = next(ElementTree.iterparse(file, events=("start",)))  # noqa: S314
    except (ElementTree.ParseError, StopIteration):
        return 0
    said = root.get("uniqueCount", "")
    return int(said) if re.fullmatch(r"[0-9]{1,20}", said, re.ASCII) else 0


def _parse(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    """Parse a small member; an oversized or missing one counts as empty. expat itself limits entity expansion."""
    try:
        with archive.open(member) as file:
            return ElementTree.fromstring(file.read(_SMALL_XML))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ElementTree.Element("none")


def survey(archive: zipfile.ZipFile, member: str) -> Survey:
    """Stream the XML of one sheet and say what it holds."""
    rows, columns, filled = 0, 1, False
    errors: dict[tuple[int, int], str] = {}
    uncalculated: list[tuple[int, int]] = []
    gathered = Gathered()
    for piece in map(usual, _pieces(archive, member)):
        far = _FAR.findall(piece)
        rows = max(rows, _rows(piece), max((int(row) for _, row in far), default=0))
        columns = max(
            columns, max(map(column_number, {letters.decode() for letters, _ in far}), default=26 if b"<" in piece else 1)
        )
        filled = filled or any(tag in piece for tag in _CONTENT)
        errors.update(_errors(piece))
        if b"<f" in piece or b":f" in piece:
            uncalculated.extend((int(r), column_number(c.decode())) for c, r in _UNCALCULATED.findall(piece))
            gathered.count_formulas(piece)
        gathered.look(piece)
    return Survey(rows, columns, filled, errors, tuple(uncalculated), gathered.facts(archive, member))


def usual(piece: bytes) -> bytes:
    """Return the piece with attributes as office software writes them; of texts only numbers and errors matter here."""
    codes = np.frombuffer(piece, np.uint8)
    equals = np.flatnonzero(codes == ord("="))
    after = codes[np.minimum(equals + 1, len(codes) - 1)]
    if (after <= ord(" ")).any() or (codes[equals - 1] <= ord(" ")).any():
        piece = _AROUND_EQUALS.sub(b"=", piece)
    return _APOSTROPHES.sub(rb'="\1"', piece) if (after != ord('"')).any() else piece


def _errors(piece: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the error cells: where their type stands is found first, which costs a tenth of trying every cell."""
    place = piece.find(_IS_ERROR)
    while place >= 0:
        if found := _ERROR.match(piece, piece.rfind(b"<", 0, place)):
            yield (int(found[2]), column_number(found[1].decode())), found[3].decode("utf-8", "replace")
        place = piece.find(_IS_ERROR, place + 1)


def _rows(piece: bytes) -> int:
    """Return the last row that a piece of XML names; rows without number may be anywhere."""
    numbers = _ROW.findall(piece)
    begun = piece.count(b"<row") + piece.count(b":row")
    if begun > len(numbers):
        begun -= piece.count(b"<rowBreaks") + piece.count(b":rowBreaks") + len(_PREFIXED_END.findall(piece))
    return _LAST_ROW if begun > len(numbers) else max(map(int, numbers), default=0)


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield the XML in pieces that end between two cells."""
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"</c>") + 4, text.rfind(b":c>") + 3, text.rfind(b"row>") + 4)
            cut = cut if cut > 4 else len(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest
