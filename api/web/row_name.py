"""What a page calls one row, and what tells it from another of the same name."""

import re
from collections.abc import Mapping

from api.web.visit import Visit
from catalog.dataset import Dataset

_HASH = re.compile(r"h-([0-9a-f]{4})[0-9a-f]{8}(-[0-9]+)?")
"""The id of a row without a key (DESIGN 7): it stands where a row has no name, and no person can read it."""


def row_name(visit: Visit, dataset: Dataset, title: str) -> str:
    """Return a row's title; for one without a name what it is, with the beginning of its id."""
    found = _HASH.fullmatch(title)
    return visit.t("untitled", title=dataset.title[visit.lang], mark=found[1]) if found else title


def row_detail(dataset: Dataset, properties: Mapping[str, str]) -> str:
    """Return the first value of the list beside the title: where in the building, which address."""
    texts = (properties.get(name, "") for name in dataset.page.list if name != dataset.page.title)
    return next(filter(None, texts), "")
