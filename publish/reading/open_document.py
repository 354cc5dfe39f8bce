"""OpenDocument spreadsheet (.ods) to Sheets: typed cells, error cells and formulas without a result, in one pass.

The workbook library gives error cells as blanks or zero and knows nothing of merged cells here, so the XML is read by itself.
Source: OpenDocument 1.3 part 3, 9 and 19.385; expat itself limits the expansion of entities.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.reading.hidden_document import UnseenCells
from publish.reading.limits import check_cells
from publish.reading.sheet import Cell, Place, Sheet, Survey
from publish.reading.unseen_document import UnseenStyles
from publish.table.file_facts import FileFacts, Marks
from publish.table.position import column_letter

_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
_ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|(?:Err|エラー):[0-9]{3}")
_DURATION = re.compile(r"(-?)PT(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,][0-9]*)?S)?", re.ASCII)
_VISIBILITY, _STYLE_NAME, _DEFAULT_STYLE = (
    f"{_TABLE}{name}" for name in ("visibility", "style-name", "default-cell-style-name")
)
_FIRST, _MERGED_KEPT = 3, 1_000
_MOST = 1 << 24
"""Repetitions beyond this are no less refused."""


@dataclass
class _Open:
    """A sheet that is being read."""

    name: str
    visible: bool
    unseen: UnseenCells
    rows: list[list[Cell]] = field(default_factory=list)
    blank: int = 0
    """Blank rows after the last one with content: they are no rows unless content follows."""
    width: int = 1
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: list[Place] = field(default_factory=list)
    formulas: int = 0
    first: list[str] = field(default_factory=list)
    merged: int = 0
    ranges: list[str] = field(default_factory=list)


def open_document(archive: zipfile.ZipFile, name: str) -> list[Sheet]:
    """Return every sheet; UnusableSource when one is beyond the limits, ValueError or KeyError when it is damaged."""
    try:
        with archive.open("content.xml") as file:
            events = ElementTree.iterparse(file, ("start", "end"))  # noqa: S314
            return [_finished(sheet) for sheet in _sheets(events, UnseenStyles(archive), name)]
    except ElementTree.ParseError as problem:
        raise ValueError("damaged XML") from problem


def _sheets(events: Iterator[tuple[str, Element]], styles: UnseenStyles, name: str) -> Iterator[_Open]:
    hidden: set[str] = set()
    sheet: _Open | None = None
    depth = 0
    for event, element in events:
        tag = element.tag
        if tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1  # a table within a cell or drawing is none of the workbook's sheets
            if event == "start" and depth == 1:
                visible = element.get(_STYLE_NAME) not in hidden
                sheet = _Open(element.get(f"{_TABLE}name", ""), visible, UnseenCells(styles))
            elif sheet and depth == 0:
                yield sheet
                element.clear()
        elif event == "end" and tag == f"{_STYLE}style":
            styles.take(element)
            if any(one.get(f"{_TABLE}display") == "false" for one in element):
                hidden.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and tag == f"{_TABLE}table-column" and sheet and depth == 1:
            times = _times(element, "number-columns-repeated")
            sheet.unseen.columns(times, element.get(_VISIBILITY, ""), element.get(_DEFAULT_STYLE, ""))
        elif event == "end" and tag == f"{_TABLE}table-row" and sheet and depth == 1:
            _row(sheet, element, name)
            element.clear()


def _row(sheet: _Open, row: Element, name: str) -> None:
    """Take one row, as many times as it is repeated."""
    times = _times(row, "number-rows-repeated")
    cells: list[Cell] = []
    blank = 0
    number = len(sheet.rows) + sheet.blank + 1
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        value = _value(sheet, cell, (number, len(cells) + blank + 1))
        repeated = _times(cell, "number-columns-repeated")
        if value == "":
            blank += repeated
            continue
        check_cells(number + times - 1, len(cells) + blank + repeated, name)
        style = cell.get(_STYLE_NAME) or row.get(_DEFAULT_STYLE) or ""
        sheet.unseen.cells((number, len(cells) + blank + 1), repeated, style)
        _repeat_error(sheet, (number, len(cells) + blank + 1), times, repeated)
        cells += [""] * blank + [value] * repeated
        blank = 0
    if not cells:
        sheet.blank += times
        return
    sheet.width = max(sheet.width, len(cells))
    sheet.unseen.rows(number, times, row.get(_VISIBILITY, ""), cells)
    check_cells(number + times - 1, sheet.width, name)
    sheet.rows += [[] for _ in range(sheet.blank)] + [cells] * times
    sheet.blank = 0


def _repeat_error(sheet: _Open, place: Place, down: int, across: int) -> None:
    if place in sheet.errors:
        text = sheet.errors[place]
        sheet.errors |= {(place[0] + row, place[1] + column): text for row in range(down) for column in range(across)}


def _times(element: Element, attribute: str) -> int:
    said = element.get(f"{_TABLE}{attribute}", "1")
    return min(max(int(said), 1), _MOST) if re.fullmatch("[0-9]{1,9}", said, re.ASCII) else 1


def _value(sheet: _Open, cell: Element, place: Place) -> Cell:
    """Return the typed value of a cell, an error as its text."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula")
    _note(sheet, cell, place, formula)
    text = "\n".join("".join(_plain(one)) for one in cell if one.tag == f"{_TEXT}p")
    if cell.get(_ERROR_TYPE) == "error" or ((formula is not None or kind == "float") and _ERROR.fullmatch(text)):
        sheet.errors[place] = text or "#N/A"
        return sheet.errors[place]
    if formula is not None and not kind and not text:
        sheet.uncalculated.append(place)
    return _typed(kind, cell.attrib, text)


