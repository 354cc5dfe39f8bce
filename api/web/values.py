"""How one value of the data is shown: as it is published, with its label in the reader's language, unit and, if safe, link."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from api.web.texts import day, tel
from catalog.code_list import CodeList
from catalog.dataset import Field
from catalog.describing.items import unit_of

_WEB = re.compile(r"https?://[^\s\"'<>]{3,500}", re.ASCII)
_PHONE = re.compile(r"\(?0[0-9]{1,4}(?:-|\))[0-9]{1,4}-[0-9]{3,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` is the value as published, Japanese unless `neutral`; `label` what it means in another language, if known."""

    text: str
    label: str = ""
    unit: str = ""
    href: str = ""
    outside: bool = False
    neutral: bool = False
    """True for dates, numbers and addresses, which are read alike in every language."""


def shown(field: Field, value: str, codes: Mapping[str, CodeList], lang: str) -> Shown:
    """Return how a value of a field is shown; only http(s) addresses and telephone numbers become links."""
    if not value:
        return Shown("")
    if _WEB.fullmatch(value):
        return Shown(value, href=value, outside=True, neutral=True)
    if _PHONE.fullmatch(value):
        return Shown(value, href=f"tel:{tel(value)}", neutral=True)
    if field.type == "date":
        return Shown(day(value, lang), neutral=True)
    label = _label(codes.get(field.codes or ""), value, lang)
    return Shown(value, label=label if label != value else "", unit=unit_of(field.unit)[lang], neutral=field.type != "string")


def _label(codes: CodeList | None, value: str, lang: str) -> str:
    found = next((code for code in codes.codes if code.value == value), None) if codes else None
    return found.label[lang] if found and lang != "ja" else ""
