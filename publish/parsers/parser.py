"""Parser: what every module of this folder offers, and how one is found by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from catalog.dataset import Field
from catalog.errors import DefinitionError, did_you_mean

LONGEST = 500
"""Characters of a text that is read at all: no value is longer, and expressions that look back take long on long texts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A proven reading: the text as it is published, and the reason code under which the change is recorded."""

    text: str
    reason: str


Reader = Callable[[str], Reading | None]
"""One text to its reading; None where nothing can be proven: the text then stays as it is."""


@dataclass(frozen=True, slots=True)
class Parser:
    """`plain`: for a field, the regular expression of texts that already stand as they should (whole text, RE2 and re).

    `reader`: from different texts of a column and its field, the function that reads one. `asks`: whether it has to see all
    of them, because a column can prove what one text does not; else it gets those that are not plain.
    """

    plain: Callable[[Field], str]
    reader: Callable[[Sequence[str], Field], Reader]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Splitter:
    """How one text becomes `fields` values."""

    fields: int
    apart: Callable[[str], tuple[str, ...] | None]

    def split(self, text: str) -> tuple[str, ...] | None:
        """Return the values, None where a text cannot be taken apart with certainty."""
        return self.apart(text) if len(text) <= LONGEST else None


def always(read: Reader) -> Callable[[Sequence[str], Field], Reader]:
    """Return the `reader` of a parser that looks at one text only."""
    return lambda _values, _field: read


@cache
def names() -> frozenset[str]:
    """Return the names of all parsers and splitters: what `parser:` in a definition or recipe may say."""
    return frozenset(path.stem for path in Path(__file__).parent.glob("*.py") if _offered(path.stem))


def _offered(name: str) -> Parser | Splitter | None:
    if name.startswith("_"):
        return None
    module = import_module(f"publish.parsers.{name}")
    found = getattr(module, "PARSER", None) or getattr(module, "SPLITTER", None)
    return found if isinstance(found, Parser | Splitter) else None


def parser(name: str) -> Parser:
    """Return a parser by name; DefinitionError with the nearest name when there is none."""
    found = _offered(name) if name in names() else None
    if isinstance(found, Parser):
        return found
    raise _unknown(name)


def splitter(name: str) -> Splitter | None:
    """Return a splitter by name, None when that name is a parser of one value; DefinitionError when it is neither."""
    found = _offered(name) if name in names() else None
    if found is None:
        raise _unknown(name)
    return found if isinstance(found, Splitter) else None


def parser_of(field: Field) -> Parser | None:
    """Return the parser that a field's definition names, else the one of its type; None for plain text."""
    by_type = {"integer": "number", "number": "number", "date": "date", "time": "time", "year": "year", "boolean": "truth"}
    name = field.parser or by_type.get(field.type)
    return parser(name) if name else None


def _unknown(name: str) -> DefinitionError:
    hint_ja, hint_en = did_you_mean(name, names())
    return DefinitionError(
        f"「{name}」という読み方(parser)はありません。{hint_ja}",
        f"There is no parser {name!r}.{hint_en}",
        fix_ja="使えるのは " + "、".join(sorted(names())) + " です。",
        fix_en="Valid are: " + ", ".join(sorted(names())) + ".",
        code="unknown-parser",
    )
