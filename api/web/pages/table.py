"""The table of a dataset page: one page of rows, cut and filtered by the store."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.web.problems import Problem
from api.web.row_name import row_name
from api.web.values import Shown, shown
from api.web.visit import Visit
from catalog.site.release import Release
from catalog.store.features import Query, StoredFeature

ROWS = 50


@dataclass(frozen=True, slots=True)
class Labelled:
    """A field with its name in the reader's language; `filled` counts its values where that is asked."""

    name: str
    label: str
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values in the order of the columns, the place of the one that names it, the address of its page."""

    title: str
    address: str
    values: list[Shown]
    name_at: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the table; `count_pages` is 0 where the rows were not counted."""

    rows: list[Row]
    number: int
    count_pages: int
    more: bool
    sentence: str


def labelled(release: Release, lang: str) -> list[Labelled]:
    """Return the columns of the list; the one that names a row comes first when the list leaves it out."""
    page = release.dataset.page
    public = {field.name: field for field in release.dataset.published}
    names = page.list if page.title in page.list else (page.title, *page.list)
    return [Labelled(name, name if lang == "ja" else public[name].title_en) for name in names if name in public]


def read_page(visit: Visit, release: Release, columns: Sequence[Labelled], text: str) -> Page | None:
    """Return the page that was asked for, or None where the rows are not prepared (or not public)."""
    store = visit.store(release)
    if store is None:
        return None
    number = _number(visit)
    query = Query(text=text)
    # One more than is shown tells whether there is another page, also where counting would take too long.
    found = store.page(query, limit=ROWS + 1, offset=(number - 1) * ROWS)
    count = store.count(query)
    rows = [_row(visit, release, columns, feature) for feature in found[:ROWS]]
    first = (number - 1) * ROWS
    sentence = visit.t(
        "rows_counted" if count is not None else "rows_shown",
        count=f"{count or 0:,}",
        first=f"{first + 1:,}",
        last=f"{first + len(rows):,}",
    )
    return Page(rows, number, math.ceil((count or 0) / ROWS), len(found) > ROWS, sentence)


def _number(visit: Visit) -> int:
    given = visit.request.query_params.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", given, re.ASCII):
        raise Problem(400, "bad_request")
    return int(given)


def _row(visit: Visit, release: Release, columns: Sequence[Labelled], feature: StoredFeature) -> Row:
    properties = feature.properties()
    fields = {field.name: field for field in release.dataset.published}
    values = [shown(fields[one.name], properties.get(one.name, ""), release.code_lists, visit.lang) for one in columns]
    at = next((at for at, one in enumerate(columns) if one.name == release.dataset.page.title), 0)
    return Row(row_name(visit, release.dataset, feature.title), visit.url("/datasets", release.id, feature.id), values, at)
