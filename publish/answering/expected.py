"""What belongs in a field, said in words a clerk understands: from its type, bounds, codes and the definition's example."""

from collections.abc import Sequence
from datetime import date, time

from catalog.dataset import Dataset, Field
from publish.answering.commands import show_definition
from publish.answering.visible import visible
from publish.answering.words import has_words, words

_LISTED = 14
"""Codes named in full (13 use districts are the longest list that a clerk can be expected to read)."""
_SOME = 5
"""Of a longer list so many stand for all."""
_EXAMPLES = {"integer": "12", "number": "12.5", "year": "2026", "boolean": "true"}


def expected(field: Field, lang: str, dataset: str) -> str:
    """Return a phrase such as 「20から46までの数字」 or 「有」か「無」; `dataset` is where a long list of codes can be seen."""
    limits = field.constraints
    if limits.enum:
        return _codes([code for code in limits.enum if code], lang, dataset)
    if field.type == "string":
        name = f"string.{field.format}"
        return words(name if has_words(name, lang) else "string.other", lang)
    return _between(field.type, limits.minimum, limits.maximum, lang, example=_sample(field))


def expected_length(field: Field, lang: str) -> str:
    """Return a phrase such as 「2文字から10文字まで」."""
    least, most = field.constraints.min_length, field.constraints.max_length
    if least is not None and least == most:
        return words("length.exact", lang, minimum=least)
    return _between("length", None if least is None else str(least), None if most is None else str(most), lang)


def example(dataset: Dataset, field: Field) -> str:
    """Return a value of the definition's own example, of a number as handed in too, else a usual one, or nothing."""
    handed_in = dataset.example.given if field.type == "number" else ()
    given = (row.get(field.name, "") for row in (*dataset.example.yields, *handed_in))
    return next(filter(None, given), _sample(field))


def _between(kind: str, minimum: str | None, maximum: str | None, lang: str, example: str = "") -> str:
    shape = "between" if minimum and maximum else "least" if minimum else "most" if maximum else "plain"
    return words(f"{kind}.{shape}", lang, minimum=minimum, maximum=maximum, example=example)


def _codes(codes: Sequence[str], lang: str, dataset: str) -> str:
    if len(codes) == 1:
        return words("code.one", lang, value=visible(codes[0]))
    if len(codes) == 2:
        return words("code.two", lang, first=visible(codes[0]), second=visible(codes[1]))
    named = codes if len(codes) <= _LISTED else codes[:_SOME]
    listed = [words("code.quote", lang, value=visible(code)) for code in named]
    join = "" if lang == "ja" else ", "
    if len(codes) > _LISTED:
        return words("code.many", lang, listed=join.join(listed), count=len(codes), command=show_definition(dataset))
    return words("code.some", lang, listed=join.join(listed))


def _sample(field: Field) -> str:
    if field.type == "date":
        return date(2026, 4, 1).strftime("%Y-%m-%d" if field.format in ("default", "any") else field.format)
    if field.type == "time":
        return time(9).strftime({"default": "%H:%M:%S", "any": "%H:%M"}.get(field.format, field.format))
    usual = _EXAMPLES.get(field.type, "")
    return _within(usual, field) if field.type in ("integer", "number", "year") else usual


def _within(usual: str, field: Field) -> str:
    """Return a usual number, or one that the field's bounds allow: 33, of latitudes from 20 to 46."""
    least, most = (None if bound is None else float(bound) for bound in (field.constraints.minimum, field.constraints.maximum))
    low, high = (float("-inf") if least is None else least), (float("inf") if most is None else most)
    if low <= float(usual) <= high:
        return usual
    inside = (low + high) / 2 if least is not None and most is not None else low if least is not None else high
    return f"{inside:.0f}" if low <= round(inside) <= high else f"{inside:g}"
