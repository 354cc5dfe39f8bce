"""Source: from files to one RawTable. The door to reading."""

import dataclasses
import unicodedata
from collections.abc import Collection
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.errors import RecipeError, UnusableSource
from catalog.folding import heading_key
from gis import zip_members
from gis.archive import inner_files
from publish.reading import attributes, blocks, heading_rows, hidden_matter, region, sheet_choice
from publish.reading.concatenating import concatenate
from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.finding_files import find
from publish.reading.grid import Grid
from publish.reading.limits import check_bytes, check_cell_lengths
from publish.reading.mojibake import refuse_garbled, refuse_garbled_cells
from publish.reading.sheet import Sheet
from publish.reading.signature import SOURCES_EN, SOURCES_JA, WORKBOOKS, kind_of
from publish.reading.spans import spans_of
from publish.reading.workbook import Workbook
from publish.recipe import AsOf, Recipe, Side
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import RawTable

__all__ = ["concatenate", "files_of", "find", "read", "read_side"]

_LISTED = 200
"""Characters of names that a sentence holds."""
_INNER = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


@dataclasses.dataclass(frozen=True, slots=True)
class _Wish:
    """What a recipe (or nobody) says about reading; `words` are the heading keys by which a heading row is known."""

    encoding: str = ""
    sheet: str = ""
    months: bool = False
    """True where every sheet is a period of its own: those that are named for none are not read."""
    heading: tuple[int, int] | None = None
    headerless: bool = False
    attributes: str = ""
    words: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset()
    """Layers by which a definition is known, where a file has several and nobody says which."""


def read(
    path: Path,
    *,
    name: str,
    recipe: Recipe | Side | None = None,
    known: Collection[str] = (),
    layers: Collection[str] = (),
) -> RawTable:
    """Read one file: the sheet, layers or members that the recipe asks for, text as found, one part each.

    `name` is how messages call the file. `known` are heading keys that help to find the heading row without a recipe,
    `layers` the names of layers that are looked for.
    UsageError: there is no such file. UnusableSource: it cannot be read as a table. RecipeError: the recipe does not fit it.
    """
    wish = dataclasses.replace(_wish(recipe, known), layers=frozenset(layers))
    kind = kind_of(path, name)
    check_bytes(_size(path), name)
    if kind == "zip":
        table = _zip(path, name, wish)
    elif kind == "csv":
        table = _csv(path, Part(name), wish)
    elif kind in WORKBOOKS:
        table = _workbook(path, Part(name, kind=kind), wish)
    else:
        table = _vector(path, name, wish)
    check_cell_lengths(table.cells, name)
    return attributes.rename(table, attributes.display_names(path, wish.attributes)) if wish.attributes else table


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in path.iterdir()) if path.is_dir() else path.stat().st_size


def files_of(sources: Path, recipe: Recipe) -> list[Path]:
    """Return the files that a recipe reads today: those that its pattern means, but for what others replace."""
    gone = [name for one in recipe.superseded for name in one.files]
    return find(sources, recipe.source, recipe.parts, also=[one.by for one in recipe.superseded], without=gone)


def read_side(sources: Path, side: Side) -> RawTable:
    """Read the other half of a join: every file that its pattern means, as one table."""
    paths = find(sources, side.source, side.parts)
    return concatenate([read(path, name=path.relative_to(sources).as_posix(), recipe=side) for path in paths])


def _wish(recipe: Recipe | Side | None, known: Collection[str]) -> _Wish:
    if recipe is None:
        return _Wish(words=frozenset(known))
    if isinstance(recipe, Side):
        headings = {*recipe.columns, *recipe.on.values()}
        return _Wish(recipe.encoding, recipe.sheet, heading=recipe.heading, words=frozenset(map(heading_key, headings)))
    headings = {*recipe.columns, *recipe.where, *(heading for joined in recipe.combine.values() for heading in joined)}
    return _Wish(
        recipe.encoding,
        recipe.sheet,
        isinstance(recipe.period, AsOf) and recipe.period.source == "sheet",
        recipe.heading,
        recipe.headerless,
        recipe.attributes,
        frozenset(map(heading_key, headings)) or frozenset(known),
    )


