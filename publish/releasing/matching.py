"""Who is who: rows without an ID against the entries of the identifier register, by name, address and place.

The surest match goes first: the same row; the same name and address close by; the same name and address elsewhere (it was
moved); all but one of name, address and further marks close by; name or address close by. Nothing is matched twice, and
what is no longer published is only taken up again by a row that says the same in the same place.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gis.near import distance_m

NEAR = 100.0
"""Metres within which an entry with the same name or address is taken for the same thing."""
SAME_PLACE = 1.0
"""Metres within which a row that says neither name nor address is taken for the same thing."""
_MANY = 10_000
"""Pairs of rows and entries of one name up to which the nearest are paired; above, they are paired in order of place."""

Candidate = tuple[int, int]
"""Index of a row, index of an entry."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row is known by: folded match values, longitude and latitude (None without a place), a hash of all cells."""

    values: tuple[str, ...]
    lon: float | None
    lat: float | None
    row: str
    retired: bool = False

    @property
    def named(self) -> bool:
        """Say whether any match value is filled."""
        return any(self.values)


Signs = Callable[[Facts], Hashable | None]
"""What two facts must have in common to be compared; None leaves a fact out."""


def match(rows: Sequence[Facts], entries: Sequence[Facts]) -> dict[int, int]:
    """Return row → entry for every row that is surely known; each entry at most once."""
    matching = _Matching(rows, entries)
    fields = len(rows[0].values) if rows else 0
    matching.take(matching.together(lambda facts: facts.row))
    matching.take(matching.close(lambda facts: facts.values if facts.named else None, NEAR))
    matching.take(matching.close(lambda facts: None if facts.named else (), SAME_PLACE))
    matching.live_only = True
    matching.take(matching.moved())
    for omitted in range(fields):
        matching.take(matching.close(_all_but(omitted), NEAR))
    if fields > 2:
        for omitted in range(fields):
            matching.take(matching.placeless(_all_but(omitted)))
        for field in range(2):
            matching.take(matching.close(_only(field), NEAR))
    return matching.found


def _all_but(omitted: int) -> Signs:
    def rest(facts: Facts) -> Hashable | None:
        kept = facts.values[:omitted] + facts.values[omitted + 1 :]
        return kept if any(kept) else None

    return rest


def _only(field: int) -> Signs:
    return lambda facts: facts.values[field] or None


class _Matching:
    """The rows and entries that are still free, and what has been found."""

    def __init__(self, rows: Sequence[Facts], entries: Sequence[Facts]) -> None:
        self.rows, self.entries = rows, entries
        self.found: dict[int, int] = {}
        self.live_only = False
        self._taken: set[int] = set()

    def take(self, candidates: Iterable[Candidate]) -> None:
        """Accept candidates in the given order as long as both sides are free."""
        for row, entry in candidates:
            if row not in self.found and entry not in self._taken:
                self.found[row] = entry
                self._taken.add(entry)

    def together(self, signs: Signs) -> Iterator[Candidate]:
        """Yield pairs with the same signs, in order of rows and entries."""
        for rows, entries in self._groups(signs):
            yield from zip(rows, entries, strict=False)

    def close(self, signs: Signs, metres: float) -> Iterator[Candidate]:
        """Yield pairs with the same signs within a distance, the nearest first."""
        known = defaultdict(list)
        for entry in self._free_entries():
            facts = self.entries[entry]
            if (sign := signs(facts)) is not None and facts.lon is not None:
                known[sign, _cell(facts)].append(entry)
        pairs = [
            (row, entry)
            for row in self._free_rows()
            if (sign := signs(self.rows[row])) is not None and self.rows[row].lon is not None
            for cell in _around(_cell(self.rows[row]))
            for entry in known.get((sign, cell), ())
        ]
        yield from self._nearest_first(pairs, metres)

    def moved(self) -> Iterator[Candidate]:
        """Yield pairs that say the same wherever they are: of one mark alone only where one row and one entry are left."""
        for rows, entries in self._groups(lambda facts: facts.values if facts.named else None):
            marks = sum(1 for value in self.rows[rows[0]].values if value)
            if marks == 1 and len(rows) + len(entries) > 2:
                continue
            placed = all(facts.lon is not None for facts in self._facts(rows, entries))
            if placed and len(rows) * len(entries) <= _MANY:
                yield from self._nearest_first([(row, entry) for row in rows for entry in entries], np.inf)
            else:
                yield from zip(sorted(rows, key=self._row_order), sorted(entries, key=self._entry_order), strict=False)

    def placeless(self, signs: Signs) -> Iterator[Candidate]:
        """Yield pairs with the same signs, at least two marks, where neither side has a place."""
        for rows, entries in self._groups(signs):
            here = [row for row in rows if self.rows[row].lon is None]
            there = [entry for entry in entries if self.entries[entry].lon is None]
            if here and there and sum(1 for value in self.rows[here[0]].values if value) > 1:
                yield from zip(here, there, strict=False)

    def _groups(self, signs: Signs) -> Iterator[tuple[list[int], list[int]]]:
        known = defaultdict(list)
        for entry in self._free_entries():
            if (sign := signs(self.entries[entry])) is not None:
                known[sign].append(entry)
        rows = defaultdict(list)
        for row in self._free_rows():
            if (sign := signs(self.rows[row])) in known:
                rows[sign].append(row)
        yield from ((found, known[sign]) for sign, found in rows.items())

    def _nearest_first(self, pairs: list[Candidate], metres: float) -> Iterator[Candidate]:
        if not pairs:
            return
        here = np.array([(self.rows[row].lon, self.rows[row].lat) for row, _ in pairs], dtype=float)
        there = np.array([(self.entries[entry].lon, self.entries[entry].lat) for _, entry in pairs], dtype=float)
        away = distance_m(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
        ordered = sorted(
            (float(metre), self.rows[row].row, entry, row)
            for metre, (row, entry) in zip(away, pairs, strict=True)
            if metre <= metres
        )
        yield from ((row, entry) for _, _, entry, row in ordered)

    def _facts(self, rows: Iterable[int], entries: Iterable[int]) -> Iterator[Facts]:
        yield from (self.rows[row] for row in rows)
        yield from (self.entries[entry] for entry in entries)

    def _row_order(self, row: int) -> tuple[float, float, str]:
        return _order(self.rows[row])

    def _entry_order(self, entry: int) -> tuple[float, float, str]:
        return _order(self.entries[entry])

    def _free_rows(self) -> list[int]:
        return [row for row in range(len(self.rows)) if row not in self.found]

    def _free_entries(self) -> list[int]:
        return [
            entry
            for entry, facts in enumerate(self.entries)
            if entry not in self._taken and not (self.live_only and facts.retired)
        ]


def _order(facts: Facts) -> tuple[float, float, str]:
    return facts.lon or 0.0, facts.lat or 0.0, facts.row


def _cell(facts: Facts) -> tuple[int, int]:
    """Return a cell of a grid whose sides are at least 100 m anywhere in Japan."""
    return int((facts.lon or 0.0) / 0.0013), int((facts.lat or 0.0) / 0.001)


def _around(cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for x in (-1, 0, 1):
        for y in (-1, 0, 1):
            yield cell[0] + x, cell[1] + y
