"""The query language of package_search, as far as catalogues use it: words, "phrases", field:value, AND OR NOT + - ( ) and
wildcards. Text in, a test over one package's indexed words out; what is not understood is refused, not guessed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from api.ckan.errors import bad_query
from catalog.folding import fold

Indexed = Mapping[str, Sequence[str]]
"""Field name → its values, folded; `text` holds everything."""

Test = Callable[[Indexed], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<sign>[+-])(?=\S)|(?P<group>[A-Za-z_]+):(?=\()
    |(?:(?P<field>[A-Za-z_]+):)?(?:"(?P<phrase>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()":]+)))""",
    re.VERBOSE,
)
_DEPTH = 20
"""Nesting that no honest query reaches."""

_ANYWHERE = ("text", "title", "notes")
"""Fields in which a word may stand anywhere; in the others a value is compared whole."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A bracket, a sign, an operator, a field before a bracket, or a term."""

    kind: str
    text: str = ""
    field: str = ""


def parse(text: str) -> Test:
    """Return the test that a query stands for; ActionError 409 when it cannot be understood."""
    if text.strip() in ("", "*:*", "*"):
        return lambda _: True
    parser = _Parser(_tokens(text.replace("*:*", "text:*")))
    test = parser.alternatives("text", 0)
    if parser.left:
        raise bad_query(f"unexpected {parser.left[0].text!r}")
    return test


def _tokens(text: str) -> list[_Token]:
    tokens = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise bad_query(f"cannot read {text[at : at + 20]!r}")
        tokens.append(_token(match))
        at = match.end()
    return tokens


def _token(match: re.Match[str]) -> _Token:
    field, phrase, word = match["field"], match["phrase"], match["word"]
    if mark := match["bracket"] or match["sign"]:
        return _Token(mark, mark)
    if match["group"]:
        return _Token("field", match["group"], match["group"])
    if phrase is None and not field and word in ("AND", "OR", "NOT", "&&", "||", "!"):
        return _Token({"&&": "AND", "||": "OR", "!": "NOT"}.get(word, word), word)
    value = re.sub(r"\\(.)", r"\1", phrase) if phrase is not None else word
    return _Token("phrase" if phrase is not None else "word", value, field or "")


class _Parser:
    """Recursive descent: alternatives of sequences of terms; terms side by side must all hold."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.left = tokens

    def alternatives(self, field: str, depth: int) -> Test:
        tests = [self._sequence(field, depth)]
        while self._take("OR"):
            tests.append(self._sequence(field, depth))
        return lambda indexed: any(test(indexed) for test in tests)

    def _sequence(self, field: str, depth: int) -> Test:
        tests = [self._term(field, depth)]
        while self.left and self.left[0].kind not in ("OR", ")"):
            self._take("AND")
            tests.append(self._term(field, depth))
        return lambda indexed: all(test(indexed) for test in tests)

    def _term(self, field: str, depth: int) -> Test:
        if depth > _DEPTH:
            raise bad_query("nested too deeply")
        if self._take("NOT") or self._take("-"):
            test = self._term(field, depth + 1)
            return lambda indexed: not test(indexed)
        if self._take("+"):
            return self._term(field, depth + 1)
        token = self.left.pop(0) if self.left else _Token("end", "the end")
        if token.kind == "field":
            field, token = token.field, self.left.pop(0)
        if token.kind == "(":
            test = self.alternatives(field, depth + 1)
            if not self._take(")"):
                raise bad_query("a bracket is not closed")
            return test
        if token.kind not in ("word", "phrase"):
            raise bad_query(f"unexpected {token.text!r}")
        return _holds(token.field or field, token.text, wild=token.kind == "word")

    def _take(self, kind: str) -> bool:
        if self.left and self.left[0].kind == kind:
            self.left.pop(0)
            return True
        return False


def _holds(field: str, value: str, *, wild: bool) -> Test:
    wanted = fold(value)
    pattern = re.sub(r"\[", "[[]", wanted)
    if wild and "*" in wanted:
        inside = f"*{pattern}*" if field in _ANYWHERE else pattern
        return lambda indexed: any(fnmatchcase(one, inside) for one in indexed.get(field, ()))
    if field in _ANYWHERE:
        return lambda indexed: any(wanted in one for one in indexed.get(field, ()))
    return lambda indexed: wanted in indexed.get(field, ())