def _csv(path: Path, part: Part, wish: _Wish) -> RawTable:
    text = decode(path.read_bytes(), part.label, wish.encoding)
    try:
        grid = read_grid(text, part.label)
    finally:  # garbled characters explain whatever else is wrong
        refuse_garbled(text.utf8, part.label)
    part = dataclasses.replace(part, encoding=text.encoding)
    return blocks.cut(grid, part, _heading(grid, part, wish, region.heading_of(grid, wish.words)))


def _workbook(path: Path, part: Part, wish: _Wish) -> RawTable:
    data = path.read_bytes()
    book = Workbook(data, part.label)
    sheets = sheet_choice.candidates(book, part, wish.sheet, months=wish.months)
    cut = (table for sheet in sheets if (table := _of_sheet(book, sheet, part, wish)))
    if wish.sheet or wish.months:
        table = concatenate(list(cut))
    else:
        told = bool(wish.heading or wish.headerless)
        table = next(cut, None) if told else sheet_choice.best(cut, wish.words)
        if table is None:
            raise _no_table(part.label)
    left = [
        sheet.name for sheet in book.sheets if sheet.survey.filled and sheet.name not in {part.sheet for part in table.parts}
    ]
    unread = tuple(Finding("sheet-not-read", "info", 0, value=sheet, values={"sheet": sheet}) for sheet in left)
    table = dataclasses.replace(table, findings=(*table.findings, *unread))
    return hidden_matter.with_hidden(table, hidden_matter.of_workbook(book.sheets, data))


def _of_sheet(book: Workbook, sheet: Sheet, part: Part, wish: _Wish) -> RawTable | None:
    """Cut the table out of a sheet; None where nobody names the sheet and it has none."""
    grid = book.grid(sheet)
    refuse_garbled_cells(grid.cells, part.label, 1)
    here = dataclasses.replace(part, sheet=sheet.name)
    found = region.heading_of(grid, wish.words)
    if not (found or wish.sheet or wish.months or wish.heading or wish.headerless):
        return None
    return blocks.cut(grid, here, _heading(grid, here, wish, found))


def _vector(path: Path, name: str, wish: _Wish) -> RawTable:
    from publish.reading.vector import Wanted, read_layers  # GDAL takes longer to load than a CSV to check

    wanted = Wanted(wish.sheet, wish.encoding, wish.words, wish.layers)
    table = concatenate(read_layers(path, name, wanted))
    return hidden_matter.with_hidden(table, hidden_matter.of_map(path))


def _zip(path: Path, name: str, wish: _Wish) -> RawTable:
    """Read the geo file of a zip, else its CSV or workbook."""
    if inner_files(path):
        return _vector(path, name, wish)
    everything = zip_members.members(path)
    members = {member: info for member, info in everything.items() if Path(member).suffix.lower() in _INNER}
    if not members:
        raise _no_member(name, nested=any(member.lower().endswith(".zip") for member in everything))
    member = _member(members if wish.sheet else _tables(members), wish.sheet, name)
    with TemporaryDirectory(prefix="machizu-") as folder:
        copy = Path(folder) / f"member{Path(member).suffix.lower()}"
        zip_members.unpack(path, {members[member]: copy})
        inner = dataclasses.replace(wish, sheet="")
        kind = kind_of(copy, f"{name}({member})")
        part = Part(name, member=member, kind=kind if kind in WORKBOOKS else "csv")
        table = _csv(copy, part, inner) if part.kind == "csv" else _workbook(copy, part, inner)
    hidden = (*table.parts[0].facts.hidden, *hidden_matter.of_archive(everything, tables=_INNER))
    found = (*table.findings, *_unread(everything, member))
    return hidden_matter.with_hidden(dataclasses.replace(table, findings=found), hidden)


