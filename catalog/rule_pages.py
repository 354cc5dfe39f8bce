"""What each check means: docs/rules/<code>.md read back, for pages that name checks to readers who have no clone of ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog.text import Text

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "rule_texts"
"""Inside the wheel; in a checkout the folder `docs/rules/` is used instead."""
_BROKEN = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
"""A line that ends between two Japanese letters: there is no blank between the words."""
_LINK = re.compile(r"\[`?(?P<code>[a-z-]+)`?\]\((?P=code)\.md\)")
_ASIDE = re.compile(r"\s*\(\[[^\]]*\]\([^)]*\)\)")
"""A link in brackets to what a reader of the page has not, such as the sources of the unified rules."""
_LATIN, _OTHER = re.compile("[A-Za-z]"), re.compile(r"[^\x00-\x7f]")
_LISTED = re.compile(r"^\| \[`([a-z-]+)`\]", re.MULTILINE)
_INDEX = "README.md"
_SECTIONS = ("何を見るか", "なぜ見るか", "例", "どう直すか", "見ないもの")


@dataclass(frozen=True, slots=True)
class RulePage:
    """One check: what it looks at, why, an example as it stands in a table, how to correct it, what it leaves alone.

    In the texts `[code](#code)` names another check: see `pieces`.
    """

    code: str
    title: Text
    looks: Text
    why: Text
    example: str
    fix: Text
    leaves: Text


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Checks of one kind, in the order in which the list of checks names them."""

    title: Text
    pages: tuple[RulePage, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text, or the code of another check."""

    words: str
    code: str = ""


@cache
def rule_pages() -> Mapping[str, RulePage]:
    """Return the pages by code, in the order of the codes."""
    paths = sorted(path for path in _folder().glob("*.md") if path.name != _INDEX)
    return {path.stem: _parsed(path.stem, path.read_text("utf-8")) for path in paths}


@cache
def rule_groups() -> tuple[RuleGroup, ...]:
    """Return the pages by the headings of docs/rules/README.md, under which each stands once."""
    _, *parts = re.split(r"^## (.+)$", (_folder() / _INDEX).read_text("utf-8"), flags=re.MULTILINE)
    listed = [(title.split(" · "), _LISTED.findall(body)) for title, body in zip(parts[::2], parts[1::2], strict=True)]
    return tuple(
        RuleGroup(Text(ja=ja, en=en), tuple(rule_pages()[code] for code in codes)) for (ja, en), codes in listed if codes
    )


def pieces(text: str) -> Iterator[Piece]:
    """Take a text of a page apart at the checks that it names.

    >>> [(piece.words, piece.code) for piece in pieces("See [no-rows](#no-rows).")]
    [('See ', ''), ('', 'no-rows'), ('.', '')]
    """
    for number, part in enumerate(re.split(r"\[[a-z-]+\]\(#([a-z-]+)\)", text)):
        yield Piece("", part) if number % 2 else Piece(part)


def _folder() -> Path:
    return _SHIPPED if _SHIPPED.is_dir() else _HERE.parent / "docs" / "rules"


def _parsed(code: str, text: str) -> RulePage:
    head, *bodies = re.split(r"^## .+$", text, flags=re.MULTILINE)
    titles = [line for line in head.splitlines() if line.strip()]
    looks, why, example, fix, leaves = (_paragraphs(body) for body in bodies[: len(_SECTIONS)])
    title = Text(ja=titles[0].split("` ", 1)[1], en=titles[1].strip("*"))
    return RulePage(
        code, title, _both(looks), _both(why), "\n".join(example).replace("```", "").strip("\n"), _both(fix), _both(leaves)
    )


def _paragraphs(body: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n{2,}", body.strip("\n")) if paragraph.strip()]


def _both(paragraphs: Iterable[str]) -> Text:
    """Return the Japanese and the English paragraphs of a section as one text each."""
    plain = [_plain(paragraph) for paragraph in paragraphs]
    english = [paragraph for paragraph in plain if _is_english(paragraph)]
    return Text(ja="".join(paragraph for paragraph in plain if paragraph not in english), en=" ".join(english))


def _plain(paragraph: str) -> str:
    linked = _LINK.sub(r"[\g<code>](#\g<code>)", _ASIDE.sub("", paragraph))
    return " ".join(_BROKEN.sub("", linked.replace("`", "")).split())


def _is_english(paragraph: str) -> bool:
    # Each quotes words of the other; only Japanese sentences end with 。, but a line that names a standard has no end.
    return "。" not in paragraph and len(_LATIN.findall(paragraph)) > len(_OTHER.findall(paragraph))
