"""Our own scripts as they are sent: without the comments and indentation that are written for people, a third lighter.

No minifier: names and lines stay, so that an error in a browser still points at something one can find.
"""

import re

_PIECES = re.compile(
    r"""
    ("(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*`)   # texts stay as they are
    | /\*.*?\*/                                                       # comments between signs
    | ^[ \t]*//[^\n]*\n                                               # lines that are comments
    | ^[ \t]+                                                         # indentation
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def lean(source: str) -> str:
    r"""Return a script without comments, indentation and blank lines.

    >>> lean("/** Add. */\nfunction add(a, b) {\n  // Simple.\n  return a + b; /* sum */\n}\n")
    'function add(a, b) {\nreturn a + b; \n}\n'
    >>> lean("const url = 'http://a/*';\n")
    "const url = 'http://a/*';\n"
    """
    stripped = _PIECES.sub(lambda match: match[1] or "", source)
    return re.sub(r"\n{2,}", "\n", stripped).lstrip("\n")
