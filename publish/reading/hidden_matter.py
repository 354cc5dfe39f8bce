"""Hidden matter: what a file carries that nobody sees who looks at its table.

Nothing of it is read into the table. It is listed because it shows that the working file may have been handed in instead of the
one for the public. A workbook is a zip (ECMA-376 part 2): most of it is known by the names of the members alone.
"""

import io
import posixpath
import re
import sqlite3
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath

from catalog.store.broken import BROKEN
from gis import zip_members
from gis.archive import is_archive
from publish.reading import biff
from publish.reading.compound import MAGIC, Compound
from publish.reading.hidden_document import of_document
from publish.reading.hidden_records import of_container, of_records
from publish.reading.limits import ZIP_TROUBLE
from publish.reading.member_start import start_of
from publish.reading.sheet import Sheet
from publish.table.file_facts import Hidden
from publish.table.table import RawTable

_OURS = b"machizu"
"""Author of the comments that machizu writes into a workbook it gives back."""
_STORES = (
    ("pivot", re.compile(r"xl/pivotCache/pivotCache(?:Records|Definition)[^/]*\.xml|xl/model/item[^/]*\.data")),
    ("embedded", re.compile(r"xl/(?:embeddings|activeX)/[^/]+|xl/vbaProject\.bin")),
    ("external", re.compile(r"xl/externalLinks/[^/]+\.xml|xl/connections\.xml")),
    ("revision", re.compile(r"xl/revisions/[^/]+\.xml")),
    ("properties", re.compile(r"customXml/item[0-9]+\.xml|docProps/custom\.xml|xl/printerSettings/[^/]+")),
)
"""Kind by the members that are it."""
_VERY_HIDDEN = re.compile(rb'<(?:\w{1,20}:)?sheet\b(?=[^>]{0,400}?\bstate="veryHidden")[^>]{0,400}?\bname="([^"]{1,200})"')
_DEFINED = re.compile(rb'<(?:\w{1,20}:)?definedName\b[^>]{0,400}?\bname="((?!_xlnm)[^"]{1,200})"')
_COMMENT = re.compile(rb"<(?:\w{1,20}:)?(?:comment|threadedComment)\b[^>]{0,400}>")
_REF, _AUTHOR_ID = re.compile(rb'\bref="([A-Z]{1,3}[0-9]{1,7})"'), re.compile(rb'\bauthorId="([0-9]{1,6})"')
_AUTHOR = re.compile(rb"<(?:\w{1,20}:)?author>([^<]{0,200})<")
_PATHS = (
    ("xl/workbook.xml", re.compile(rb'<(?:\w{1,20}:)?absPath\b[^>]{0,400}?\burl="([^"]{1,400})"')),
    ("docProps/app.xml", re.compile(rb"<HyperlinkBase>([^<]{1,400})<")),
)
"""Where the file lay when it was saved (MS-XLSX 2.6.1), and where its links begin."""
_PERSON = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|Company|Manager)(?: [^>]{0,200})?>([^<]{1,200})<")
_CELL = re.compile(
    rb'<(?:\w{1,20}:)?c\b[^>]{0,200}?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}?\bs="([0-9]{1,6})"[^>]{0,200}[^/]><'
)
_DOCUMENTS = frozenset(
    (
        *(".csv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".docx", ".docm", ".doc", ".odt", ".jtd", ".jtdc"),
        *(".mdb", ".accdb", ".eml", ".msg", ".zip"),
    )
)
"""Endings of what is no part of a table or geo file and may hold anything; a readme or a licence may lie beside it."""
_OWN_TABLE = re.compile(r"gpkg(?:ext)?_.*|rtree_.*|sqlite_.*|layer_styles")
_KEPT = 1_000


def with_hidden(table: RawTable, hidden: Iterable[Hidden]) -> RawTable:
    """Note on the first part of a file, and only there, what the file hides whatever its sheets say themselves."""
    found = tuple(hidden)
    first, *others = (replace(part, facts=replace(part.facts, hidden=())) for part in table.parts)
    return replace(table, parts=(replace(first, facts=replace(first.facts, hidden=found)), *others))


def of_workbook(sheets: Iterable[Sheet], data: bytes) -> Iterator[Hidden]:
    """Give what the sheets and the other parts of a workbook hide."""
    members = list(_of_old(data) if data.startswith(MAGIC) else _of_members(data))
    deep = {one.holder for one in members if one.kind == "very-hidden"}
    for sheet in sheets:
        if not sheet.visible and sheet.survey.filled:
            yield Hidden("very-hidden" if sheet.name in deep else "sheet", sheet.name)
        yield from (replace(one, holder=sheet.name) for one in sheet.survey.facts.hidden)
    yield from (one for one in members if one.kind != "very-hidden")


def _of_old(data: bytes) -> Iterator[Hidden]:
    container = Compound(data)
    yield from of_records(biff.globals_of(container))
    yield from of_container(container)


def _of_members(data: bytes) -> Iterator[Hidden]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" in archive.namelist():
                yield from of_document(archive)
                return
            yield from _stores(archive)
            yield from _comments(archive)
            yield from _unseen(archive)
    except ZIP_TROUBLE:
        return


def _stores(archive: zipfile.ZipFile) -> Iterator[Hidden]:
    names = archive.namelist()
    for kind, form in _STORES:
        found = [name for name in names if form.fullmatch(name)]
        if found:
            yield Hidden(kind, "", tuple(PurePosixPath(name).name for name in found[:_KEPT]))
    book = start_of(archive, "xl/workbook.xml")
    yield from (Hidden("very-hidden", _text(found)) for found in _VERY_HIDDEN.findall(book))
    defined = sorted({_text(found) for found in _DEFINED.findall(book)})
    if defined:
        yield Hidden("names", "", tuple(defined[:_KEPT]))
    paths = sorted({_text(found) for member, form in _PATHS for found in form.findall(start_of(archive, member))})
    if paths:
        yield Hidden("paths", "", tuple(paths))
    people = [found for name in ("docProps/core.xml", "docProps/app.xml") for found in _PERSON.findall(start_of(archive, name))]
    said = sorted({_text(found) for found in people} - {"machizu", "openpyxl"})
    if said:
        yield Hidden("author", "", tuple(said))


def _comments(archive: zipfile.ZipFile) -> Iterator[Hidden]:
    """Give the comments of each sheet by the relation that leads to them; those that we wrote ourselves are none."""
    sheets = _sheet_names(archive)
    for relations in [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/_rels/[^/]+\.rels", name)]:
        cells = dict[str, None]()
        for target in re.findall(rb'\bTarget="([^"]{1,400})"', start_of(archive, relations)):
            member = posixpath.normpath(posixpath.join("/xl/worksheets", target.decode("utf-8", "replace"))).lstrip("/")
            if "comment" in member.casefold() and member.endswith(".xml"):
                cells |= dict.fromkeys(_of_others(start_of(archive, member)))
        if cells:
            sheet = PurePosixPath(relations).name.removesuffix(".rels")
            yield Hidden("comments", sheets.get(sheet, sheet), tuple(cells)[:_KEPT])


def _of_others(comments: bytes) -> Iterator[str]:
    """Give the cells of comments that somebody else wrote."""
    authors = _AUTHOR.findall(comments)
    ours = {str(number).encode() for number, author in enumerate(authors) if author == _OURS}
    for tag in _COMMENT.findall(comments):
        cell, author = _REF.search(tag), _AUTHOR_ID.search(tag)
        if cell and not (author and author[1] in ours):
            yield cell[1].decode()


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of every sheet by the file name of its member."""
    book, relations = start_of(archive, "xl/workbook.xml"), start_of(archive, "xl/_rels/workbook.xml.rels")
    targets = {}
    for found in re.findall(rb"<Relationship\b[^>]{0,2000}>", relations):
        key, target = re.search(rb'\bId="([^"]{1,100})"', found), re.search(rb'\bTarget="([^"]{1,400})"', found)
        if key and target:
            targets[key[1]] = PurePosixPath(_text(target[1])).name
    sheets = re.findall(rb'<(?:\w{1,20}:)?sheet\b[^>]{0,400}?\bname="([^"]{1,200})"[^>]{0,400}?\bid="([^"]{1,100})"', book)
    return {targets[key]: _text(name) for name, key in sheets if key in targets}


def _unseen(archive: zipfile.ZipFile) -> Iterator[Hidden]:
    """Give the cells whose text is white on white, or has a number format that shows nothing."""
    from publish.reading.unseen_styles import unseen_styles

    styles = unseen_styles(start_of(archive, "xl/styles.xml"))
    if not styles:
        return
    for member, name in _sheet_names(archive).items():
        sheet = start_of(archive, f"xl/worksheets/{member}")
        cells = [cell.decode() for cell, style in _CELL.findall(sheet) if style in styles]
        if cells:
            yield Hidden("unseen", name, tuple(cells[:_KEPT]))


def of_archive(members: Iterable[str], tables: Collection[str] = ()) -> Iterator[Hidden]:
    """Give the documents among the members of a zip; `tables` are endings of what might have been read as well."""
    endings = _DOCUMENTS.difference(tables)
    left = sorted(name for name in members if PurePosixPath(name).suffix.lower() in endings)
    if left:
        yield Hidden("members", "", tuple(left[:_KEPT]))


def of_map(path: Path) -> Iterator[Hidden]:
    """Give what stands beside the layers of a geo file: documents in its zip, tables of a GeoPackage that are no layers."""
    if is_archive(path):
        yield from of_archive(zip_members.members(path))
    elif path.suffix.lower() == ".gpkg":
        yield from _of_geopackage(path)


def _of_geopackage(path: Path) -> Iterator[Hidden]:
    """Give the tables that are neither layers nor the standard's own (OGC 12-128r18, 1.1.1)."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            names = {
                str(name) for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            }
            layers = {str(name) for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
    except BROKEN:
        return
    left = sorted(name for name in names - layers if not _OWN_TABLE.fullmatch(name))
    if left:
        yield Hidden("tables", "", tuple(left[:_KEPT]))


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
