"""Quoting: a name from a file as an argument of a command that a person copies into a shell."""

import os
import re
import shlex

from publish.answering.visible import visible

_PLAIN = re.compile(r"[\w@%+=:,./\\-]+")
_LONGEST = 1000


def quoted(text: str) -> str:
    """Return an argument as a shell takes it; names in Japanese need no quotes, and look better without."""
    shown = visible(text, _LONGEST)
    if shown.startswith("-"):
        shown = f"./{shown}"  # a file, not an option
    if _PLAIN.fullmatch(shown):
        return shown
    return '"' + shown.replace('"', "") + '"' if os.name == "nt" else shlex.quote(shown)
