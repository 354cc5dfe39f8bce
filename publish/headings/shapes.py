"""Shapes: columns whose heading says nothing and whose values can only be one kind of thing: 法人番号 by its check digit,
postal codes by 〒 or hyphen, weekdays. Telephone numbers and names are not among them: nobody knows whose they are.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from catalog.corporate_number import is_valid
from catalog.dataset import Dataset
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


def _are_weekdays(texts: Sequence[str]) -> bool:
    return all(set(text) <= set("月火水木金土日") for text in texts) and any(len(text) > 1 for text in texts)


_SHAPES: Mapping[str, Callable[[Sequence[str], Sequence[str]], bool]] = {
    "corporate_number": lambda _, read: all(map(is_valid, read)),
    "postal_code": lambda texts, _: all(_POSTAL.fullmatch(half_width(text)) for text in texts),
    "weekday": lambda _, read: _are_weekdays(read),
}
"""By parser: whether texts, and what the parser makes of them, are all of that shape."""


def by_shape(one: Match, texts: Sequence[str], dataset: Dataset, taken: set[str]) -> Match | None:
    """Return the match of a column to the one free field of its shape, None where there is none, or several."""
    if len(texts) < _FEWEST or max(map(len, texts)) > LONGEST:
        return None
    found = []
    for field in dataset.published:
        fits = _SHAPES.get(field.parser or "")
        if fits and field.name not in taken and field.personal == "none":
            read = [_published(field.parser or "", text.strip(), dataset, field.name) for text in texts]
            found += [field.name] if fits(texts, read) else []
    return Match(one.heading, found[0], "shape") if len(found) == 1 else None
