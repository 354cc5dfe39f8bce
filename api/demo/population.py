"""People by 町字, sex and five years of age, month by month: small movements on a pyramid that is old in the 大字."""

import numpy as np
import numpy.typing as npt

from api.demo.areas import AREAS, CODE, TOWN, Area
from api.demo.awkward import Cell, era
from api.demo.months import MONTHS
from api.demo.plan import generator

Counts = npt.NDArray[np.int64]

BANDS = (*[f"{age}-{age + 4}歳" for age in range(0, 85, 5)], "85歳以上")
HEADINGS = (
    "全国地方公共団体コード", "地域コード", "調査年月日", "地域名", "総人口", "男性", "女性",
    *[f"{band}の{sex}" for band in BANDS for sex in ("男性", "女性")], "世帯数", "備考",
)  # fmt: skip
_FEW = 20
"""A hamlet with fewer people, for the town to show how it is kept unrecognisable."""
_TOWN_AGES = (3.9, 4.1, 4.3, 4.4, 4.6, 5.0, 5.3, 5.8, 6.4, 7.2, 7.0, 6.4, 6.3, 6.8, 7.2, 6.0, 4.6, 4.7)
_VILLAGE_AGES = (1.9, 2.2, 2.6, 2.9, 2.4, 2.6, 3.0, 3.7, 4.5, 5.5, 6.0, 6.8, 8.4, 10.4, 11.2, 9.6, 7.6, 8.7)
"""Percent of the people in each band."""


def by_month() -> list[Counts]:
    """Return for each month the people int[area, band, sex]; no count is ever below zero."""
    rng = generator(30)
    first = np.stack([_pyramid(area, rng) for area in AREAS])
    months = [first]
    few = [number for number, area in enumerate(AREAS) if area.persons < _FEW]
    for month in range(1, len(MONTHS)):
        moved = rng.choice([-1, 0, 0, 0, 0, 0, 0, 1], size=first.shape)
        months.append(np.maximum(months[-1] + moved, 0))
        for number in few:
            months[month][number] = _older_gone(first[number], month // 2)
    return months


def _older_gone(people: Counts, count: int) -> Counts:
    """Return a hamlet without its oldest: one moves away every second month, and nobody comes."""
    left = people.ravel().copy()
    for _ in range(count):
        left[np.flatnonzero(left)[-1]] -= 1
    return left.reshape(people.shape)


def _pyramid(area: Area, rng: np.random.Generator) -> Counts:
    ages = np.array(_VILLAGE_AGES if area.name.startswith("大字") else _TOWN_AGES)
    women = np.linspace(0.485, 0.53, len(BANDS)) + np.where(np.arange(len(BANDS)) > 14, 0.09, 0.0)
    share = np.stack([ages * (1 - women), ages * women], axis=1)
    drawn = rng.multinomial(area.persons, (share / share.sum()).ravel())
    return np.asarray(drawn.reshape(len(BANDS), 2))


def rows(month: int) -> list[list[Cell]]:
    """Return the rows of one month's workbook, numbered as `MONTHS`."""
    people = by_month()[month]
    return [_row(area, counts, era(MONTHS[month])) for area, counts in zip(AREAS, people, strict=True)]


def _row(area: Area, people: Counts, surveyed: str) -> list[Cell]:
    men, women = (int(number) for number in people.sum(axis=0))
    households = round((men + women) / (2.05 if area.name.startswith("大字") else 2.31))
    return [int(CODE), area.id, surveyed, area.name, men + women, men, women, *people.ravel().tolist(), households, ""]


def title(month: int) -> list[list[Cell]]:
    """Return the rows above the headings."""
    return [[f"{TOWN} 地域・年齢別人口（住民基本台帳）"], [f"{era(MONTHS[month])}現在"], []]
