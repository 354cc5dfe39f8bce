"""Fitting: texts into cells that hold 32,767 characters; what is longer is cut where one can see it, and told."""

from dataclasses import dataclass, field

from openpyxl.cell.cell import Cell

from publish.spreadsheet import LONGEST, SPECIAL, put_text, written

MARK = " …〔以下は長すぎるため切りました〕"
"""Stands where a text was cut."""


@dataclass(slots=True)
class Cuts:
    """The cells of a workbook whose text was cut."""

    places: list[str] = field(default_factory=list)

    def put(self, cell: Cell, text: str) -> None:
        """Put a text into a cell, cut with a mark where it is too long."""
        if is_too_long(text):
            self.places.append(f"{cell.parent.title}!{cell.coordinate}")
            text = _cut(text)
        put_text(cell, text)


def is_too_long(text: str) -> bool:
    """Say whether a cell cannot hold a text, counted in units of UTF-16 and with the escapes of what XML lacks."""
    if len(text) * 7 <= LONGEST:
        return False
    return _length(text) > LONGEST


def fitted(text: str) -> str:
    """Return a text as a cell or a comment can hold it."""
    return _cut(text) if is_too_long(text) else text


def _length(text: str) -> int:
    plain = written(text) if SPECIAL.search(text) else text
    return len(plain.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> str:
    kept = text[: LONGEST - len(MARK)]
    while (over := _length(kept) + len(MARK) - LONGEST) > 0:
        kept = kept[: -max(1, over // 7)]
    return kept + MARK
