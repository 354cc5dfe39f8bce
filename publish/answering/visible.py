"""Text from files made harmless and readable for a sentence: control characters are shown, not sent to the terminal."""

import unicodedata

_LONGEST = 40
_NAMED = {"\n": "⏎", "\r": "", "\t": "→", "\x7f": "␡"}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that do something else than show themselves: escapes, turns of direction, zero widths."""


def visible(text: str, longest: int = _LONGEST) -> str:
    r"""Return a text with every control character made visible, cut to a length.

    >>> visible("\x1b[31m赤"), visible("山\u202e川"), visible("一行目\n二行目"), visible("あ" * 50, 5)
    ('␛[31m赤', '山<202E>川', '一行目⏎二行目', 'ああああ…')
    """
    shown = "".join(map(_shown, text[: longest * 2]))
    return shown if len(shown) <= longest and len(text) <= longest * 2 else shown[: longest - 1] + "…"


def _shown(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character < " ":
        return chr(0x2400 + ord(character))
    return f"<{ord(character):04X}>" if unicodedata.category(character) in _HIDDEN else character
