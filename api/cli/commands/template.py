"""machizu template: an empty workbook of a dataset to fill in."""

from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run


def template(
    dataset: str,
    output: Annotated[str | None, typer.Option("--output", "-o")] = None,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write the workbook; what is filled in by it is accepted by `check` as it stands."""

    def body(console: Console) -> Answer:
        from api.cli.giving_back import target
        from catalog.library import read_library
        from catalog.town import FILE
        from publish.answering.results.giving import Giving
        from publish.answering.visible import visible

        to = target(output, ".xlsx")
        library = read_library(town if (town / FILE).is_file() else None)
        path = Giving(console.lang, town / "sources").template(library.find(dataset), library.code_lists, to)
        return Answer(console.text("template.done", path=visible(str(path), 1000)), {"path": str(path)})

    run("template", lang, as_json, body)
