"""The file and the grid in which a part of a table stood, once more: for giving it back with cells at their addresses."""

from pathlib import Path
from tempfile import TemporaryDirectory

from gis import zip_members
from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.grid import Grid
from publish.reading.signature import WORKBOOKS
from publish.reading.workbook import Workbook
from publish.table.position import Part


def file_of(path: Path, part: Part) -> bytes:
    """Return the bytes of the file that holds a part: the file itself, or the member of its zip; KeyError when it is gone."""
    if not part.member:
        return path.read_bytes()
    with TemporaryDirectory(prefix="machizu-") as folder:
        copy = Path(folder) / "member"
        zip_members.unpack(path, {zip_members.members(path)[part.member]: copy})
        return copy.read_bytes()


def grid_of(data: bytes, part: Part) -> Grid:
    """Return every cell of the sheet or text in which a part was found; UnusableSource when the file changed meanwhile."""
    if part.kind in WORKBOOKS:
        book = Workbook(data, part.label)
        return book.grid(book.chosen(part.sheet)[0])
    return read_grid(decode(data, part.label, part.encoding), part.label)
