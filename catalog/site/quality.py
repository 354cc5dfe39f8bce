"""quality.json: what is known about the quality of a release. Counts only: no cell value, no path, no person."""

from typing import Literal

from catalog.dataset import Text
from catalog.document import Document, read_document
from catalog.site.release import Release
from catalog.strict import Model

FILE = "quality.json"


class RuleCount(Model):
    """How often one rule (that needs neither today nor other tables) found something."""

    code: str
    title: Text
    severity: Literal["error", "warning", "info"]
    count: int


class Completeness(Model):
    """How many rows have a value in one published field."""

    field: str
    filled: int


class Quality(Document):
    """The whole of quality.json."""

    format: Literal[1] = 1
    rows: int = 0
    rules: tuple[RuleCount, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    limits: tuple[Text, ...] = ()
    """Known limits in words."""


def read_quality(release: Release) -> Quality:
    """Read the quality.json of a release; an absent file is an empty one."""
    path = release.folder / FILE
    return read_document(Quality, path, code="damaged-release") if path.is_file() else Quality()
