"""Truth values of a boolean field, to true and false (Table Schema): 有, ○, TRUE, はい …; a blank stays unknown.

1 and 0 are read where the column has no other numbers: with a 2 among them they are numbers of some list.
"""

import re
from collections.abc import Sequence

from catalog.agreement import answer_of, family_of
from catalog.dataset import Field
from catalog.folding import fold
from publish.parsers.parser import Parser, Reader, Reading

_FURTHER = re.compile("[2-9]|[1-9][0-9]+")


def has_further_numbers(column: Sequence[str]) -> bool:
    """Say whether texts hold numbers beside 1 and 0, so that these two are no yes and no.

    >>> has_further_numbers(["1", "0", "○"]), has_further_numbers(["1", "２"])
    (False, True)
    """
    return any(_FURTHER.fullmatch(fold(text)) for text in column)


def _reader(values: Sequence[str], _field: Field) -> Reader:
    numbered = has_further_numbers(values)
    return lambda text: None if numbered and family_of(text) == "digit" else _read(text)


def _read(text: str) -> Reading | None:
    answer = answer_of(text)
    return Reading("true" if answer == "yes" else "false", "truth") if answer else None


PARSER = Parser(lambda _field: "true|false", _reader, asks=True)
