"""Codes: other writings of a code list's values (有り, ○, 第１種低層 …) to the value as it is published."""

from catalog.code_list import CodeList
from catalog.folding import fold
from publish.parsers.parser import Reader, Reading


def code_reader(codes: CodeList) -> Reader:
    """Return the function that reads one text by a list's aliases; values and aliases are compared folded.

    A writing that two values share is nobody's and is left as it is.
    """

    def read(text: str) -> Reading | None:
        value = codes.writings.get(fold(text))
        return None if value is None else Reading(value, "code-alias")

    return read
