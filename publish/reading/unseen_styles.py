"""Styles of a workbook in which nothing is seen: white letters on no or white ground, a number format without any text."""

import re

_FONT = re.compile(rb"<font>(.*?)</font>|<font/>", re.DOTALL)
_FILL = re.compile(rb"<fill>(.*?)</fill>|<fill/>", re.DOTALL)
_WHITE = re.compile(
    rb'<color\b[^>]{0,100}?\b(?:rgb="(?:FF|00)FFFFFF"|theme="0"(?![^>]{0,100}\btint)|indexed="(?:1|9)")', re.IGNORECASE
)
_GROUND = re.compile(
    rb'<fgColor\b[^>]{0,100}?\b(?:rgb="(?:FF|00)FFFFFF"|theme="0"(?![^>]{0,100}\btint)|indexed="(?:1|9)")', re.IGNORECASE
)
_EMPTY_FORMAT = re.compile(
    rb'<numFmt\b(?=[^>]{0,400}?\bformatCode="(?:;;;|;;|&quot;&quot;)(?:@?"|;")[^>]{0,20})[^>]{0,400}?\bnumFmtId="([0-9]{1,6})"'
)
_CELL_STYLES = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<xf\b([^>]{0,1000})>")
_ATTRIBUTE = re.compile(rb'\b(fontId|fillId|numFmtId)="([0-9]{1,6})"')


def unseen_styles(styles: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell styles of styles.xml (ECMA-376 part 1, 18.8) in which a text is not seen."""
    white = {n for n, found in enumerate(_FONT.finditer(styles)) if found[1] and _WHITE.search(found[1])}
    silent = {int(number) for number in _EMPTY_FORMAT.findall(styles)}
    block = _CELL_STYLES.search(styles)
    if not block or not (white or silent):
        return frozenset()
    dark = {n for n, found in enumerate(_FILL.finditer(styles)) if found[1] and _is_dark(found[1])}
    unseen = set()
    for number, style in enumerate(_STYLE.findall(block[0])):
        of = {name: int(value) for name, value in _ATTRIBUTE.findall(style)}
        on_white = of.get(b"fontId", 0) in white and of.get(b"fillId", 0) not in dark
        if on_white or of.get(b"numFmtId", 0) in silent:
            unseen.add(str(number).encode())
    return frozenset(unseen)


def _is_dark(fill: bytes) -> bool:
    """Say whether a ground is coloured, so that white letters are read on it."""
    return b'patternType="none"' not in fill and b"patternType" in fill and not _GROUND.search(fill)
