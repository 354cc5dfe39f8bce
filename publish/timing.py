"""Timing: the day that a table describes, and the period of each row of a series.

Both are typed by staff or stand in a name or column; they are never taken from a file's own time.
"""

import re
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.errors import RecipeError
from publish.constants import around, day_around, found_in, name_of
from publish.headings.addressing import Addresses
from publish.parsers.date import read_date
from publish.parsers.name_date import date_in_name
from publish.reading.periods import last_day, periods_of, titled_month
from publish.recipe import AsOf, Recipe
from publish.table.finding import Finding
from publish.table.table import RawTable, Table

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_LENGTH = {"month": 7, "year": 4}


def as_of(table: Table, raw: RawTable, recipe: Recipe) -> tuple[str, tuple[Finding, ...]]:
    """Return the newest day (ISO) that the recipe's `as_of` yields, "" with a finding when it yields none."""
    wanted = recipe.as_of
    if wanted == "":
        return "", ()
    if isinstance(wanted, str):
        return _typed_day(wanted), ()
    texts = _texts(table, raw, wanted, "as_of")
    months = _holds_months(table, wanted)
    days = [day for text in texts.unique().to_pylist() if (day := _day(text, months=months))]
    if days:
        return max(days), ()
    sample = next((text for text in texts.to_pylist() if text), "")
    return "", (Finding("as-of-not-found", "warning", 0, value=sample, values={"from": wanted.source}),)


def _holds_months(table: Table, wanted: AsOf) -> bool:
    """Say whether the column holds months as such (年月): what is counted in a month is known on its last day."""
    field = _field_of(table, wanted.column) if wanted.source == "column" else None
    return field is not None and table.dataset.field(field).parser == "month"


def _day(text: str, *, months: bool) -> str:
    """Return the day that a text says, of a month in a column of months the last one; "" for anything else."""
    found = _exact(text)
    if months and _MONTH.fullmatch(found):
        return last_day(found)
    return found if _DAY.fullmatch(found) else ""


def periods(table: Table, raw: RawTable, recipe: Recipe) -> tuple[pa.Array | None, tuple[Finding, ...]]:
    """Return utf8[N]: "YYYY-MM" or "YYYY" per row as the series wants it, "" with a finding where it is not known."""
    series = table.dataset.series
    if series is None:
        return None, ()
    if recipe.period == "":
        return pa.repeat("", table.rows), (Finding("period-missing", "error"),)
    length = _LENGTH[series.period]
    if isinstance(recipe.period, str):
        return pa.repeat(_typed_period(recipe.period, length), table.rows), ()
    texts = _texts(table, raw, recipe.period, "period")
    encoded = texts.dictionary_encode()
    known = [_period(text, length) for text in encoded.dictionary.to_pylist()]
    period = pa.array(known, pa.utf8()).take(encoded.indices)
    unknown = np.flatnonzero(np.asarray(pc.equal(period, "")))
    column = _field_of(table, recipe.period.column) or recipe.period.column or None
    return period, tuple(
        Finding("period-unreadable", "error", table.part[place].as_py(), table.row[place].as_py(), column, texts[place].as_py())
        for place in unknown.tolist()
    )


def _texts(table: Table, raw: RawTable, wanted: AsOf, where: str) -> pa.Array:
    """Return utf8[N]: the text in which a date is looked for, per row."""
    if wanted.source == "column":
        if wanted.column in table.dataset.names and wanted.column not in raw.cells.column_names:
            return table.cells.column(wanted.column).combine_chunks()
        addresses = Addresses(raw.cells.column_names, raw.parts[0].label if raw.parts else "")
        heading = addresses.get(wanted.column, where)
        return _read_as_field(table, raw, heading)
    per_part = [_said(raw, number, wanted.source, wanted.pattern) for number in range(len(raw.parts))]
    return pa.array(per_part, pa.utf8()).take(pa.array(np.asarray(raw.part), pa.int32()))


def _said(raw: RawTable, number: int, source: Literal["filename", "sheet", "title"], pattern: str) -> str:
    """Return what a name or the rows around a part say about its date."""
    part = raw.parts[number]
    if source == "title":
        return day_around(raw, number, pattern)
    text = found_in(part, source, pattern) or name_of(part, source)
    if source == "filename" or date_in_name(text):
        return text
    rows = around(raw, number)
    sheets = list(dict.fromkeys(one.sheet for one in raw.parts if one.file == part.file))
    known = periods_of(sheets, [name_of(part, "filename"), *rows])
    return titled_month(part.sheet, rows) or known.get(part.sheet) or text


def _read_as_field(table: Table, raw: RawTable, heading: str) -> pa.Array:
    """Return a column as the parser of its field has read it, where it became a field; else as it stands."""
    field = _field_of(table, heading)
    return (table.cells.column(field) if field else raw.cells.column(heading)).combine_chunks()


def _field_of(table: Table, heading: str) -> str | None:
    """Return the field that a heading became; None where it became none."""
    return next((name for headings in table.headings for name, theirs in headings.items() if theirs == heading), None)


def _exact(text: str) -> str:
    reading = read_date(text)
    return reading.text if reading else date_in_name(text)


def _period(text: str, length: int) -> str:
    found = _exact(text)
    return found[:length] if len(found) >= length else ""


def _typed_day(text: str) -> str:
    reading = read_date(text)
    if reading is None:
        raise RecipeError(
            f"recipe の as_of「{text}」が日付として読めません。2026-04-01 のように書いてください。",
            f"The recipe's as_of {text!r} is not a date; write it as 2026-04-01.",
            code="as-of",
        )
    return reading.text


def _typed_period(text: str, length: int) -> str:
    period = _period(text, length)
    if not period:
        raise RecipeError(
            f"recipe の period「{text}」が年月として読めません。「{'2026-04'[:length]}」のように書いてください。",
            f"The recipe's period {text!r} is not understood; write it as {'2026-04'[:length]}.",
            code="period",
        )
    return period
