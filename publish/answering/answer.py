"""Answer: what one source came to: a report, or the reason why it could not be read."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog.errors import MachizuError
from publish.table.finding import Report
from publish.table.table import RawTable


@dataclass(frozen=True, slots=True)
class Answer:
    """`source` as the clerk knows it; exactly one of `report` and `error` is given."""

    source: str
    dataset: str | None
    report: Report | None = None
    error: MachizuError | None = None
    recipe: str = ""
    """The town's recipe that reads it, by name; "" for a file that no recipe reads, where nothing can be accepted."""
    asked: str = ""
    """What names it on the command line; "" where it was not asked for there."""
    taken_as: str = ""
    """The dataset that it was said to be, by --as; "" where that was left to its headings or its recipe."""
    town: str = ""
    """The town folder as it must be named there; "" for the folder one stands in."""
    base: Path | None = None
    """The folder in which the files of the report's parts lie, for giving them back painted."""
    raw: RawTable | None = None
    """What was read of a file for which no definition was found, beside the `error` that says so."""

    @property
    def files(self) -> list[str]:
        """The files of the source as its parts name them; of one that could not be read its own name."""
        if self.report is None:
            return [PurePosixPath(self.source).name or self.source]
        return list(dict.fromkeys(part.file for part in self.report.table.parts))

    @property
    def good(self) -> bool:
        """True when it could be published as it is."""
        return self.report is not None and not self.report.blocked and not self.report.unaccepted
