"""The one door to janome, a morphological analyser in pure Python with the IPA dictionary inside.

It is imported when the first text has passed the filter of surnames: a clean table never pays for it.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from janome.tokenizer import Tokenizer

_GIVEN, _PERSON = "名詞,固有名詞,人名,名", "名詞,固有名詞,人名"
_KEPT = 1 << 16
"""Answers that are kept: the same given names and words come back in every column of a table."""


@cache
def _tokenizer() -> "Tokenizer":
    from janome.tokenizer import Tokenizer

    return Tokenizer()


@lru_cache(maxsize=_KEPT)
def words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text as (word, part of speech), as the dictionary most probably divides it."""
    tokens: Iterable[Any] = _tokenizer().tokenize(text)  # words alone only where wakati=True asks for them
    return tuple((token.surface, token.part_of_speech) for token in tokens)


@lru_cache(maxsize=_KEPT)
def _senses(word: str) -> frozenset[str]:
    """Return every part of speech that the dictionary has for a word."""
    tokenizer: Any = _tokenizer()
    entries = tokenizer.sys_dic.lookup(word.encode(), tokenizer.matcher)
    return frozenset(tokenizer.sys_dic.lookup_extra(entry[0])[0] for entry in entries if entry[1] == word)


def is_given_name(word: str) -> bool:
    """Say whether the dictionary knows a word as somebody's given name."""
    return _GIVEN in _senses(word)


def is_common_noun(word: str) -> bool:
    """Say whether the dictionary knows a word as a noun that names no one thing."""
    return any(sense.startswith("名詞") and "固有" not in sense for sense in _senses(word))


def holds_a_word(text: str) -> bool:
    """Say whether a text is divided into something longer than one character that is no part of a person's name."""
    return any(len(word) > 1 and not sense.startswith(_PERSON) for word, sense in words(text))


def begins_with_person(text: str, surname: str, given: str) -> bool:
    """Say whether a text is most probably divided so that it begins with a surname and a given name."""
    (first, _), (second, sense) = [*words(text), ("", ""), ("", "")][:2]
    return (first, second, sense) == (surname, given, _GIVEN)
