"""Numbers: full width, thousands separators, the unit that the definition names, 100.0 for an integer.

What is rounded, negative by accountants' signs, a range or an estimate is left as it is.
"""

import re
import unicodedata
from collections.abc import Sequence

from catalog.dataset import Field
from publish.parsers.parser import Parser, Reader, Reading

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")
_MINUS = str.maketrans("−‐–", "---")


def _plain(field: Field) -> str:
    return "-?[0-9]+" if field.type == "integer" else r"-?[0-9]+(?:\.[0-9]+)?"


def _reader(_values: Sequence[str], field: Field) -> Reader:
    unit = unicodedata.normalize("NFKC", field.unit)
    return lambda text: _read(text, unit, whole=field.type == "integer")


def _read(text: str, unit: str, *, whole: bool) -> Reading | None:
    reason = "number-width"
    folded = unicodedata.normalize("NFKC", text).translate(_MINUS).strip().removeprefix("+")
    if unit and folded.lower().endswith(unit.lower()) and folded != unit:
        folded, reason = folded[: -len(unit)].strip(), "number-unit"
    if _GROUPED.fullmatch(folded):
        folded, reason = folded.replace(",", ""), "number-separator" if reason == "number-width" else reason
    if not _NUMBER.fullmatch(folded):
        return None
    if whole and (exact := _WHOLE.fullmatch(folded)):
        return Reading(exact[1], "number-integer" if reason == "number-width" else reason)
    return None if whole and "." in folded else Reading(folded, reason)


PARSER = Parser(_plain, _reader)
