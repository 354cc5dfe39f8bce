"""Names of persons: what the cheap filter lets through, what is recognised, and what reads like a name and is none."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from publish.disclosure.names.lists import surnames
from publish.disclosure.names.person import person_in


def words(name: str) -> list[str]:
    """Return the words of a list beside this file."""
    return (Path(__file__).parent / f"{name}.txt").read_text("utf-8").split()


SURNAMES = words("surnames")
GIVEN = words("given")
MISSES = 0.02
"""Share of full names that may slip through: given names that nobody has written down yet."""
PLACES = words("places")


def test_the_filter_of_surnames_lets_every_frequent_one_through() -> None:
    assert [name for name in SURNAMES if name not in surnames() and person_in(f"{name}太郎") is None] == []


@pytest.mark.parametrize("between", ["", "　", " "], ids=["together", "wide space", "space"])
def test_nearly_every_full_name_is_recognised(between: str) -> None:
    names = [f"{surname}{between}{given}" for surname, given in product(SURNAMES, GIVEN)]
    missed = [name for name in names if person_in(name) is None]
    assert len(missed) <= MISSES * len(names), missed[:50]


@pytest.mark.parametrize("place", PLACES)
def test_places_shops_and_offices_are_no_persons(place: str) -> None:
    assert person_in(place) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("鍵は管理人の佐藤さんへ", "管理人の佐藤さん"),
        ("代表者:山田太郎", "山田太郎"),
        ("(会長　吉野)", "会長 吉野"),
        ("鈴木一郎様方", "鈴木一郎"),
        ("連絡は田中様まで", "田中様"),
        ("美術家・加藤綾子の作品", "加藤綾子"),
        ("山田太郎商店", "山田太郎"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"),
        ("ヤマダ　ハナコ", "ヤマダ ハナコ"),
    ],
)
def test_persons_are_found_in_words_too(text: str, named: str) -> None:
    found = person_in(text)
    assert found is not None
    assert named in found[1]


def test_a_text_without_surname_never_asks_the_dictionary() -> None:
    code = (
        "import sys\nfrom publish.disclosure.names.person import person_in\n"
        "person_in('公民館の受付で申し出てください')\nperson_in('9時から17時')\nperson_in('ABC')\nperson_in('香川県高松市番町1')\n"
        "print('janome' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
