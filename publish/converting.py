"""Converting: a checked table as one file in the standard form, without a town, a release or a catalogue.

The definition's allow-list holds here too: what may never be published is not written. Every writer of a release serves, by
the ending of the file's name; size is no reason to leave a form out where somebody asks for it.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.errors import UsageError
from catalog.library import Library
from gis.layer import Layer
from publish.packing.contents import Contents
from publish.packing.feature_id import feature_ids
from publish.packing.writers import Writer, writers
from publish.releasing.disk import replace
from publish.table.finding import Report


def writer_of(output: Path, source: Path | None = None) -> Writer:
    """Return the writer for the ending of a name; UsageError: there is none, no such folder, or it would overwrite `source`."""
    if source is not None and source.exists() and output.exists() and output.samefile(source):
        raise UsageError(
            f"「{output.name}」は変えるもとのファイルです。上書きしません。",
            f"{output.name!r} is the very file to convert; it is not overwritten.",
            fix_ja="-o に別の名前を指定してください。",
            fix_en="Give -o another name.",
            code="would-overwrite",
        )
    if not output.absolute().parent.is_dir():
        raise UsageError(
            f"書き出し先のフォルダー「{output.parent}」がありません。",
            f"There is no folder {str(output.parent)!r} to write into.",
            fix_ja="フォルダーを作るか、-o に別の場所を指定してください。",
            fix_en="Make the folder, or give -o another place.",
            code="no-folder",
        )
    found = next((writer for writer in writers() if output.suffix.lower() == f".{writer.FORMAT}"), None)
    if found is None:
        raise _no_form(output.name, [writer.FORMAT for writer in writers()])
    return found


def write(report: Report, layer: Layer | None, output: Path, library: Library) -> None:
    """Write OUT.csv, .xlsx, .geojson and so on; the file stands there whole, or as it was before.

    UsageError: there is no such form, or this table cannot be written in it.
    """
    writer = writer_of(output)
    contents = _contents(report, layer, library, writer.FORMAT)
    if not writer.applies(contents):
        raise _unfit(contents, writer)
    with TemporaryDirectory(prefix=".machizu-", dir=output.absolute().parent) as folder:
        written = Path(folder) / output.name
        writer.write(contents, written)
        replace(written, output)


def _contents(report: Report, layer: Layer | None, library: Library, wanted: str) -> Contents:
    """Return what the file holds; the definition is made to ask for the form, as the person does."""
    dataset = report.table.dataset
    cells = report.table.cells.select([field.name for field in dataset.published])
    return Contents(
        dataset=dataset.model_copy(update={"formats": (*dataset.formats, wanted)}),
        town=None,
        cells=cells,
        layer=layer,
        ids=feature_ids(dataset, cells, layer),
        cls="open",
        as_of=report.table.as_of,
        code_lists=library.code_lists,
    )


def _no_form(name: str, known: Sequence[str]) -> UsageError:
    listed = [f".{form}" for form in known]
    return UsageError(
        f"「{name}」の形には書き出せません。",
        f"Cannot write the form of {name!r}.",
        fix_ja=f"-o に {'、'.join(listed)} のどれかで終わる名前を指定してください。",
        fix_en=f"Give -o a name that ends in one of {', '.join(listed)}.",
        code="no-form",
    )


def _unfit(contents: Contents, writer: Writer) -> UsageError:
    title = contents.dataset.title
    placeless = contents.layer is None and writer.FORMAT != "xlsx"
    why_ja = "には位置がない" if placeless else "はその形に入りきらないか、位置のある行がない"
    why_en = "has no places" if placeless else "does not fit into that form, or no row has a place"
    return UsageError(
        f"{title.ja}{why_ja}ので、{writer.TITLE.ja}にはできません。",
        f"{title.en} {why_en}, so it cannot become {writer.TITLE.en}.",
        fix_ja="-o に .csv で終わる名前を指定してください。",
        fix_en="Give -o a name that ends in .csv.",
        code="unfit-form",
    )
