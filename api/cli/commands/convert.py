"""machizu convert: any town's file in the standard form. Needs no town folder, publishes nothing."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import Json, Lang, now
from api.cli.running import Answer, run


def convert(
    file: Path,
    as_dataset: Annotated[str, typer.Option("--as")],
    output: Annotated[Path, typer.Option("--output", "-o")],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write FILE in the form that the name ends in, under national headings; what is wrong or was changed is told on stderr."""

    def body(console: Console) -> Answer:
        from catalog.library import read_library
        from publish.answering.answer import Answer as Told
        from publish.answering.json import as_json as value
        from publish.answering.text import tell
        from publish.build import examine_file
        from publish.converting import write, writer_of

        library = read_library()
        writer_of(output, file)
        examined = examine_file(file, library, None, now().date(), as_dataset)
        write(examined.report, examined.layer, output, library)
        report = examined.report
        done = console.text("convert.done", output=output, rows=report.table.rows)
        told = Told(file.name, as_dataset, report)
        console.remark(tell(told, console.lang))
        result = value([told], None, console.lang) if as_json else {}
        return Answer(done, {**result, "output": str(output)}, exit_codes=[1] if report.blocked else [])

    run("convert", lang, as_json, body)
