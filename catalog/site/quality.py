"""quality.json: what is known about the quality of a release. Counts only: no cell value, no path, no person."""

import json
from typing import Literal

from catalog.dataset import Text
from catalog.errors import OutsideError
from catalog.site.release import Release
from catalog.strict import Model, parse

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


class Quality(Model):
    """The whole of quality.json."""

    format: Literal[1] = 1
    rows: int = 0
    rules: tuple[RuleCount, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    limits: tuple[Text, ...] = ()
    """Known limits in words."""

    def dump(self) -> bytes:
        """Return the bytes to write: the same for the same content."""
        return (json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_quality(release: Release) -> Quality:
    """Read the quality.json of a release; an absent file is an empty one."""
    path = release.folder / FILE
    if not path.is_file():
        return Quality()
    try:
        data = json.loads(path.read_bytes())
    except ValueError as problem:
        raise OutsideError(f"{path.name} が壊れています。", f"{path.name} is damaged.", code="damaged-release") from problem
    return parse(Quality, data, FILE, OutsideError)
