"""Grouping: which areas of each period are hidden and to which neighbour each is added, until no hidden number is too narrow.

A group is a carrier and the members whose breakdown is added to it; within `keep` months it is the same in every period. Where
a group is too small for its members, a neighbour joins it (補助秘匿). A pure function of the tables, the terms and what was
hidden before; DisclosureRefused when there is nobody left to join.
"""

from collections.abc import Iterator, Mapping, Sequence

from catalog.errors import DisclosureRefused
from catalog.suppression import Suppression
from publish.disclosure.areas import Areas
from publish.disclosure.differencing import Hidden, HiddenAreas, Need, near, needs_of
from publish.disclosure.neighbours import Neighbourhood
from publish.disclosure.protection import exposed

Groups = dict[str, list[str]]
"""By carrier: its members, in the order of the table."""


class Grouping:
    """What is hidden in a series, from what is small now and what was hidden before."""

    def __init__(
        self,
        tables: Mapping[str, Areas],
        terms: Suppression,
        ground: Neighbourhood,
        before: HiddenAreas,
        wholes: Sequence[int] = (),
    ) -> None:
        """`wholes`: which of the hidden columns are sums of others; where single cells are hidden, a small one of them makes
        an area small.
        """
        self._tables, self._terms, self._ground = dict(tables), terms, ground
        self._wholes = list(wholes) if terms.cells else []
        self._needs = {area: dict(needs) for area, needs in needs_of(before).items()}
        self._into = {one.area: list(one.into) for one in before.areas}
        self._because = {one.area: one.because for one in before.areas}
        self._see_small()

    def settle(self, named: Mapping[str, str]) -> None:
        """Find a neighbour for every hidden area, `named` by the town or the nearest that will do, until all are protected."""
        for area, neighbour in named.items():
            self._name(area, neighbour)
        self._place_all()
        while found := next(self._narrow(), None):
            self._join(*found)
            self._place_all()

    def groups(self, period: str) -> Groups:
        """Return the groups of one period."""
        found: Groups = {}
        for name in self._tables[period].names:
            carrier = self._carrier(name, period)
            if carrier is not None and carrier != name:
                found.setdefault(carrier, []).append(name)
        return found

    def remembered(self, dataset: str) -> HiddenAreas:
        """Return what has to be known of all this when the next table comes."""
        return HiddenAreas(dataset=dataset, areas=tuple(self._hidden(area) for area in sorted(self._needs)))

    def _hidden(self, area: str) -> Hidden:
        needs = tuple(need for _, need in sorted(self._needs[area].items()))
        return Hidden(area=area, into=tuple(self._into.get(area, ())), because=self._because.get(area, ""), needs=needs)

    def _see_small(self) -> None:
        for period, areas in self._tables.items():
            for place, name in enumerate(areas.names):
                part = areas.smallest(place, self._wholes)
                need = Need(period=period, persons=areas.total(place), households=areas.household(place), part=part)
                if self._is_small(need) and areas.is_broken_down(place):
                    self._needs.setdefault(name, {})[period] = need
                    self._because[name] = ""
        for area, protected in self._because.items():
            if protected:
                self._needs[area] |= self._needs.get(protected, {})

    def _is_small(self, need: Need) -> bool:
        return self._terms.is_small(need.persons, need.households) or self._is_few(need.part)

    def _is_few(self, part: int | None) -> bool:
        return part is not None and 0 < part < self._terms.cells

    def _is_hidden(self, area: str, period: str) -> bool:
        needs = self._needs.get(area, {}).values()
        return any(near(need.period, period, self._terms.keep) and self._is_small(need) for need in needs)

    def _carrier(self, area: str, period: str) -> str | None:
        """Return where the breakdown of an area stands: its own row when it is not hidden, None when nobody is found yet.

        It may pass over several: a neighbour that was large is small by now. `_leads` sees to it that this ends.
        """
        while self._is_hidden(area, period):
            following = self._neighbour(area, period)
            if following is None:
                return None
            area = following
        return area

    def _neighbour(self, area: str, period: str) -> str | None:
        present = self._tables[period].at
        return next((name for name in self._into.get(area, ()) if name in present), None)

    def _hiding(self, area: str) -> list[str]:
        return [period for period, areas in self._tables.items() if area in areas.at and self._is_hidden(area, period)]

    def _unplaced(self, area: str) -> list[str]:
        return [period for period in self._hiding(area) if self._neighbour(area, period) is None]

    def _name(self, area: str, neighbour: str) -> None:
        """Take the neighbour that the town names, unless the area stands added to another one."""
        periods = self._hiding(area)
        before = self._into.get(area, [])
        if not periods or neighbour in before[:1]:
            return
        if before:
            raise _moved(area, before[0], neighbour)
        if not all(self._may_carry(area, neighbour, period) for period in periods):
            raise _unfit(area, neighbour)
        self._into[area] = [neighbour]

    def _place_all(self) -> None:
        for area in sorted(self._needs):
            while periods := self._unplaced(area):
                self._place(area, periods)

    def _place(self, area: str, periods: Sequence[str]) -> None:
        """Add an area to the first neighbour that protects it in all these periods, else to the one that does so best."""
        fitting = self._fitting(area, periods) or self._fitting(area, periods := periods[-1:])
        if not fitting:
            raise _nobody(area, periods[-1])
        self._into[area] = [*self._into.get(area, ()), self._best(area, fitting, periods)]

    def _fitting(self, area: str, periods: Sequence[str]) -> list[str]:
        named = self._ground.nearest(area, self._tables[periods[-1]].names)
        return [name for name in named if all(self._may_carry(area, name, period) for period in periods)]

    def _may_carry(self, area: str, other: str, period: str) -> bool:
        areas = self._tables[period]
        fits = other in areas.at and areas.complete(areas.at[other]) and areas.totals[areas.at[other]] > 0
        return fits and other != area and not self._is_hidden(other, period) and not self._leads(other, area)

    def _leads(self, start: str, area: str) -> bool:
        """Say whether an area was ever added, over others, to another one: then that one cannot be added to it."""
        waiting, seen = [start], set()
        while waiting:
            name = waiting.pop()
            if name == area:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(self._into.get(name, ()))
        return False

    def _best(self, area: str, names: Sequence[str], periods: Sequence[str]) -> str:
        best, fewest = names[0], -1
        for name in names:
            count = sum(self._left(period, name, [area]) for period in periods)
            if fewest < 0 or count < fewest:
                best, fewest = name, count
            if count == 0:
                break
        return best

    def _left(self, period: str, carrier: str, more: Sequence[str]) -> int:
        """Count the numbers that stay too narrow in the carrier's group when some more areas are added."""
        areas = self._tables[period]
        members = {*self.groups(period).get(carrier, ()), *more}
        places = sorted(areas.at[name] for name in members)
        sums = areas.added([areas.at[carrier], *places])[self._wholes].tolist()
        shown, wanted = self._terms.totals == "show", self._terms.protection
        narrow = exposed(areas, areas.at[carrier], places, wanted, totals_shown=shown)
        return int(narrow.sum()) + sum(map(self._is_few, sums))

    def _narrow(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield the groups that do not protect their members: period, carrier, members."""
        for period in reversed(list(self._tables)):
            for carrier, members in self.groups(period).items():
                if self._left(period, carrier, ()):
                    yield period, carrier, members

    def _join(self, period: str, carrier: str, members: Sequence[str]) -> None:
        """Let the neighbour join a group that protects its members best; it is hidden as long as the first of them."""
        area = next(name for name in members if self._needs.get(name))
        free = [name for name in self._tables[period].names if name not in self._needs and name not in (carrier, *members)]
        fitting = [name for name in self._ground.nearest(area, free) if not self._leads(carrier, name)]
        if not fitting:
            raise _nobody(area, period)
        counted = [self._left(period, carrier, [name]) for name in fitting]
        joining = fitting[counted.index(min(counted))]
        self._needs[joining] = {key: need for key, need in self._needs[area].items() if self._is_small(need)}
        self._into[joining] = [carrier]
        self._because[joining] = area


def _nobody(area: str, period: str) -> DisclosureRefused:
    return DisclosureRefused(
        f"{period}の表の「{area}」は人数が少なく、どの地域に加えても内訳が計算でわかってしまいます。",
        f"{period}: {area!r} has few people, and whatever area it is added to, its breakdown could be worked out.",
        fix_ja="machizu.toml の [suppression] で protection か below_persons を小さくするか、内訳の列を減らしてください。",
        fix_en="Lower protection or below_persons under [suppression] in machizu.toml, or publish fewer columns.",
        code="cannot-be-hidden",
    )


def _moved(area: str, before: str, neighbour: str) -> DisclosureRefused:
    return DisclosureRefused(
        f"「{area}」は公開した表で「{before}」に加えてあります。「{neighbour}」に替えると、差から内訳がわかってしまいます。",
        f"{area!r} stands added to {before!r}; moved to {neighbour!r}, its breakdown could be worked out as a difference.",
        fix_ja=f"machizu.toml の [suppression] の into を「{before}」にしてください。",
        fix_en=f"Name {before!r} under into of [suppression] in machizu.toml.",
        code="neighbour-changed",
    )


def _unfit(area: str, neighbour: str) -> DisclosureRefused:
    return DisclosureRefused(
        f"machizu.toml の [suppression] の into は「{area}」を「{neighbour}」に加えるとしていますが、"
        f"「{neighbour}」は表にないか、人がいないか、内訳に空欄があるか、それも伏せる地域です。",
        f"[suppression] into adds {area!r} to {neighbour!r}, which is not in the table, has no people or blank cells, "
        "or is hidden itself.",
        fix_ja="人数の多い、となりの地域の名前を、表のとおりに書いてください。",
        fix_en="Name a neighbour with more people, as the table writes it.",
        code="neighbour-unfit",
    )
