"""machizu check: what is wrong in which cell, and what to do. Takes a town's sources, or any file anywhere."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now
from api.cli.running import Answer, run
from catalog.errors import UsageError


def check(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...")] = None,
    town: Town = HERE,
    form: Annotated[str, typer.Option("--format")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    as_dataset: Annotated[str | None, typer.Option("--as")] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Check and tell; exit 1 when something must be corrected."""

    def body(console: Console) -> Answer:
        import json

        from api.cli.checking import answers
        from publish.answering.json import as_json as value
        from publish.answering.text import tell_all

        if form not in ("text", "json"):
            raise UsageError(f"--format は text か json です(「{form}」)。", f"--format is text or json, not {form!r}.")
        folder, found = answers(sources or (), town, now().date(), as_dataset)
        wanted = as_json or form == "json"
        result: dict[str, Any] = value(found, folder.town if folder else None, console.lang) if wanted else {}
        colour = output is None and console.out.isatty()
        if form == "json":
            text = json.dumps(result, ensure_ascii=False, indent=1)
        else:
            text = tell_all(found, console.lang, colour=colour, every=every)
        if output is not None:
            output.write_text(text + "\n", "utf-8", newline="\n")
            text = ""
        failed = [answer.error.exit_code for answer in found if answer.error]
        blocked = [1 for answer in found if answer.report and answer.report.blocked]
        return Answer(text, result, exit_codes=(*failed, *blocked))

    run("check", lang, as_json, body)
