"""Spans: the merged cells of a sheet as rows and columns, for headings that stand over several of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish.table.file_facts import FileFacts
from publish.table.position import column_number

_RANGE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """One merged range; rows counted from 1 as the spreadsheet does, columns from 0 as a grid does, all inclusive."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def wide(self) -> bool:
        """Whether it holds more than one column."""
        return self.right > self.left


def spans_of(facts: FileFacts) -> Sequence[Span]:
    """Return the merged ranges that reading has kept of a sheet."""
    found = filter(None, map(_RANGE.fullmatch, facts.merged.first))
    return [Span(int(one[2]), int(one[4]), column_number(one[1]) - 1, column_number(one[3]) - 1) for one in found]
