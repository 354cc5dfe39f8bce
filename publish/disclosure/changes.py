"""Changes: does the difference of two published tables tell of what age and sex somebody was who came or left?

The total of a hidden area is public, and so is the breakdown of its group. While nothing else happens in the group, the
difference of two months is the person. Somebody who has both tables and supposes that no more happened than they show knows how
many came to or left each area and in which columns the group grew or shrank: areas against columns are once more a table with
known margins, whose exact ranges are Fréchet's (`protection`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.errors import DisclosureRefused
from catalog.suppression import Suppression
from publish.disclosure.areas import Areas
from publish.disclosure.differencing import Seen, near
from publish.disclosure.grouping import Groups

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who came to or left a hidden area between two tables, and the column that must have counted that person."""

    area: str
    carrier: str
    column: str
    earlier: str
    later: str


def seen(period: str, areas: Areas, carrier: str, members: Sequence[str], columns: Sequence[str]) -> Seen:
    """Return what a table shows of a group; an area that it has not has nobody."""
    places = [areas.at[name] for name in (carrier, *members) if name in areas.at]
    persons = dict(zip((areas.names[place] for place in places), areas.persons(places).tolist(), strict=True))
    sums = dict(zip(columns, areas.added(places).tolist(), strict=True))
    return Seen(period=period, carrier=carrier, persons={name: persons.get(name, 0) for name in (carrier, *members)}, sums=sums)


def shown(
    tables: Mapping[str, Areas], groups: Mapping[str, Groups], columns: Sequence[str], before: Iterable[Seen]
) -> tuple[Seen, ...]:
    """Return what has been shown of all groups, by what is public already and by these tables."""
    now = (
        seen(period, areas, carrier, members, columns)
        for period, areas in tables.items()
        for carrier, members in groups[period].items()
    )
    found = list(before)
    found.extend(one for one in now if one not in found)
    return tuple(found)


def require_nobody_told(
    tables: Mapping[str, Areas],
    groups: Mapping[str, Groups],
    columns: Sequence[str],
    terms: Suppression,
    before: Sequence[Seen],
) -> None:
    """Raise DisclosureRefused where these tables, beside one another or beside what is public already, tell of somebody."""
    for later in shown(tables, groups, columns, before)[len(before) :]:
        for earlier in _others(later, tables, columns, terms, before):
            told = next(tell(earlier, later, terms), None)
            if told:
                raise _refused(told)


def _others(
    one: Seen, tables: Mapping[str, Areas], columns: Sequence[str], terms: Suppression, before: Sequence[Seen]
) -> Iterator[Seen]:
    members = [name for name in one.persons if name != one.carrier]
    for period, areas in tables.items():
        if period != one.period and near(period, one.period, terms.keep):
            yield seen(period, areas, one.carrier, members, columns)
    for other in before:
        if other.persons.keys() == one.persons.keys() and near(other.period, one.period, terms.keep):
            yield other


def tell(one: Seen, other: Seen, terms: Suppression) -> Iterator[Told]:
    """Give whoever must have been counted in one column of a group, of those who came to or left its hidden areas."""
    earlier, later = sorted((one, other), key=lambda seen: seen.period)
    for first, second in ((earlier, later), (later, earlier)):  # who came, and who left
        persons, sums = _more(first.persons, second.persons), _more(first.sums, second.sums)
        for area, count in persons.items():
            if area != later.carrier and count:
                for column in _narrow(count, sum(persons.values()), sums, terms):
                    yield Told(area, later.carrier, column, earlier.period, later.period)


def _narrow(count: int, everybody: int, sums: Counts, terms: Suppression) -> Iterator[str]:
    """Give the columns of which it is known, more exactly than is wanted, how many of these people they counted."""
    for level in _levels(sums, terms):
        together = max(everybody, sum(level.values()))
        for column, changed in level.items():
            most = min(count, changed)
            least = max(count + changed - together, 0)
            if most - least < min(terms.protection, most):
                yield column


def _levels(sums: Counts, terms: Suppression) -> Iterator[Counts]:
    """Give columns that count everybody once, with what came in each: the finest; those that are their sums; any other alone.

    Of a sum it is what came in its parts: where one came and one left, the sum stays and people moved all the same.
    """
    wholes = terms.wholes(tuple(sums))
    leaves = {part: sums[part] for parts in wholes.values() for part in parts}
    yield leaves
    yield {whole: max(sums[whole], sum(leaves[part] for part in parts)) for whole, parts in wholes.items()}
    yield from ({column: count} for column, count in sums.items() if column not in wholes and column not in leaves)


def _more(earlier: Counts, later: Counts) -> dict[str, int]:
    return {name: max(count - earlier.get(name, 0), 0) for name, count in later.items()}


def _refused(told: Told) -> DisclosureRefused:
    return DisclosureRefused(
        f"人数の少ない「{told.area}」に出入りした人が「{told.column}」の人だと、{told.earlier}と{told.later}の表の差からわかります"
        f"(加えた先の「{told.carrier}」に、ほかの動きがほとんどないため)。",
        f"Whoever came to or left {told.area!r}, an area of few people, is known to be of {told.column!r} by the difference of "
        f"the tables of {told.earlier} and {told.later}: nearly nothing else changed in {told.carrier!r}, which carries it.",
        fix_ja='machizu.toml の [suppression] に、伏せた地域は総数も伏せる(totals = "hide")か、'
        'わかってもよい(totals = "show")か、町の決定を理由と文書番号とともに書いてください。',
        fix_en="Write the town's decision under [suppression] in machizu.toml, with reason and document: hide the totals of "
        'such areas, too (totals = "hide"), or let this be known (totals = "show").',
        code="change-tells",
    )
