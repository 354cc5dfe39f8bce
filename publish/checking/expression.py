"""Regular expressions that RE2 may answer in place of Python: whatever it accepts, Python's `re` accepts too."""

import re

_LITERAL = r"[^\\.^$|*+?{}()\[\]]"
_ESCAPED = r"\\[-.()/+*?|\[\]{}^$\\]"
_CLASS = rf"\[(?:[^\\\[\]^]|{_ESCAPED}|\\[dws])(?:[^\\\[\]]|{_ESCAPED}|\\[dws])*\]"
_NOT_CLASS = rf"\[\^(?:[^\\\[\]]|{_ESCAPED})+\]"
_ATOM = re.compile(rf"(?:{_LITERAL}|{_ESCAPED}|\\[dws]|\.|{_CLASS}|{_NOT_CLASS})")
_TIMES = re.compile(r"(?:[*+?]|\{[0-9]{1,3}(?:,(?:[0-9]{1,3})?)?\})\??(?![*+?{])")
_OPEN = re.compile(r"\((?:\?:|(?!\?))")


def for_re2(pattern: str) -> str | None:
    r"""Return a whole-text expression for RE2, or None where it could accept what `re.match("^pattern$")` does not.

    Taken over are literals, classes, groups, alternatives and counts. Left to Python are anchors inside, look-arounds,
    back-references and what the two write differently. Alternatives outside of a group accept more in Python (`^a|b$` takes
    `ax`), never less; so do `\d`, `\w` and `\s`, which mean ASCII to RE2, where nothing negates them.
    """
    pattern = pattern.removeprefix("^")
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = pattern[:-1]
    return rf"\A(?:{pattern})\z" if _harmless(pattern) else None


def _harmless(pattern: str) -> bool:
    place, depth = 0, 0
    while place < len(pattern):
        if opened := _OPEN.match(pattern, place):
            place, depth = opened.end(), depth + 1
            continue
        if pattern[place] == "|":
            place += 1
            continue
        if pattern[place] == ")" and depth:
            place, depth = place + 1, depth - 1
        elif atom := _ATOM.match(pattern, place):
            place = atom.end()
        else:
            return False
        if place < len(pattern) and (times := _TIMES.match(pattern, place)):
            place = times.end()
    return not depth
