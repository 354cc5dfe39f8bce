"""A town and releases as the site would read them, so that descriptions are tested without publishing anything."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.describing.profile import Description, describe, describe_registered
from catalog.library import read_library
from catalog.site.pointer import VersionEntry
from catalog.site.register import Counter, RegisterEntry
from catalog.site.release import Release, ReleaseFile
from catalog.site.town_card import TownCard
from catalog.text import Text
from catalog.town import Prefecture, Section, Site, TownName

BASE = "https://data.example.lg.jp/mihon"
TYPES = {
    "csv": ("csv", "text/csv"),
    "geojson": ("geojson", "application/geo+json"),
    "gpkg": ("gpkg", "application/geopackage+sqlite3"),
    "pmtiles": ("pmtiles", "application/vnd.pmtiles"),
}


@pytest.fixture(scope="session")
def card() -> TownCard:
    return TownCard(
        code="999997",
        name=TownName(ja="見本町", en="Mihon Town", kana="みほんちょう"),
        prefecture=Prefecture(ja="見本県", en="Mihon Prefecture"),
        sections=(
            Section(
                id="kiki",
                name=Text(ja="危機管理課", en="Crisis Management Section"),
                phone="(099)999-0001",
                page="https://www.example.lg.jp/kiki",
                datasets=("aed",),
            ),
        ),
        site=Site(notice=Text(ja="見本町は架空の町です。", en="Mihon Town is an invented town.")),
    )


@pytest.fixture(scope="session")
def release() -> Callable[..., Release]:
    """Return a maker of releases of a shipped definition."""

    def make(name: str, formats: tuple[str, ...] = ("csv", "geojson"), **given: Any) -> Release:
        files = tuple(
            ReleaseFile(f"999997_{name}.{ext}", Path("x"), *TYPES[ext], 1000 + n, f"{n:x}" * 64, f"{name}({ext})")
            for n, ext in enumerate(formats)
        )
        values: dict[str, Any] = {
            "dataset": read_library()[name],
            "version": "1.1",
            "folder": Path("x"),
            "entry": VersionEntry(path="x", hash="0" * 64, content="0" * 64, published="2026-04-15T09:00:00+09:00"),
            "descriptor": {},
            "files": files,
            "as_of": "2026-04-01",
            "cls": "open",
            "rows": 2,
            "bbox": (138.1, 34.8, 138.3, 34.9),
            "geometry": "point",
            "periods": (),
            "issued": "2025-04-15T09:00:00+09:00",
        }
        return Release(**(values | given))

    return make


@pytest.fixture(scope="session")
def aed(release: Callable[..., Release], card: TownCard) -> Description:
    return describe(release("aed"), card, BASE)


@pytest.fixture(scope="session")
def counter(card: TownCard) -> Description:
    entry = RegisterEntry(
        **{"class": "counter"},
        id="water_pipe",
        title=Text(ja="水道管", en="Water pipes"),
        description=Text(ja="水道管です。", en="Water pipes."),
        reason=Text(ja="窓口で見られます。", en="To be seen at the counter."),
        section=Counter(name=Text(ja="上下水道課", en="Waterworks Section"), phone="(099)999-0002"),
    )
    return describe_registered(entry, card, BASE)


@pytest.fixture(scope="session")
def everything(
    release: Callable[..., Release], card: TownCard, aed: Description, counter: Description
) -> tuple[Description, ...]:
    """One description of every shipped definition, with a series, a view-only dataset and one that is not public."""
    rest = []
    for dataset in read_library():
        if dataset in ("aed", "water_pipe"):
            continue
        cls = "view" if dataset == "farmland" else "open"
        periods = ("2026-01", "2026-02") if dataset == "population" else ()
        rest.append(describe(release(dataset, tuple(TYPES), cls=cls, periods=periods), card, BASE))
    return (aed, *rest, counter)
