"""What a sheet's XML and typed cells tell beside the values: merged cells, formulas, objects, numbers kept as text.

The XML is looked at in the pieces in which it is streamed anyway; each question first looks for bytes that only its answer
has, so that a sheet without formulas costs one search. Drawings are small members of the zip and are read up to a limit.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publish.reading.hidden_cells import HiddenCells
from publish.reading.limits import ZIP_TROUBLE
from publish.reading.member_start import start_of
from publish.table.file_facts import FileFacts, Marks, Rows
from publish.table.position import column_letter

_FIRST = 3
_MERGED_KEPT = 20_000
_DRAWINGS = 4
"""Of one sheet that are opened; office software writes one."""
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]{0,400}?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,400}><(?:\w+:)?f[ />]',
)
_FORMULA_TAGS = (b"<f>", b"<f ", b"<f/>")
_MERGED = re.compile(rb'mergeCell\s[^>]{0,100}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_HAS_DRAWING = re.compile(rb"<(?:\w+:)?drawing\s")
_TARGET = re.compile(rb'<Relationship\b(?=[^>]{0,2000}/drawing")[^>]{0,2000}?\bTarget="([^"]{1,400})"')
_OBJECTS = {
    kind: re.compile(rb"</(?:\w{1,20}:)?" + name + rb">")
    for kind, name in (("picture", b"pic"), ("shape", b"sp"), ("chart", b"graphicFrame"))
}
"""What closes an object in a drawing (ECMA-376 part 1, 20.5.2)."""
_NUMBER = r"^\s*[-+−－▲△]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?\s*$"


class Gathered:
    """What the pieces of one sheet have told so far."""

    def __init__(self) -> None:
        self._formulas, self._first_formulas = 0, list[bytes]()
        self._merged, self._first_merged = 0, list[bytes]()
        self._drawing = False
        self._hidden = HiddenCells()

    def count_formulas(self, piece: bytes) -> None:
        """Take a piece of a sheet's XML that ends between two cells and may have formulas."""
        self._formulas += sum(piece.count(tag) for tag in _FORMULA_TAGS)
        wanted = _FIRST - len(self._first_formulas)
        self._first_formulas += [found[1] for found in islice(_FORMULA.finditer(piece), wanted)]

    def look(self, piece: bytes) -> None:
        """Take any piece."""
        self._hidden.look(piece)
        if b"mergeCell " in piece:
            ranges = _MERGED.findall(piece)
            self._merged += len(ranges)
            self._first_merged += ranges[: _MERGED_KEPT - len(self._first_merged)]
        self._drawing = self._drawing or (b"drawing" in piece and _HAS_DRAWING.search(piece) is not None)

    def facts(self, archive: zipfile.ZipFile, member: str) -> FileFacts:
        """Return what was seen, with the objects of the drawing that the sheet names."""
        return FileFacts(
            Marks(self._merged, tuple(map(bytes.decode, self._first_merged))),
            Marks(self._formulas, tuple(map(bytes.decode, self._first_formulas))),
            _objects(archive, member) if self._drawing else {},
            hidden=self._hidden.found(),
        )


def _objects(archive: zipfile.ZipFile, member: str) -> Mapping[str, int]:
    """Count pictures, shapes and charts on a sheet; a drawing that cannot be read counts as none."""
    folder, name = posixpath.split(member)
    counted = dict.fromkeys(_OBJECTS, 0)
    try:
        relations = start_of(archive, f"{folder}/_rels/{name}.rels")
        for target in _TARGET.findall(relations)[:_DRAWINGS]:
            path = posixpath.normpath(posixpath.join("/", folder, target.decode("utf-8", "replace"))).lstrip("/")
            drawing = start_of(archive, path)
            for kind, closing in _OBJECTS.items():
                counted[kind] += len(closing.findall(drawing))
    except ZIP_TROUBLE:
        return {}
    return {kind: count for kind, count in counted.items() if count}


def say_numbers(texts: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Say which texts are a number."""
    like: npt.NDArray[np.bool_] = np.array(pc.match_substring_regex(texts, _NUMBER), bool)
    return like


def numbers_as_text(columns: Sequence[Sequence[object]], cells: pa.Table) -> Mapping[str, Rows]:
    """Return by column letter the rows (counted from 1) whose typed cell is a text that says a number."""
    found: dict[str, Rows] = {}
    for place, column in enumerate(columns):
        kinds = set(map(type, column))
        if str not in kinds:
            continue
        like = say_numbers(cells.column(place))
        if kinds != {str}:
            like &= np.fromiter((type(value) is str for value in column), bool, len(column))
        if like.any():
            found[column_letter(place)] = np.flatnonzero(like) + 1
    return found
