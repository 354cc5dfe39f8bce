"""machizu check: what is wrong in which cell, and what to do. Takes a town's sources, or any file anywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now, one_of
from api.cli.running import Answer, run

if TYPE_CHECKING:
    from publish.answering.answer import Answer as Found

_FORMATS = ("text", "json", "html", "xlsx")
_FILES = ("html", "xlsx")
"""Formats that are never printed."""


def check(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...")] = None,
    town: Town = HERE,
    form: Annotated[str, typer.Option("--format")] = "text",
    output: Annotated[str | None, typer.Option("--output", "-o")] = None,
    as_dataset: Annotated[str | None, typer.Option("--as")] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    beside: Annotated[bool, typer.Option("--beside")] = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Check and tell; exit 1 when something must be corrected."""

    def body(console: Console) -> Answer:
        from api.cli.checking import answers
        from publish.answering.json import as_json as value

        to = _destination(form, output)
        folder, found = answers(sources or (), town, now().date(), as_dataset)
        never = folder.sources if folder else None
        wanted = as_json or form == "json"
        result: dict[str, Any] = value(found, folder.town if folder else None, console.lang) if wanted else {}
        text = _text(form, result, found, console, every=every, colour=output is None)
        if form in _FILES:
            paths = _given_back(form, found, None if beside else to, never, console.lang)
            result |= {"written": [str(path) for path in paths]} if wanted else {}
            text += "\n\n" + _listed(paths, console)
        elif output is not None:
            _save(to, text + "\n", found, never)
            text = ""
        return Answer(text, result, exit_codes=_exit_codes(found))

    run("check", lang, as_json, body)


def _destination(form: str, output: str | None) -> Path:
    """Return where `-o` leads, before anything is read; UsageError for a format or an ending that is none."""
    one_of("--format", form, _FORMATS)
    if form not in _FILES:
        return Path(output or "")
    from api.cli.giving_back import target

    return target(output, f".{form}")


def _text(form: str, result: dict[str, Any], found: "list[Found]", console: Console, *, every: bool, colour: bool) -> str:
    if form == "json":
        import json

        return json.dumps(result, ensure_ascii=False, indent=1)
    from publish.answering.text import tell_all

    return tell_all(found, console.lang, colour=colour and console.out.isatty(), every=every, saved=not colour)


def _exit_codes(found: "list[Found]") -> list[int]:
    failed = [answer.error.exit_code for answer in found if answer.error]
    return [*failed, *(1 for answer in found if answer.report and answer.report.blocked)]


def _given_back(form: str, found: "list[Found]", to: Path | None, never: Path | None, lang: str) -> list[Path]:
    """Write the results as files, beside the originals where `to` is None, and return where they lie."""
    from api.cli.giving_back import give, give_beside

    return give_beside(form, found, never, lang) if to is None else give(form, found, to, never, lang)


def _listed(paths: list[Path], console: Console) -> str:
    from publish.answering.visible import visible

    return "\n".join(console.text("check.given", path=visible(str(path), 1000)) for path in paths)


def _save(path: Path, text: str, found: "list[Found]", never: Path | None) -> None:
    """Write what was told into a file; UsageError when that is one of those that were checked, or lies among the sources."""
    from publish.answering.results.handed_in import originals
    from publish.answering.results.placing import Guard, place

    place(path, text.encode("utf-8", "replace"), Guard(never, originals(found)))
