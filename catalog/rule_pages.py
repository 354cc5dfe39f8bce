"""What each check means: docs/rules/<code>.md read back, for pages that name checks to readers who have no clone of ours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog.text import Text

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "rule_texts"
"""Inside the wheel; in a checkout the folder `docs/rules/` is used instead."""
_BROKEN = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
"""A line that ends between two Japanese letters: there is no blank between the words."""
_SECTIONS = ("何を見るか", "なぜ見るか", "例", "どう直すか", "見ないもの")


@dataclass(frozen=True, slots=True)
class RulePage:
    """One check: what it looks at, why, an example as it stands in a table, how to correct it, what it leaves alone."""

    code: str
    title: Text
    looks: Text
    why: Text
    example: str
    fix: Text
    leaves: Text


@cache
def rule_pages() -> Mapping[str, RulePage]:
    """Return the pages by code, in the order of the codes."""
    folder = _SHIPPED if _SHIPPED.is_dir() else _HERE.parent / "docs" / "rules"
    paths = sorted(path for path in folder.glob("*.md") if path.stem != "README")
    return {path.stem: _parsed(path.stem, path.read_text("utf-8")) for path in paths}


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
    plain = [" ".join(_BROKEN.sub("", paragraph.replace("`", "")).split()) for paragraph in paragraphs]
    english = [paragraph for paragraph in plain if _is_english(paragraph)]
    return Text(ja="".join(paragraph for paragraph in plain if paragraph not in english), en=" ".join(english))


def _is_english(paragraph: str) -> bool:
    # Each quotes words of the other; only Japanese sentences end with this.
    return "。" not in paragraph
