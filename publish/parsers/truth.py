"""Truth values of a boolean field, to true and false (Table Schema): 有, ○, TRUE, はい …; a blank stays unknown."""

from catalog.agreement import answer_of
from publish.parsers.parser import Parser, Reading, always


def _read(text: str) -> Reading | None:
    answer = answer_of(text)
    return Reading("true" if answer == "yes" else "false", "truth") if answer else None


PARSER = Parser(lambda _field: "true|false", always(_read))
