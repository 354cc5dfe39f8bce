"""Personal data in a table: which columns are looked at for what, told apart by what the definition says they exist to publish.

`personal: facility` is how to reach an office or a facility, `named` a person whom the dataset exists to name (an artist, a
speaker, whose statue stands there), `person` a private one, which is never published; every other column may name nobody.
"""

import re
from collections.abc import Callable, Mapping

import numpy as np

from catalog.dataset import Field
from publish.checking.column import Rows, filled, rows_like
from publish.checking.meaning import is_address_of_web, is_number_of_thing, is_phone, is_text
from publish.disclosure.names.person import person_among_places, person_in
from publish.table.table import Table

_OF_A_FORM = ("url", "weekday", "body_code", "postal_code", "phone", "identifier")
"""Parsers of columns that hold no words: other rules tell of whatever else stands there."""
_OF_PLACES = re.compile("(?:所在地|住所|連結表記|町字|番地以下|市区町村|都道府県|大字|字名|地域名|地区名|地方公共団体名)$")
"""Columns of addresses: 本町山田 reads like a name, and nobody is named there but before 様 or 方."""
_NAME_LIKE = r"[\p{Han}ヶケ]{2}|[\p{Han}] |[ァ-ヶー]{2}[ 　]|[ｦ-ﾟ]{2}[ 　]|^[ｦ-ﾟ]{4,20}$|[ぁ-ん]{2}[ 　]|\p{Han}　"
"""What every name looks like before anything is folded."""
_FEW, _MANY = 5, 20


def holds_words(field: Field) -> bool:
    """Say whether a published column may hold words of any kind."""
    if not is_text(field) or field.parser in _OF_A_FORM:
        return False
    return not (is_phone(field) or is_address_of_web(field) or is_number_of_thing(field))


def may_name_nobody(field: Field) -> bool:
    """Say whether a published column may hold words, and no name of a person among them."""
    return holds_words(field) and field.personal != "named"


def is_for_no_contact(field: Field) -> bool:
    """Say whether a published column may hold words, and no way to reach somebody is expected there."""
    return holds_words(field) and not is_for_contact(field)


def is_for_contact(field: Field) -> bool:
    """Say whether a column exists to say how an office or a facility is reached."""
    return is_text(field) and (field.personal == "facility" or is_phone(field))


def person_named(field: Field) -> Callable[[str], str]:
    """Return what finds the name of a person in a cell of a field, "" where there is none."""
    return person_among_places if _OF_PLACES.search(field.name) else _name_in


def _name_in(text: str) -> str:
    found = person_in(text)
    return found[1] if found else ""


def rows_with_persons(table: Table, field: Field) -> Rows:
    """Return the rows in which a cell names a person."""
    named = person_named(field)
    return table.memo.once(
        ("persons", field.name), lambda: rows_like(table, field.name, _NAME_LIKE, lambda text: bool(named(text)))
    )


def is_column_of_persons(table: Table, field: Field) -> bool:
    """Say whether so many cells name persons that the column is theirs: then those that were not recognised are, too."""
    found, cells = len(rows_with_persons(table, field)), filled(table, field.name)
    return (found >= _FEW and found * 2 >= cells) or (found >= _MANY and found * 5 >= cells)


def texts_of(table: Table, field: Field, rows: Rows) -> dict[int, str]:
    """Return the cells of a field by row position."""
    cells = table.cells.column(field.name).take(np.asarray(rows, np.int64))
    return dict(zip(rows.tolist(), map(str, cells.to_pylist()), strict=True))


def what_is_seen(table: Table, field: Field, rows: Rows, read: Callable[[str], str]) -> Callable[[int], Mapping[str, str]]:
    """Return what a finding tells of each row: the words of the cell that were taken for something private."""
    texts = texts_of(table, field, rows)
    return lambda row: {"seen": read(texts[row])}
