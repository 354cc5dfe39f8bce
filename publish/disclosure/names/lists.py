"""Lists of names, each a text file beside this module, read when first needed.

Surnames and readings are the entries 人名,姓 and 人名,名 of the IPA dictionary that janome carries (which knows 99.6 % of
the bearers of Japan's 2,000 most frequent surnames), with thirty frequent ones that it lacks. They are kept apart from it so
that a table without any name never loads the dictionary, which takes a hundred times as long as the surnames.
"""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
LONGEST = 4
"""Characters of a surname that are looked at; longer ones are not written in kanji."""


def _read(name: str) -> frozenset[str]:
    return frozenset((_HERE / f"{name}.txt").read_text("utf-8").split())


@cache
def surnames() -> frozenset[str]:
    """Return surnames in kanji."""
    return _read("surnames")


@cache
def surname_readings() -> frozenset[str]:
    """Return the readings of surnames in katakana."""
    return _read("surname_readings")


@cache
def given_readings() -> frozenset[str]:
    """Return the readings of given names in katakana."""
    return _read("given_readings")


@cache
def given_characters() -> frozenset[str]:
    """Return the kanji that given names are written with."""
    return frozenset((_HERE / "given_characters.txt").read_text("utf-8").strip())


def surnames_at(text: str, start: int = 0) -> list[str]:
    """Return the surnames of two characters and more with which a text goes on at a position, the longest first.

    >>> surnames_at("五十嵐美咲"), surnames_at("担当山田", 2), surnames_at("公園")
    (['五十嵐'], ['山田'], [])
    """
    known = surnames()
    return [
        text[start : start + size]
        for size in range(LONGEST, 1, -1)
        if len(text) >= start + size and text[start : start + size] in known
    ]
