"""Searching very many texts for a pattern that few match, or a form that few lack: first in blocks, then text by text.

A search starts anew for every text, which costs ten times what searching costs. Joined to blocks, a million short texts are
passed over in a hundredth of a second; only the texts of blocks in which something was found are looked at one by one.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_BLOCK = 256
_TEXT_EDGE = re.compile(r"\\[Az]|\(\?[a-z]*-")
"""What means the edge of the whole text, or turns a mode off: a block says nothing about such a pattern."""
_LINE_EDGE = re.compile(r"(?<!(?<!\\)\[)\^|\$|\\[bB]")
"""What means the edge of a text: such a pattern needs blocks in which the texts are apart."""
_MAY_BREAK = re.compile(r"\[\^|\\[spPWDCnrvfx0-9]|\(\?[a-z]*s")
"""What may stand for a line break, too: two lines of a block could be taken for one text of such a form."""


@dataclass(frozen=True)
class Searched:
    """`texts`: utf8[N], whose blocks are kept once they were needed."""

    texts: pa.StringArray

    @cached_property
    def run(self) -> pa.StringArray:
        """The texts in blocks of 256, one after the other as they lie in memory: nothing is copied."""
        _, offsets, data = self.texts.buffers()
        bounds = np.frombuffer(offsets, np.int32, len(self.texts) + 1, self.texts.offset * 4) if len(self.texts) else [0]
        starts = np.append(bounds[:-1:_BLOCK], bounds[-1]).astype(np.int32)
        return pa.StringArray.from_buffers(len(starts) - 1, pa.py_buffer(starts), data or pa.py_buffer(b""))

    @cached_property
    def lines(self) -> pa.StringArray:
        """The texts in blocks of 256, one to a line."""
        starts = np.append(np.arange(0, len(self.texts), _BLOCK), len(self.texts)).astype(np.int32)
        return pc.binary_join(pa.ListArray.from_arrays(pa.array(starts), self.texts), "\n")

    def like(self, pattern: str) -> Places:
        """Return the positions (ascending) of the texts in which an RE2 pattern is found."""
        if _TEXT_EDGE.search(pattern):
            return np.flatnonzero(_matches(self.texts, pattern))
        if not _LINE_EDGE.search(pattern):
            return self._in_blocks(_matches(self.run, pattern), pattern)
        # ^ and $ mean the ends of a line here, so that whatever is found in a text is found in its block.
        return self._in_blocks(_matches(self.lines, f"(?m){pattern}"), pattern)

    def unlike(self, form: str) -> Places:
        """Return the positions (ascending) of the texts that are neither blank nor wholly of an RE2 form."""
        whole = f"(?:{form})?"
        if _MAY_BREAK.search(form):
            return np.flatnonzero(~_matches(self.texts, rf"\A{whole}\z"))
        sizes = np.full(len(self.lines), _BLOCK)
        sizes[-1:] = len(self.texts) - _BLOCK * (len(self.lines) - 1)
        proven = _matches(self.lines, rf"\A(?:{whole}\n)*{whole}\z")
        proven &= np.asarray(pc.count_substring(self.lines, "\n")) == sizes - 1
        return self._in_blocks(~proven, rf"\A{whole}\z", wanted=False)

    def _in_blocks(self, blocks: Mask, pattern: str, *, wanted: bool = True) -> Places:
        """Return the positions in some blocks of the texts in which a pattern is found, or is not."""
        if blocks.all():
            return np.flatnonzero(_matches(self.texts, pattern) == wanted)
        places = (np.flatnonzero(blocks)[:, None] * _BLOCK + np.arange(_BLOCK)).ravel()
        places = places[places < len(self.texts)]
        found: Places = places[_matches(self.texts.take(pa.array(places)), pattern) == wanted]
        return found


def _matches(texts: pa.Array, pattern: str) -> Mask:
    return np.array(pc.match_substring_regex(texts, pattern), bool)
