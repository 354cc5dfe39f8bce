"""Which datasets of the national list stand where, and when the next release of one is due."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from catalog.coverage import Coverage, Line, coverage, read_national_list
from catalog.dataset import Dataset
from catalog.library import Library, read_library
from catalog.site.due import described_until, due
from catalog.site.pointer import DatasetEntry, Pointer, VersionEntry, Withdrawn
from catalog.site.register import RegisterEntry
from catalog.site.release import Release
from catalog.site.snapshot import Snapshot
from catalog.site.town_card import TownCard
from catalog.text import Text

Make = Callable[..., Release]
LIBRARY = read_library()
TODAY = date(2026, 11, 20)
NOT_KNOWN = {"18", "19", "20", "21", "25", "29", "31"}


def site(card: TownCard, *releases: Release, register: tuple[RegisterEntry, ...] = (), **entries: DatasetEntry) -> Snapshot:
    named = {release.id: release for release in releases}
    return Snapshot(Path("site"), card, Pointer(datasets=entries), named, register)


def by_id(found: Coverage) -> Mapping[str, Line]:
    return {line.dataset: line for line in found.lines if line.dataset}


def without(*names: str) -> dict[str, Dataset]:
    return {name: dataset for name, dataset in LIBRARY.items() if name not in names}


def test_the_list_has_the_31_datasets_in_national_order() -> None:
    entries = read_national_list().entries
    assert [entry.number for entry in entries] == [f"{number:02d}" for number in range(1, 32)]
    assert len({entry.slug for entry in entries if entry.slug}) == len([entry for entry in entries if entry.slug])


def test_the_seven_whose_columns_are_not_known_are_listed_with_the_reason_and_never_invented() -> None:
    entries = read_national_list().entries
    assert {entry.number for entry in entries if entry.unknown} == NOT_KNOWN
    assert {dataset.number for dataset in LIBRARY.values()} & NOT_KNOWN == set()
    assert {line.number for line in coverage(LIBRARY).national if line.status == "unknown"} == NOT_KNOWN


def test_titles_of_defined_datasets_are_those_of_the_list() -> None:
    for entry in read_national_list().entries:
        if entry.slug in LIBRARY:
            assert (LIBRARY[entry.slug].title, LIBRARY[entry.slug].number) == (entry.title, entry.number)


def test_public_late_lacking_and_undefined_are_told_apart(release: Make, card: TownCard) -> None:
    late = release("population", periods=("2026-07", "2026-08"))
    found = coverage(without("public_toilet"), site(card, release("aed"), late), TODAY)
    lines = by_id(found)
    assert (lines["aed"].status, lines["aed"].due) == ("public", date(2027, 7, 1))
    assert (lines["population"].status, lines["population"].due) == ("late", date(2026, 10, 31))
    assert lines["evacuation_space"].status == "lacking"
    toilets = next(line for line in found.national if line.number == "13")
    assert (toilets.status, toilets.dataset) == ("lacking", "")
    assert (found.numbers(), found.numbers("public", "late"), found.numbers("late")) == (31, 3, 1)  # and オープンデータ一覧


def test_what_is_due_today_is_not_late(release: Make, card: TownCard) -> None:
    public = site(card, release("aed"))
    assert by_id(coverage(LIBRARY, public, date(2027, 7, 1)))["aed"].status == "public"
    assert by_id(coverage(LIBRARY, public, date(2027, 7, 2)))["aed"].status == "late"


def test_withdrawn_and_counter_datasets_are_neither_lacking_nor_late(card: TownCard) -> None:
    gone = VersionEntry(
        path="x", hash="0", content="0", published="2026-01-01", withdrawn=Withdrawn(at="2026-02-01", reason="誤り", hashes=())
    )
    pipes = RegisterEntry(
        **{"class": "counter"}, id="water_pipe", title=Text(ja="水道管", en="Pipes"), description=Text(ja="", en=""),
        reason=Text(ja="", en=""),
    )  # fmt: skip
    found = coverage(LIBRARY, site(card, register=(pipes,), aed=DatasetEntry(current=None, versions={"1.0": gone})), TODAY)
    lines = by_id(found)
    assert (lines["aed"].status, lines["water_pipe"].status) == ("withdrawn", "counter")
    assert lines["water_pipe"].entry is None


def test_the_list_of_open_data_stands_as_soon_as_anything_can_be_downloaded(release: Make, card: TownCard) -> None:
    def listed(*releases: Release) -> Line:
        return next(
            line for line in coverage(without("open_data_list"), site(card, *releases), TODAY).national if line.number == "06"
        )

    assert (listed().status, listed().generated) == ("lacking", True)
    assert listed(release("farmland", cls="view")).status == "lacking"
    assert (listed(release("road")).status, listed(release("road")).generated) == ("public", True)


def test_a_towns_own_definition_of_a_national_number_stands_in_the_national_list(release: Make, card: TownCard) -> None:
    parking = LIBRARY["aed"].model_copy(update={"id": "parking", "number": "25", "title": Text(ja="町営駐車場", en="Parking")})
    definitions = Library({**LIBRARY, "parking": parking}, {})
    (line,) = [line for line in coverage(definitions).national if line.number == "25"]
    assert (line.dataset, line.status, line.title.ja) == ("parking", "lacking", "町営駐車場")
    (line,) = [
        line
        for line in coverage(definitions, site(card, release("aed", dataset=parking)), TODAY).national
        if line.number == "25"
    ]
    assert line.status == "public"


def test_two_definitions_of_one_number_are_two_lines_and_count_once(release: Make, card: TownCard) -> None:
    more = LIBRARY["aed"].model_copy(update={"id": "aed_loan"})
    found = coverage({**LIBRARY, "aed_loan": more}, site(card, release("aed")), TODAY)
    assert [(line.dataset, line.status) for line in found.national if line.number == "08"] == [
        ("aed", "public"),
        ("aed_loan", "lacking"),
    ]
    assert found.numbers() == 31


def test_a_release_whose_definition_is_gone_is_still_listed(release: Make, card: TownCard) -> None:
    entry = DatasetEntry(current="1.0", versions={})
    found = coverage(without("road"), site(card, release("road"), road=entry), TODAY)
    assert (found.local[-1].dataset, found.local[-1].title) == ("road", LIBRARY["road"].title)


@pytest.mark.parametrize(
    ("frequency", "as_of", "expected"),
    [
        ("ANNUAL", "2026-04-01", date(2027, 7, 1)),
        ("ANNUAL", "2026-03-31", date(2027, 6, 30)),
        ("ANNUAL", "2024-11-30", date(2026, 2, 28)),
        ("ANNUAL_2", "2026-04-01", date(2026, 12, 1)),
        ("QUARTERLY", "2026-04-01", date(2026, 8, 1)),
        ("MONTHLY", "2026-06-30", date(2026, 8, 31)),
        ("MONTHLY", "2026-12-31", date(2027, 2, 28)),
        ("MONTHLY", "2026-12-30", date(2027, 2, 28)),
        ("WEEKLY", "2026-04-06", date(2026, 4, 20)),
        ("DAILY", "2026-11-20", date(2026, 11, 24)),
        ("IRREG", "2026-04-01", None),
        ("CONT", "2026-04-01", None),
        ("UNKNOWN", "2026-04-01", None),
    ],
)
def test_an_interval_and_the_time_to_publish_count_from_the_day_described(
    release: Make, frequency: str, as_of: str, expected: date | None
) -> None:
    dataset = LIBRARY["aed"].model_copy(update={"frequency": frequency})
    assert due(release("aed", dataset=dataset, as_of=as_of)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"periods": ("2026-05", "2026-06")}, date(2026, 6, 30)),
        ({"periods": ("2024-02",)}, date(2024, 2, 29)),
        ({"periods": ("2025",)}, date(2025, 12, 31)),
        ({"as_of": "2026-04"}, date(2026, 4, 30)),
        ({"as_of": "2025"}, date(2025, 12, 31)),
        ({"as_of": ""}, date(2026, 4, 15)),
    ],
)
def test_a_release_describes_until_its_newest_period_or_its_as_of_date_or_its_publication(
    release: Make, given: dict[str, object], expected: date
) -> None:
    assert described_until(release("aed", **given)) == expected
