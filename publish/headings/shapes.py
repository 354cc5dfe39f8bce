"""Shapes: columns whose heading says nothing and whose values can only be one kind of thing: 法人番号 by its check digit,
postal codes by 〒 or hyphen, weekdays. Telephone numbers and names are not among them: nobody knows whose they are.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from catalog.corporate_number import is_valid
from catalog.dataset import Dataset, Field
from publish.headings.matching import Match
from publish.parsers.parser import LONGEST, parser
from publish.parsers.width import half_width

_FEWEST = 2
"""Different texts of which a shape is seen; one may be chance."""
_POSTAL = re.compile("〒?[0-9]{3}-[0-9]{4}|〒[0-9]{7}")


def _published(name: str, text: str, dataset: Dataset, field: str) -> str:
    """Return a text as the parser of that name reads it for a field."""
    reading = parser(name).reader([text], dataset.field(field))(text)
    return reading.text if reading else text


_SHAPES: Mapping[str, Callable[[str, str], bool]] = {
    "corporate_number": lambda _, read: is_valid(read),
    "postal_code": lambda text, _: bool(_POSTAL.fullmatch(half_width(text))),
    "weekday": lambda _, read: set(read) <= set("月火水木金土日"),
}
"""By parser: whether a text, and what the parser makes of it, is of that shape."""


def _have_shape(texts: Sequence[str], dataset: Dataset, field: Field) -> bool:
    """Say whether all texts are of the shape of a field; the first that is not ends the question."""
    name, longest = field.parser or "", 0
    for text in texts:
        read = _published(name, text.strip(), dataset, field.name)
        if not _SHAPES[name](text, read):
            return False
        longest = max(longest, len(read))
    return name != "weekday" or longest > 1  # one letter alone may be anything (日, 月)


def by_shape(one: Match, texts: Sequence[str], dataset: Dataset, taken: set[str]) -> Match | None:
    """Return the match of a column to the one free field of its shape, None where there is none, or several."""
    if len(texts) < _FEWEST or max(map(len, texts)) > LONGEST:
        return None
    free = [field for field in dataset.published if field.parser in _SHAPES and field.personal == "none"]
    found = [field.name for field in free if field.name not in taken and _have_shape(texts, dataset, field)]
    return Match(one.heading, found[0], "shape") if len(found) == 1 else None
