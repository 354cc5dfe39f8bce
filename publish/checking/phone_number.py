"""Telephone numbers as they are dialled: how many digits each has, and which stand in a text between words."""

import re

from publish.parsers.phone import folded

FORM = re.compile(r"[0-9+(#][0-9()+ /#-]*")
"""A cell that holds numbers only; short ones begin with a sign (#7119)."""
_SHORT = re.compile(r"1(?:0[0-9]|1[0-9]|7[0-9]|8[0-9]|9[0-9])|#?[0-9]{4}")
"""Three digits beginning with 1 (110, 118, 119, 171, 188 …), and short numbers of four (#7119, #8000)."""
_LONG = re.compile(
    r"0[1-9][1-9][0-9]{7}"  # area codes, 0120, 0570, 0990
    r"|0[2-9]0[0-9]{8}"  # 020, 050, 060, 070, 080, 090, toll-free 0800
    r"|0200[0-9]{10}"
)
_ABROAD = re.compile(r"\+(?!81)[1-9][0-9]{6,14}")
_INSIDE = re.compile(
    r"(?<![0-9-])(?:(?:\+81 ?)?(?:\([0-9]{2,5}\)|[0-9]{2,5})[- ]?[0-9]{1,4}[- ][0-9]{3,4}|0[0-9]{9,10})(?![0-9-])"
)
_STOREY = 2
"""Digits beside the numbers that may belong to words, as in 2階; more are a number that was not understood."""
_OTHERS = re.compile(r"内線|FAX|ファ(?:ッ)?クス|ファックス", re.IGNORECASE)
"""Words by which one of the numbers is something else."""


def can_be_dialled(text: str) -> bool:
    """Say whether every number of a cell has as many digits as its first digits ask for (総務省 電気通信番号の種別と構成).

    >>> list(map(can_be_dialled, ["054-626-1111", "(03)5353-5111", "0120-999999", "+81 (3)5253-5111", "119", "#7119"]))
    [True, True, True, True, True, True]
    >>> list(map(can_be_dialled, ["090-1234-5678 / 0570-00-0000", "626-1111", "54-626-1111", "054-626-111", "090-1234-567"]))
    [True, False, False, False, False]
    """
    return all(map(_is_number, text.split("/")))


def likely(text: str) -> str:
    """Return what a cell of telephone numbers probably ought to say: its numbers without the words, or with the zero it lost.

    >>> likely("054-626-1111(代表)"), likely("TEL：０５４－６２６－１１１１"), likely("54-626-1111"), likely("9012345678")
    ('054-626-1111', '054-626-1111', '054-626-1111', '09012345678')
    >>> likely("0120-000-000、054-626-1111"), likely("087-833-2282（087-839-2292）")
    ('0120-000-000 / 054-626-1111', '087-833-2282 / 087-839-2292')
    >>> likely("0120-000-000 / 090-1234-567"), likely("なし"), likely("626-1111")
    ('', '', '')
    >>> likely("054-626-1111(内線123)"), likely("054-626-1111 FAX 054-626-1112")
    ('', '')
    """
    half = folded(text)
    if _OTHERS.search(half):
        return ""
    if half[:1] in "123456789" and FORM.fullmatch(half) and can_be_dialled(f"0{half}"):
        return f"0{half}"
    found = _INSIDE.findall(half)
    left = sum(map(str.isdigit, _INSIDE.sub("", half)))
    return " / ".join(dict.fromkeys(found)) if left <= _STOREY and all(map(can_be_dialled, found)) else ""


def _is_number(text: str) -> bool:
    digits = re.sub(r"[() -]", "", text)
    if digits.startswith("+81"):
        digits = "0" + digits.removeprefix("+81").removeprefix("0")
    return bool(_SHORT.fullmatch(digits) or _LONG.fullmatch(digits) or _ABROAD.fullmatch(digits))