def _note(sheet: _Open, cell: Element, place: Place, formula: str | None) -> None:
    address = f"{column_letter(place[1] - 1)}{place[0]}"
    if cell.find(f"{_OFFICE}annotation") is not None:
        sheet.unseen.comment(address)
    if formula is not None:
        sheet.formulas += 1
        sheet.first += [address] if len(sheet.first) < _FIRST else []
    across, down = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
    if across > 1 or down > 1:
        sheet.merged += 1
        last = f"{column_letter(place[1] + across - 2)}{place[0] + down - 1}"
        sheet.ranges += [f"{address}:{last}"] if len(sheet.ranges) < _MERGED_KEPT else []


def _typed(kind: str, said: Mapping[str, str], text: str) -> Cell:
    if kind in ("float", "percentage", "currency"):
        return float(said.get(f"{_OFFICE}value", "")) if said.get(f"{_OFFICE}value") else text
    if kind == "boolean":
        return said.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return _day(said.get(f"{_OFFICE}date-value", ""), text)
    if kind == "time":
        return _duration(said.get(f"{_OFFICE}time-value", ""), text)
    return text or said.get(f"{_OFFICE}string-value", "")


def _day(said: str, text: str) -> Cell:
    try:
        return datetime.fromisoformat(said) if "T" in said else date.fromisoformat(said)
    except ValueError:
        return text


def _duration(said: str, text: str) -> Cell:
    found = _DURATION.fullmatch(said)
    if found is None:
        return text
    hours, minutes, seconds = (int(piece or 0) for piece in found.groups()[1:])
    length = timedelta(seconds=hours * 3600 + minutes * 60 + seconds)
    return -length if found[1] else length


def _plain(element: Element) -> Iterator[str]:
    """Give the text of a paragraph: spaces, tabs and line breaks are elements, readings above the characters are left out."""
    yield element.text or ""
    for one in element:
        if one.tag == f"{_TEXT}s":
            yield " " * min(_count(one), 1000)
        elif one.tag == f"{_TEXT}tab":
            yield "\t"
        elif one.tag == f"{_TEXT}line-break":
            yield "\n"
        elif one.tag not in (f"{_TEXT}ruby-text", f"{_TEXT}note", f"{_OFFICE}annotation"):
            yield from _plain(one)
        yield one.tail or ""


def _count(element: Element) -> int:
    said = element.get(f"{_TEXT}c", "1")
    return int(said) if re.fullmatch("[0-9]{1,4}", said, re.ASCII) else 1


def _finished(sheet: _Open) -> Sheet:
    merged, formulas = Marks(sheet.merged, tuple(sheet.ranges)), Marks(sheet.formulas, tuple(sheet.first))
    facts = FileFacts(merged, formulas, hidden=sheet.unseen.found())
    seen = Survey(len(sheet.rows), sheet.width, bool(sheet.rows), sheet.errors, tuple(sheet.uncalculated), facts)

    def read() -> list[list[Cell]]:
        return [row + [""] * (sheet.width - len(row)) for row in sheet.rows]

    return Sheet(sheet.name, sheet.visible, seen, read)
