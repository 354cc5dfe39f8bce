"""Styles of an old workbook (.xls) in which nothing is seen: white letters on no or white ground, a format without any text.

Source: MS-XLS 2.4.122 (Font), 2.4.126 (Format), 2.4.188 (Palette), 2.4.353 (XF), 2.5.161 (Icv). BIFF5 keeps the ground
elsewhere and is not looked at.
"""

import struct

_FONT, _FORMAT, _PALETTE, _XF = 0x0031, 0x041E, 0x0092, 0x00E0
_XF_LENGTH, _SOLID = 20, 1
_NO_FONT = 4
"""The number that no font has."""
_FIRST_OF_PALETTE = 8
_WHITE_RGB = b"\xff\xff\xff"
_NOTHING = frozenset((";;;", ";;", '""'))


class UnseenRecords:
    """What the records of the workbook itself have told of its styles so far."""

    def __init__(self) -> None:
        self._letters = list[int]()
        self._silent = set[int]()
        self._styles = list[tuple[int, int, int, int]]()
        self._white = {1, 9}

    def look(self, kind: int, data: bytes) -> None:
        """Take any record; one that is cut tells nothing."""
        if kind == _FONT and len(data) >= 6:
            self._letters += [0] if len(self._letters) == _NO_FONT else []
            self._letters.append(struct.unpack_from("<H", data, 4)[0])
        elif kind == _FORMAT and len(data) >= 5 and _text(data) in _NOTHING:
            self._silent.add(struct.unpack_from("<H", data)[0])
        elif kind == _PALETTE:
            colours = [data[place : place + 3] for place in range(2, len(data) - 3, 4)]
            self._white = {1} | {_FIRST_OF_PALETTE + place for place, colour in enumerate(colours) if colour == _WHITE_RGB}
        elif kind == _XF and len(data) >= _XF_LENGTH:
            font, form = struct.unpack_from("<2H", data)
            ground, colours = struct.unpack_from("<IH", data, 14)
            self._styles.append((font, form, ground >> 26, colours & 0x7F))

    def styles(self) -> frozenset[int]:
        """Return the numbers of the cell styles in which a text is not seen."""
        white = {font for font, colour in enumerate(self._letters) if colour in self._white}
        return frozenset(
            number
            for number, (font, form, pattern, ground) in enumerate(self._styles)
            if form in self._silent or (font in white and (not pattern or (pattern == _SOLID and ground in self._white)))
        )


def _text(data: bytes) -> str:
    count, wide = struct.unpack_from("<HB", data, 2)
    return data[5 : 5 + count * (1 + (wide & 1))].decode("utf-16-le" if wide & 1 else "latin-1", "replace")
