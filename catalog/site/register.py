"""register.json: what the town does not (or not wholly) publish, why, who decided, until when, and where to ask.

Releasing writes it with every publish; the site makes the pages of `counter` datasets from it alone.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from catalog.dataset import Slug
from catalog.document import Document, read_document
from catalog.link import Link
from catalog.strict import Model
from catalog.text import Text

FILE = "register.json"


class Counter(Model):
    """Where to ask: the section as it stood when the register was written."""

    name: Text
    phone: str = ""
    page: str = ""


class RegisterEntry(Model):
    """One dataset that is `counter` (only this entry is public) or `view` (tiles only)."""

    id: Slug
    title: Text
    description: Text
    cls: Literal["view", "counter"] = Key(alias="class")
    reason: Text
    decided: str = ""
    """Date of the decision; empty while only the definition's default stands."""
    review: str = ""
    """When the decision is looked at again."""
    section: Counter | None = None
    links: tuple[Link, ...] = ()
    """Where else the same is shown."""


class Register(Document):
    """The whole of register.json, in the order in which datasets are listed."""

    format: Literal[1] = 1
    datasets: tuple[RegisterEntry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[RegisterEntry]) -> "Register":
        """Return the register of these entries."""
        return cls(datasets=tuple(entries))

    def entry(self, dataset: str) -> RegisterEntry | None:
        """Return the entry of a dataset, or None."""
        return next((entry for entry in self.datasets if entry.id == dataset), None)


def read_register(site: Path) -> Register:
    """Read register.json of a site folder; an absent file is an empty register."""
    path = site / FILE
    return read_document(Register, path) if path.is_file() else Register()
