"""Which datasets of the national list stand where."""

from catalog.coverage import coverage, read_national_list
from catalog.library import read_library


def test_the_list_has_the_31_datasets_in_national_order() -> None:
    entries = read_national_list().entries
    assert [entry.number for entry in entries] == [f"{number:02d}" for number in range(1, 32)]
    assert len({entry.slug for entry in entries if entry.slug}) == len([entry for entry in entries if entry.slug])


def test_titles_of_defined_datasets_are_those_of_the_list() -> None:
    library = read_library()
    for entry in read_national_list().entries:
        if entry.slug in library:
            assert (library[entry.slug].title, library[entry.slug].number) == (entry.title, entry.number)


def test_published_defined_and_not_defined_are_told_apart() -> None:
    lines = {line.entry.number: line for line in coverage(read_library(), {"aed"}) if line.entry}
    assert (lines["08"].status, lines["08"].dataset) == ("published", "aed")
    assert lines["13"].status == "defined"
    assert (lines["01"].status, lines["01"].dataset) == ("not-defined", "")


def test_the_list_of_open_data_stands_as_soon_as_anything_is_published() -> None:
    library = read_library()
    assert next(line for line in coverage(library, set()) if line.dataset == "open_data_list").status == "defined"
    assert next(line for line in coverage(library, {"road"}) if line.dataset == "open_data_list").status == "published"


def test_the_towns_own_datasets_follow_the_national_ones() -> None:
    lines = coverage(read_library(), {"road", "aed"})
    assert len(lines) == 32
    assert (lines[-1].entry, lines[-1].dataset, lines[-1].status) == (None, "road", "published")
