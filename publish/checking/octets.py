"""The bytes of a column of Arrow text, so that questions about a million cells are a few operations on whole arrays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Prints = npt.NDArray[np.uint64]
_WORD = 8
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_KEPT = np.array([(1 << (8 * left)) - 1 for left in range(_WORD)] + [2**64 - 1], np.uint64)
"""By the number of bytes that a word still holds: the mask that leaves them."""


@dataclass(frozen=True, slots=True)
class Octets:
    """N texts in UTF-8: `data` are their bytes one after the other, text n lies from `starts[n]` to `ends[n]`."""

    starts: Rows
    ends: Rows
    data: Bytes

    @classmethod
    def of(cls, cells: pa.StringArray) -> "Octets":
        """Look at an Arrow array of type string without copying its bytes; where it has nulls the bytes mean nothing."""
        _, offsets, data = cells.buffers()
        if not len(cells):
            return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))
        bounds = np.frombuffer(offsets, np.int32, len(cells) + 1, cells.offset * 4).astype(np.int64)
        octets = np.frombuffer(data or b"", np.uint8)[bounds[0] : bounds[-1]]
        bounds -= bounds[0]
        return cls(bounds[:-1], bounds[1:], octets)

    @property
    def lengths(self) -> Rows:
        """Return the number of bytes of every text."""
        return self.ends - self.starts

    def first(self) -> Bytes:
        """Return the first byte of every text, 0 where it is blank."""
        if not len(self.data):
            return np.zeros(len(self.starts), np.uint8)
        first: Bytes = self.data[np.minimum(self.starts, len(self.data) - 1)]
        first[self.starts == self.ends] = 0
        return first

    def rows_of(self, positions: Rows) -> Rows:
        """Return for positions in `data` the text that each belongs to."""
        return np.searchsorted(self.starts, positions, side="right") - 1

    def square(self, rows: Rows, width: int) -> Bytes:
        """Return the bytes of texts that all have that many, as an array of (rows, width)."""
        if len(rows) * width == len(self.data):
            return self.data.reshape(len(rows), width)
        squared: Bytes = self.data[self.starts[rows][:, None] + np.arange(width)]
        return squared

    def prints(self) -> Prints:
        """Return one number per text, the same for the same text. Different texts may share one, but hardly ever do."""
        padded = np.concatenate([self.data, np.zeros(_WORD, np.uint8)])
        words = np.ndarray((len(padded) - _WORD + 1,), "<u8", padded, strides=(1,))
        left = self.lengths
        prints = left.astype(np.uint64) * _MULTIPLIER
        rows, at = np.arange(len(left)), self.starts
        while len(rows):
            word = words[at] & _KEPT[np.minimum(left, _WORD)]
            mixed = (prints[rows] ^ word) * _MULTIPLIER
            prints[rows] = mixed ^ (mixed >> _SHIFT)
            longer = left > _WORD
            rows, at, left = rows[longer], at[longer] + _WORD, left[longer] - _WORD
        return prints