def _tables(members: Collection[str]) -> Collection[str]:
    """Return the members without what is written for people (readme.txt), where there is anything else."""
    return [member for member in members if not member.lower().endswith(".txt")] or members


def _unread(members: Collection[str], read_one: str) -> list[Finding]:
    listed = "、".join(member for member in members if member != read_one)[:_LISTED]
    return [Finding("member-not-read", "info", 0, value=listed, values={"members": listed})] if listed else []


def _member(members: Collection[str], pattern: str, name: str) -> str:
    wanted = unicodedata.normalize("NFC", pattern)
    found = [
        member for member in members if not pattern or fnmatchcase(member, wanted) or fnmatchcase(Path(member).name, wanted)
    ]
    if len(found) == 1:
        return found[0]
    listed = "、".join(sorted(members)[:10])
    raise UnusableSource(
        f"{name} の中のどのファイルを読むか決まりません({listed})。",
        f"Which member of {name} to read is not clear ({listed}).",
        fix_ja="表のファイルだけを zip から出して置くか、recipe の sheet に中のファイル名を書いてください。",
        fix_en="Unpack the one file, or write its name into the recipe as `sheet`.",
        code="which-member",
    )


def _no_member(name: str, *, nested: bool) -> UnusableSource:
    if nested:
        return UnusableSource(
            f"{name} の中にまた zip があり、そのままでは読めません。",
            f"{name} holds another zip, which is not opened.",
            fix_ja="一度解凍し、中の zip を1つずつ渡してください。",
            fix_en="Unpack it once, and hand in the zips inside one by one.",
            code="zip-in-zip",
        )
    return UnusableSource(
        f"{name} の中に表や図形のファイルがありません。",
        f"{name} holds neither a table nor a geo file.",
        fix_ja=f"表のもとのファイル({SOURCES_JA})を渡してください。",
        fix_en=f"Hand in the table itself: {SOURCES_EN}.",
        code="no-member",
    )


def _heading(grid: Grid, part: Part, wish: _Wish, found: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the heading rows that hold: the recipe's, else the one that was found. None only for a headerless file."""
    if wish.headerless:
        return None
    if wish.heading is None:
        if found is None:
            raise _no_table(part.label)
        return found
    first, last = wish.heading
    if not 1 <= first <= last <= grid.cells.num_rows:
        raise _no_table(part.label)
    if found and wish.words and not first <= found[0] <= last and not _words(grid, wish) & wish.words:
        raise _moved(part.label, wish.heading, found[0])
    return wish.heading


def _words(grid: Grid, wish: _Wish) -> set[str]:
    first, last = wish.heading or (1, 0)
    return {heading_key(cell) for cell in heading_rows.names(grid.head(last)[first - 1 :], spans_of(grid.facts), first) if cell}


def _moved(name: str, heading: tuple[int, int], row: int) -> RecipeError:
    return RecipeError(
        f"{name}: recipe では見出しが {heading[0]} 行目ですが、このファイルでは {row} 行目にあります。",
        f"{name}: the recipe has the headings in row {heading[0]}, in this file they stand in row {row}.",
        fix_ja=f"recipe の heading を [{row}, {row}] に直すか、ファイルを前回と同じ形にしてください。",
        fix_en=f"Set `heading` to [{row}, {row}] in the recipe, or give the file the form it had before.",
        code="heading-moved",
    )


def _no_table(name: str) -> UnusableSource:
    return UnusableSource(
        f"{name} に表の見出しの行が見つかりません。",
        f"No heading row was found in {name}.",
        fix_ja="1 行に 1 列ずつ見出しを書いてください。見出しのない表なら recipe に headerless: true と列名を書きます。",
        fix_en="Give every column a heading in one row; for a table without headings write `headerless: true` and the columns.",
        code="no-table",
    )
