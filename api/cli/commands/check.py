"""machizu check: what is wrong in which cell, and what to do. Takes a town's sources, or any file anywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now, one_of
from api.cli.running import Answer, run

if TYPE_CHECKING:
    from publish.answering.answer import Answer as Found
    from publish.town_folder import TownFolder

_FORMATS = ("text", "json", "html", "xlsx")


def check(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...")] = None,
    town: Town = HERE,
    form: Annotated[str, typer.Option("--format")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    as_dataset: Annotated[str | None, typer.Option("--as")] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    beside: Annotated[bool, typer.Option("--beside")] = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Check and tell; exit 1 when something must be corrected."""

    def body(console: Console) -> Answer:
        import json

        from api.cli.checking import answers
        from publish.answering.json import as_json as value
        from publish.answering.text import tell_all

        one_of("--format", form, _FORMATS)
        folder, found = answers(sources or (), town, now().date(), as_dataset)
        wanted = as_json or form == "json"
        result: dict[str, Any] = value(found, folder.town if folder else None, console.lang) if wanted else {}
        colour = output is None and console.out.isatty()
        if form == "json":
            text = json.dumps(result, ensure_ascii=False, indent=1)
        else:
            text = tell_all(found, console.lang, colour=colour, every=every)
        if form in ("html", "xlsx"):
            text += "\n\n" + _given_back(form, found, output, folder, console, beside)
        elif output is not None:
            output.write_text(text + "\n", "utf-8", newline="\n")
            text = ""
        failed = [answer.error.exit_code for answer in found if answer.error]
        blocked = [1 for answer in found if answer.report and answer.report.blocked]
        return Answer(text, result, exit_codes=(*failed, *blocked))

    run("check", lang, as_json, body)


def _given_back(
    form: str, found: "list[Found]", output: Path | None, folder: "TownFolder | None", console: Console, besides: bool
) -> str:
    """Write the results as files and say where they lie."""
    from api.cli.giving_back import beside, give_page, give_workbooks

    sources = folder.sources if folder else None
    if besides:
        paths = beside(found, form, sources, console.lang)
    elif form == "html":
        paths = [give_page(found, output or Path(), sources, console.lang)]
    else:
        paths = give_workbooks(found, output, sources, console.lang)
    return "\n".join(console.text("check.given", path=path) for path in paths)
