"""machizu template: an empty workbook of a dataset to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run


def template(
    dataset: str,
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write the workbook; what is filled in by it is accepted by `check` as it stands."""

    def body(console: Console) -> Answer:
        from api.cli.giving_back import write
        from catalog.library import read_library
        from catalog.town import FILE
        from publish.answering.workbook.template import template as made

        library = read_library(town if (town / FILE).is_file() else None)
        found = library.find(dataset)
        path = output or Path(f"{found.title.ja}_記入用.xlsx")
        write(path, made(found, library.code_lists, console.lang), town / "sources" if (town / FILE).is_file() else None)
        return Answer(console.text("template.done", path=path), {"path": str(path)})

    run("template", lang, as_json, body)
