"""Console: where a command's words go. Answers to stdout, progress and questions to stderr, everything in one language."""

import json
import locale
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, TextIO, TypeVar

from catalog.message import render

T = TypeVar("T")
LOCALE = Path(__file__).parent / "locale"
_NARROWEST, _WIDEST = 60, 140
_UNBROKEN = 10_000
"""Width of what goes into a file or another program: a line there is one record."""
_GAP = 2


def system_language() -> str:
    """Return ja or en from the system's settings; ja where they say nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value.split(".")[0] not in ("C", "POSIX"):
            return "en" if value.lower().startswith("en") else "ja"
    value = (locale.getlocale()[0] or "ja").lower()
    return "en" if value.startswith("en") and sys.platform == "win32" else "ja"


@dataclass(frozen=True, slots=True)
class Console:
    """How one run of a command speaks. With `as_json` the only line on stdout is the JSON answer."""

    lang: str
    as_json: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    def text(self, name: str, /, **values: object) -> str:
        """Return a sentence of api/cli/locale in the reader's language."""
        return render(LOCALE, name, self.lang, **values)

    def note(self, name: str, /, **values: object) -> None:
        """Tell progress on stderr."""
        self._print(self.text(name, **values), self.err)

    def say(self, text: str) -> None:
        """Print part of the answer as soon as it is known; with `--json` it goes to stderr instead."""
        self._print(text, self.err if self.as_json else self.out)

    def remark(self, text: str) -> None:
        """Print on stderr what is not the answer itself, such as what was changed on the way; nothing beside a JSON answer."""
        if not self.as_json:
            self._print(text, self.err)

    def answer(self, value: dict[str, Any]) -> None:
        """Print the JSON answer."""
        self._print(json.dumps(value, ensure_ascii=False, indent=1), self.out)

    def ask(self, name: str, /, **values: object) -> str:
        """Ask on stderr and return what the person typed, "" at the end of input."""
        self.err.write(self.text(name, **values) + " ")
        self.err.flush()
        return sys.stdin.readline().strip()

    def agrees(self, name: str, /, **values: object) -> bool:
        """Ask a question of yes or no; anything but a yes is a no."""
        return self.ask(name, **values).lower() in ("y", "yes", "はい")

    def track(self, steps: Iterable[T], total: int, name: str) -> Iterator[T]:
        """Yield steps as they come; on a terminal a bar on stderr shows how many are done."""
        if not self.err.isatty():
            yield from steps
            return
        from rich.console import Console as Terminal
        from rich.progress import track

        yield from track(steps, self.text(name), total, console=Terminal(file=self.err), transient=True)

    @property
    def width(self) -> int:
        """Columns that a line may take: those of the terminal; without one, lines are not broken."""
        if not self.out.isatty():
            return _UNBROKEN
        return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)

    def table(self, rows: Sequence[Sequence[str]]) -> str:
        """Return rows under each other in columns as wide as needed; a Japanese letter takes two of the terminal.

        Where the last cell does not fit beside the others it stands below them, broken to the width.
        """
        from rich.cells import cell_len, set_cell_size

        widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)][:-1]
        lines = []
        for *cells, last in rows:
            line = "".join(set_cell_size(cell, width + _GAP) for cell, width in zip(cells, widths, strict=True))
            fits = cell_len(line + last) <= self.width
            lines += [(line + last).rstrip()] if fits else [line.rstrip(), self.indented(last, 2 * _GAP)]
        return "\n".join(lines)

    def indented(self, text: str, depth: int) -> str:
        """Return a text broken to the width, every line set in by so many columns."""
        from rich.console import Console as Terminal
        from rich.padding import Padding
        from rich.text import Text

        page = StringIO()
        Terminal(file=page, width=self.width, color_system=None).print(Padding(Text(text), (0, 0, 0, depth)))
        return "\n".join(line.rstrip() for line in page.getvalue().splitlines())

    def interactive(self) -> bool:
        """Say whether a person can be asked."""
        return sys.stdin.isatty() and not self.as_json

    def _print(self, text: str, stream: TextIO) -> None:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        # A Windows console in CP932 cannot show every letter of a name: a question mark is better than a traceback.
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        stream.flush()
