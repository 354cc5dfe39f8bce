"""FileFacts: how a file is made, beyond its cells: merged cells, formulas, objects, numbers kept as text, laid-out headings.

Reading notices it in passing; rules turn it into advice for the source file. Nothing of it is needed to publish.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """How many there are, and where the first ones stand ("B2", or "B2:D2")."""

    count: int = 0
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """One kind of matter that a file carries unseen, and where."""

    kind: str
    """sheet, very-hidden, rows, columns, unseen, comments, pivot, embedded, external, revision, names, properties, author,
    paths, outside; of archives and maps: members, tables."""
    holder: str = ""
    """The sheet that holds it, "" where the file does."""
    cells: tuple[str, ...] = ()
    """Cells, rows, columns or names; the first thousand."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of one part; all of it empty for a part that cannot have it, such as formulas of a CSV."""

    merged: Marks = Marks()
    formulas: Marks = Marks()
    objects: Mapping[str, int] = field(default_factory=dict)
    """picture, shape or chart → how many lie on the sheet."""
    text_numbers: Mapping[str, Rows] = field(default_factory=dict)
    """Column letter → int64 rows, as the spreadsheet counts, in which a number is kept as text."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Heading → how it is written in the file, where that has spaces or line breaks which the heading does not need."""
    hidden: tuple[Hidden, ...] = ()
    """What the file carries unseen: on the first part of a file, since it is about the whole of it."""

    outside: Mapping[str, str] = field(default_factory=dict)
    """Cell → text where something stands in a column without heading; the first thousand."""


NO_FACTS = FileFacts()
