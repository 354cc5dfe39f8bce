"""Years: 2026年, 令和8年, R8 to YYYY. 年度 is a fiscal year: read only where the field itself is one (布設年度)."""

import re
from collections.abc import Sequence
from datetime import date

from catalog.dataset import Field
from publish.parsers.date import ERAS, era_year
from publish.parsers.kanji_number import dates_in_digits
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.width import half_width

_WESTERN = re.compile(r"([12][0-9]{3})(?:\.0+)?(年|年度)?")
_JAPANESE = re.compile(r"(令和|平成|昭和|大正|明治|[令平昭大明RHSTM])\.?([0-9]{1,2}|元)(年|年度)?", re.IGNORECASE)


def _reader(_values: Sequence[str], field: Field) -> Reader:
    fiscal = field.name.endswith("年度")
    return lambda text: _read(text, fiscal)


def _read(text: str, fiscal: bool) -> Reading | None:
    folded = dates_in_digits(re.sub(r"\s+", "", half_width(text)))
    if found := _WESTERN.fullmatch(folded):
        return Reading(found[1], "year-unit") if fiscal or found[2] != "年度" else None
    found = _JAPANESE.fullmatch(folded)
    if not found or (found[3] == "年度" and not fiscal):
        return None
    year = era_year(found[1], found[2])
    first, last = next((first, last) for name, letter, first, last in ERAS if found[1].upper() in (name, name[0], letter))
    return Reading(str(year), "date-era") if first.year <= year <= min(last.year, date.max.year) else None


PARSER = Parser(lambda _field: "[0-9]{4}", _reader)
