"""Plain texts: the cells of a plain sheet as columns of text, each distinct cell rendered one time.

Strings are known by their numbers; days, times, truth values and texts of formulas by what is written in their cells; what
these mean says the workbook library (`few_cells`). Only plain numbers, of which most are distinct, are rendered here.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.reading.cell_parts import Integers, NotPlainError
from publish.reading.plain_cells import PlainCells
from publish.reading.plain_columns import Placed, Pool, columns_of
from publish.reading.plain_numbers import number_texts
from publish.reading.sheet import Cell
from publish.reading.workbook_facts import say_numbers
from publish.table.file_facts import Rows

Typed = Callable[[Sequence[bytes]], Sequence[Cell]]
"""Says what cells mean, each written as `<c>` without an address."""
_STRING = b' t="s"'
_NO_TYPE = re.compile(rb'"(?: s="\d+")?(?: t="n")?(?: s="\d+")?><v>')
_OWN_TEXT = re.compile(rb'.* t="(?:str|inlineStr)".*')
_AS_SHOWN = r"^[^&_<\s\p{Z}\p{C}]+(?:[ \x{3000}]+[^&_<\s\p{Z}\p{C}]+)*$"
"""Texts in the cell itself in which nothing stands for something else, and nothing is cut off at the ends."""
_ERROR = re.compile(rb'<c[^>]* t="e"[^>]*><v>(.*)</v></c>')
_MANY_STRINGS = 1 << 24
_MANY = 1 << 20
"""Distinct cells: the workbook library reads the whole sheet as fast."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which cells of a piece are what, by their place in it."""

    numbers: Integers
    own_texts: Integers
    """Cells whose text is what is written in them."""
    strings: Integers
    string_numbers: Integers
    others: tuple[tuple[Integers, Integers, tuple[bytes, ...]], ...]
    """Cells, of each which of the distinct ones it is, and these."""


def plain_texts(pieces: Sequence[PlainCells], typed: Typed) -> tuple[pa.Table, Mapping[str, Rows]]:
    """Return the cells as of a Grid, and by column letter the rows in which a text says a number.

    Raises NotPlainError, and what `typed` raises.
    """
    headers = {header for piece in pieces for header in piece.headers.dictionary.to_pylist()}
    numeric = _numeric(sorted(headers), typed)
    seen = [_seen(piece, numeric) for piece in pieces]
    strings = _used([one.string_numbers for one in seen])
    others = list(dict.fromkeys(chain.from_iterable(cells for one in seen for _, _, cells in one.others)))
    if len(strings) + len(others) > _MANY:
        raise NotPlainError
    asked = [b'<c t="s"><v>%d</v></c>' % number for number in strings.tolist()] + others
    answers = typed(asked)
    told = [_value(cell, answer) for cell, answer in zip(others, answers[len(strings) :], strict=True)]
    pool = Pool([*answers[: len(strings)], *told])
    place_of = {cell: place for place, cell in enumerate(others, 1 + len(strings))}
    placed = [_placed(piece, one, strings, place_of) for piece, one in zip(pieces, seen, strict=True)]
    return columns_of(placed, pool)


def _numeric(headers: Sequence[bytes], typed: Typed) -> Collection[bytes]:
    """Return the headers of the cells that hold plain numbers, which their style decides."""
    untyped = [header for header in headers if _NO_TYPE.fullmatch(header)]
    answers = typed([_cell(header, b"1.5") for header in untyped])
    return {header for header, answer in zip(untyped, answers, strict=True) if type(answer) is float}


def _cell(header: bytes, value: bytes) -> bytes:
    return b"<c%b%b%b" % (header[1:], value, b"</v></c>" if header.endswith(b"<v>") else b"</t></is></c>")


def _value(cell: bytes, answer: Cell) -> Cell:
    """Return what a cell holds; the library leaves the text of errors out."""
    error = _ERROR.fullmatch(cell)
    return error[1].decode() if error else answer


def _seen(piece: PlainCells, numeric: Collection[bytes]) -> _Seen:
    headers = piece.headers.dictionary.to_pylist()
    indices = piece.headers.indices.to_numpy()
    numbers = np.flatnonzero(np.isin(indices, [n for n, header in enumerate(headers) if header in numeric]))
    strings = np.flatnonzero(np.isin(indices, [n for n, header in enumerate(headers) if _STRING in header]))
    others, own = [], [np.zeros(0, np.int64)]
    for number, header in enumerate(headers):
        if header not in numeric and _STRING not in header:
            cells = np.flatnonzero(indices == number)
            if _OWN_TEXT.fullmatch(header):
                texts = piece.values.take(pa.array(cells)).cast(pa.utf8())
                shown = np.array(pc.match_substring_regex(texts, _AS_SHOWN), bool)
                own.append(cells[shown])
                cells = cells[~shown]
            values = piece.values.take(pa.array(cells)).dictionary_encode()
            distinct = tuple(_cell(header, value) for value in values.dictionary.to_pylist())
            others.append((cells, values.indices.to_numpy(), distinct))
    string_numbers = _integers(piece.values.take(pa.array(strings)))
    return _Seen(numbers, np.concatenate(own), strings, string_numbers, tuple(others))


def _integers(values: pa.Array) -> Integers:
    """Return the numbers of strings."""
    texts = values.cast(pa.utf8())
    if not pc.all(pc.and_(pc.ascii_is_decimal(texts), pc.less(pc.binary_length(texts), 9)), min_count=0).as_py():
        raise NotPlainError
    numbers: Integers = texts.cast(pa.int64()).to_numpy()
    return numbers


def _used(numbers: Sequence[Integers]) -> Integers:
    """Return the distinct ones in order."""
    most = max((int(some.max()) for some in numbers if len(some)), default=-1)
    if most >= _MANY_STRINGS:
        raise NotPlainError
    used = np.zeros(most + 1, bool)
    for some in numbers:
        used[some] = True
    return np.flatnonzero(used)


def _placed(piece: PlainCells, seen: _Seen, strings: Integers, place_of: Mapping[bytes, int]) -> Placed:
    """Say where in the pool the text of every cell stands."""
    places = np.zeros(len(piece.row), np.int64)
    places[seen.strings] = np.searchsorted(strings, seen.string_numbers) + 1
    for cells, which, distinct in seen.others:
        places[cells] = np.array([place_of[cell] for cell in distinct], np.int64)[which]
    texts = piece.values.take(pa.array(seen.own_texts)).cast(pa.utf8())
    own = np.concatenate([seen.numbers, seen.own_texts])
    own_texts = pa.concat_arrays([number_texts(piece.values.take(pa.array(seen.numbers))), texts])
    says_number = np.concatenate([np.zeros(len(seen.numbers), bool), say_numbers(texts)])
    return Placed(piece.row, piece.column, places, own, own_texts, says_number)
