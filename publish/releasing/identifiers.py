"""The identifier register, ids/<dataset>.json: who has which ID. A number is given once and never to anybody else.

An ID in the file stays as the office wrote it, whatever its form (`1`, `0000000001`), and is entered here; two rows with
the same one are left alone, for the check to say so. A row without an ID keeps the one that the register knows it by, or
gets the next number in the national form: two letters and ten digits.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan
from pathlib import Path
from typing import Literal

import pyarrow as pa

from catalog.dataset import Identifier
from catalog.document import Document, read_document
from catalog.folding import fold
from catalog.strict import Model
from catalog.text import Text
from gis.geometry import representative
from gis.layer import Layer
from publish.releasing.disk import write_file
from publish.releasing.matching import Facts, match
from publish.table.change import Change, ChangeLog
from publish.table.table import Table

FOLDER = "ids"
REASON = "assigned-id"


class Entry(Model):
    """Whose an ID is: what the row said when it was last seen. `since`: the version in which it first stood ("" until it
    is staged); `retired`: the version from which it was gone ("" likewise, None while it is there)."""

    id: str
    match: dict[str, str]
    lon: float | None = None
    lat: float | None = None
    row: str = ""
    """12 hex of the row's cells without the ID: tells rows apart that have the same name and address."""
    since: str = ""
    retired: str | None = None


class Register(Document):
    """The whole of ids/<dataset>.json."""

    format: Literal[1] = 1
    dataset: str
    next: int = 1
    entries: tuple[Entry, ...] = ()


def read_register(town: Path, dataset: str) -> Register:
    """Read a dataset's register; an absent file is an empty register. OutsideError when it is damaged."""
    path = _path(town, dataset)
    return _read(path) if path.is_file() else Register(dataset=dataset)


def write_register(town: Path, register: Register) -> None:
    """Write a register, whole."""
    write_file(_path(town, register.dataset), register.dump())


def adopt_register(town: Path, staged: Path) -> None:
    """Make the register that was staged with a release the one in force; nothing happens where none was staged."""
    if staged.is_file():
        write_register(town, _read(staged))


def identify(table: Table, layer: Layer | None, register: Register) -> tuple[Table, Register]:
    """Give every row without an ID the one it is known by, or a new one; return the table and the register after it.

    Neither file nor clock is touched: the register is written when the release becomes public. Tables whose definition
    has no `identifier` come back as they are.
    """
    rule = table.dataset.identifier
    if rule is None:
        return table, register
    ids = table.column(rule.field)
    said = list(zip(*(table.column(name) for name in rule.match), strict=True)) or [()] * table.rows
    facts = _facts(table, layer, rule, said)
    given = {name for name in ids if name}
    blank = [row for row, name in enumerate(ids) if not name]
    free = [entry for entry in register.entries if entry.id not in given]
    known = match([facts[row] for row in blank], [_entry_facts(entry, rule) for entry in free])
    numbers = _Numbers(rule, register, given)
    assigned = {row: free[known[place]].id if place in known else numbers.new() for place, row in enumerate(blank)}
    complete = [assigned.get(row, name) for row, name in enumerate(ids)]
    now = {name: _entry(name, rule, said[row], facts[row]) for row, name in reversed(list(enumerate(complete)))}
    after = Register(dataset=register.dataset, next=numbers.next, entries=_entries(register, now, complete))
    return _filled(table, rule.field, complete, assigned), after


def stamp(register: Register, version: str) -> Register:
    """Return the register with the version in which its new entries first stand and the lost ones are gone."""
    return register.model_copy(update={"entries": tuple(_stamped(entry, version) for entry in register.entries)})


def _read(path: Path) -> Register:
    fix = Text(
        ja="控えから戻してください。消すと、同じ物に別の ID が付きます。",
        en="Restore it from a backup: without it the same things would get other IDs.",
    )
    return read_document(Register, path, fix=fix)


def _stamped(entry: Entry, version: str) -> Entry:
    update = {"since": entry.since or version, "retired": version if entry.retired == "" else entry.retired}
    return entry.model_copy(update=update)


def _path(town: Path, dataset: str) -> Path:
    return town / FOLDER / f"{dataset}.json"


class _Numbers:
    """The next free number of the national form, past everything that the register or the file has."""

    def __init__(self, rule: Identifier, register: Register, given: set[str]) -> None:
        form = re.compile(f"{rule.prefix}([0-9]{{{rule.digits}}})")
        seen = (form.fullmatch(name) for name in (*given, *(entry.id for entry in register.entries)))
        self.rule, self.next = rule, max([register.next, *(int(found[1]) + 1 for found in seen if found)])

    def new(self) -> str:
        """Return the next ID."""
        number, self.next = self.next, self.next + 1
        return f"{self.rule.prefix}{number:0{self.rule.digits}d}"


def _facts(table: Table, layer: Layer | None, rule: Identifier, said: Sequence[tuple[str, ...]]) -> list[Facts]:
    others = [table.column(name) for name in table.cells.column_names if name != rule.field]
    hashes = (_hash(cells) for cells in zip(*others, strict=True))
    places = _places(layer, table.rows)
    return [
        Facts(tuple(fold(value) for value in values), lon, lat, row)
        for values, (lon, lat), row in zip(said, places, hashes, strict=True)
    ]


def _hash(cells: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:12]


def _places(layer: Layer | None, rows: int) -> list[tuple[float | None, float | None]]:
    if layer is None:
        return [(None, None)] * rows
    lon, lat = representative(layer.geometries)
    return [(None, None) if isnan(x) else (round(x, 7), round(y, 7)) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]


def _entry(name: str, rule: Identifier, said: Sequence[str], facts: Facts) -> Entry:
    return Entry(id=name, match=dict(zip(rule.match, said, strict=True)), lon=facts.lon, lat=facts.lat, row=facts.row)


def _entry_facts(entry: Entry, rule: Identifier) -> Facts:
    values = tuple(fold(entry.match.get(name, "")) for name in rule.match)
    return Facts(values, entry.lon, entry.lat, entry.row, entry.retired is not None)


def _entries(register: Register, now: Mapping[str, Entry], order: Sequence[str]) -> tuple[Entry, ...]:
    """Return the entries after this table: the known ones in their order, then the new ones in that of the rows."""
    old = {entry.id for entry in register.entries}
    new = dict.fromkeys(name for name in order if name not in old)
    return (*(_again(entry, now.get(entry.id)) for entry in register.entries), *(now[name] for name in new))


def _again(entry: Entry, now: Entry | None) -> Entry:
    if now is None:
        return entry if entry.retired is not None else entry.model_copy(update={"retired": ""})
    return now.model_copy(update={"since": entry.since})


def _filled(table: Table, field: str, ids: Sequence[str], assigned: Mapping[int, str]) -> Table:
    if not assigned:
        return table
    place = table.cells.column_names.index(field)
    cells = table.cells.set_column(place, field, pa.array(ids, pa.utf8()))
    part, row = table.part.to_pylist(), table.row.to_pylist()
    changes = [Change(part[n], row[n], field, "", name, REASON) for n, name in assigned.items()]
    return replace(table, cells=cells, changes=ChangeLog.of(table.changes) + changes)
