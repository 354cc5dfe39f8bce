"""○, 1, 有, TRUE, 可, 対応 are one meaning in every list of a yes and a no; what is not certain is found, never guessed."""

import unicodedata
from itertools import chain

import pyarrow as pa
import pytest
from clerks_table import context, table

from catalog.agreement import WRITINGS, answer_of
from catalog.code_list import CodeList
from catalog.dataset import Field
from catalog.folding import fold
from catalog.library import read_library
from publish.checking.checking import check
from publish.parsers.code_alias import code_reader
from publish.parsers.column import How, read_column
from publish.parsers.truth import PARSER
from publish.table.change import Change

PERMITTED = CodeList.model_validate(
    {
        "format": "1",
        "id": "allowed",
        "title": {"ja": "可否", "en": "Allowed"},
        "codes": [{"value": value, "label": {"ja": value, "en": value}} for value in ("可", "否")],
    }
)
LISTS = {**read_library().code_lists, "allowed": PERMITTED}
FAMILIES = [
    codes
    for codes in LISTS.values()
    if sorted(answer_of(value) or ("" if value else "no") for value in codes.values) == ["no", "yes"]
]
YES = list(chain.from_iterable(yes for yes, _ in WRITINGS.values()))
NO = list(chain.from_iterable(no for _, no in WRITINGS.values()))
UNCERTAIN = [
    "-",
    "ー",
    "－",
    "―",
    "△",
    "▲",
    "□",
    "■",
    "☒",
    "/",
    "?",
    "？",
    "一部",
    "要相談",
    "有無",
    "o",
    "2",
    "有（1台）",
    "未定",
    "不明",
]
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def variants(writing: str) -> set[str]:
    """Half and full width, upper and lower case, blanks around."""
    return {
        writing,
        writing.upper(),
        writing.title(),
        writing.translate(WIDE),
        f" {writing}　",
        unicodedata.normalize("NFKC", writing),
    }


@pytest.mark.parametrize("codes", FAMILIES, ids=lambda codes: codes.id)
def test_every_list_of_a_yes_and_a_no_takes_every_writing(codes: CodeList) -> None:
    yes, no = codes.values
    read = code_reader(codes)
    for writings, value in ((YES, yes), (NO, no)):
        for writing in chain.from_iterable(map(variants, writings)):
            found = read(writing)
            assert found is not None, writing
            assert (found.text, found.reason) == (value, "code-alias"), writing
    assert [text for text in UNCERTAIN if read(text)] == []


def test_the_lists_of_this_version_are_among_them() -> None:
    assert {"yes_no", "applies", "allowed"} <= {codes.id for codes in FAMILIES}


def test_truth_values_take_the_same_writings() -> None:
    field = Field.model_validate(
        {"name": "あり", "key": "aa", "title_en": "A", "description": {"ja": "a", "en": "a"}, "type": "boolean"}
    )
    read = PARSER.reader([], field)
    assert {reading.text for text in YES if (reading := read(text))} == {"true"}
    assert {reading.text for text in NO if (reading := read(text))} == {"false"}
    assert [text for text in UNCERTAIN if read(text)] == []


def test_no_writing_means_both() -> None:
    assert set(map(fold, YES)) & set(map(fold, NO)) == set()
    assert len(set(map(fold, YES + NO))) == len(YES + NO)


def test_what_is_published_is_the_standards_writing_and_the_change_is_recorded() -> None:
    library = read_library()
    field = library["evacuation_space"].field("災害種別_洪水")
    read = read_column(pa.array(["○", "1", "×", "", "△", "有り"]), How.of(field, {}, library.code_lists["applies"]))
    assert read.cells.to_pylist() == ["1", "1", "", "", "△", "1"]
    assert read.changed.tolist() == [0, 2, 5]
    assert set(read.reasons.to_pylist()) == {"code-alias"}


def mixed(cells: list[str], *changes: tuple[int, str, str]) -> list[str]:
    text = "ID,名称,所在地_連結表記,小児対応設備の有無\n" + "".join(
        f"FF{row},名{row},町{row},{cell}\n" for row, cell in enumerate(cells)
    )
    log = tuple(Change(0, row + 2, "小児対応設備の有無", before, after, "code-alias") for row, before, after in changes)
    report, _ = check(table("aed", text, changes=log), None, context())
    return [finding.value for finding in report.findings if finding.code == "mixed-writing"]


def test_a_column_that_mixes_families_is_told_and_one_that_does_not_is_not() -> None:
    assert mixed(["有", "有", "無"], (0, "○", "有"), (2, "なし", "無")) == ["○・なし"]
    assert mixed(["有", "無"], (0, "○", "有"), (1, "×", "無")) == []
    assert mixed(["有", "無"], (0, "有り", "有")) == []
    assert mixed(["有", "有", "無"], (0, "TRUE", "有")) == ["TRUE・有"]
    assert mixed(["有", "無"]) == []
