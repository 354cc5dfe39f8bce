"""EUC-JP as offices write it, strictly: JIS X 0208 and 0212, half-width kana, and the characters that Windows adds.

Python's own codec lacks ①㈱髙﨑 and reads ～∥－ as 〜‖−. Here a pair of bytes means what the same code means in CP932, as the
WHATWG Encoding Standard (§12.1, index jis0208) and code page 51932 have it. What only JIS X 0213 knows is refused.
"""

import codecs

_HANDLER = "machizu-euc-jp"
_AS_WINDOWS = (("\u301c", "～"), ("\u2016", "∥"), ("\u2212", "－"), ("\u00a2", "￠"), ("\u00a3", "￡"), ("\u00ac", "￢"))


class EucDecoder:
    """Decodes block by block; UnicodeDecodeError at the first byte that is no EUC-JP."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("euc_jp")(_HANDLER)

    def decode(self, data: bytes | memoryview, final: bool = False) -> str:
        """Return the text of the next block; a character cut at its end is kept for the next one."""
        text = self._decoder.decode(data, final)
        for theirs, ours in _AS_WINDOWS:
            text = text.replace(theirs, ours)
        return text


def _vendor(problem: UnicodeError) -> tuple[str, int]:
    """Read a pair of bytes in the rows of Windows (13, 89–92) that Python's codec does not know."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    pair = problem.object[problem.start : problem.start + 2]
    try:
        return _as_cp932(pair).decode("cp932"), problem.start + 2
    except (UnicodeDecodeError, ValueError):
        raise problem from None


def _as_cp932(pair: bytes) -> bytes:
    """Move a code from EUC's grid of 94 × 94 into that of Shift_JIS (JIS X 0208:1997, annex 1); ValueError outside of it."""
    if len(pair) != 2 or not all(0xA1 <= byte <= 0xFE for byte in pair):
        raise ValueError
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + (0x9F if row % 2 else 0x40 if cell < 63 else 0x41)
    return bytes((lead, trail))


codecs.register_error(_HANDLER, _vendor)
