"""Codes: other writings of a code list's values (有り, ○, 第１種低層 …) to the value as it is published."""

from collections.abc import Sequence

from catalog.agreement import Answer, answer_of, family_of
from catalog.code_list import CodeList
from catalog.folding import fold
from publish.parsers.parser import Reader, Reading
from publish.parsers.truth import has_further_numbers


def code_reader(codes: CodeList, column: Sequence[str] = ()) -> Reader:
    """Return the function that reads one text by a list's aliases; values and aliases are compared folded.

    A writing that two values share is nobody's and is left as it is. A list of a yes and a no takes every writing of them, but
    for 1 and 0 where `column` (its different texts) has other numbers: they are then numbers of some list of the office's own.
    """
    answers = _answers(codes)
    numbered = bool(answers) and has_further_numbers(column)

    def read(text: str) -> Reading | None:
        folded = fold(text)
        if numbered and family_of(text) == "digit":
            return None
        value = codes.writings[folded] if folded in codes.writings else answers.get(answer_of(text))
        return None if value is None else Reading(value, "code-alias")

    return read


def _answers(codes: CodeList) -> dict[Answer, str]:
    """Return the values of yes and no where a list has these two and no other; nothing for every other list.

    A blank is a no where only the yes is written (1 or blank).
    """
    answers: dict[Answer, str] = {answer_of(value) or ("" if value else "no"): value for value in codes.values}
    return answers if len(codes.values) == 2 and set(answers) == {"yes", "no"} else {}
