"""Writers of output formats, found by folder: a module here is a format (CONTRIBUTING.md, third tutorial).

A module has FORMAT (suffix, and the word a definition uses under `formats`), MEDIA_TYPE, TITLE, `applies(contents)`
and `write(contents, path)`.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast, runtime_checkable

from catalog.errors import DefinitionError, did_you_mean
from catalog.text import Text
from publish.packing.contents import Contents


@runtime_checkable
class Writer(Protocol):
    """One output format."""

    FORMAT: str
    MEDIA_TYPE: str
    TITLE: Text

    def applies(self, contents: Contents) -> bool:
        """Say whether a release with these contents has a file of this format."""

    def write(self, contents: Contents, path: Path) -> None:
        """Write the file: the same bytes for the same contents."""


@cache
def writers() -> tuple[Writer, ...]:
    """Return every writer: those that people ask for first, the others by name."""
    names = sorted((info.name for info in iter_modules(__path__)), key=lambda name: (name != "csv", name != "xlsx", name))
    return tuple(cast(Writer, import_module(f"{__name__}.{name}")) for name in names)


def require(formats: tuple[str, ...], where: str) -> None:
    """Refuse a definition that names a format without a writer; DefinitionError with the nearest one."""
    known = [writer.FORMAT for writer in writers()]
    for name in formats:
        if name not in known:
            hint_ja, hint_en = did_you_mean(name, known)
            raise DefinitionError(
                f"{where}: formats の「{name}」という形式はありません。{hint_ja}",
                f"{where}: there is no output format {name!r}.{hint_en}",
                fix_ja="使えるのは " + "、".join(known) + " です。",
                fix_en="Valid are: " + ", ".join(known) + ".",
            )
