"""machizu add: looks at files that a section handed in, and proposes how they are read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run
from catalog.errors import UsageError

if TYPE_CHECKING:
    from publish.headings.adding import Added
    from publish.town_folder import TownFolder

_FEW = 3


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    as_dataset: Annotated[str | None, typer.Option("--as")] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    replaces: Annotated[list[str] | None, typer.Option("--replaces")] = None,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write recipes that a person reads and confirms; or let a file replace another one for a period of its series."""

    def body(console: Console) -> Answer:
        from publish.headings.adding import add as write
        from publish.town_folder import open_town

        if replaces:
            return _replace(open_town(town), files, replaces, as_dataset, console)
        added, problems = write(open_town(town), files, as_dataset, lang=console.lang, force=force)
        lines = [line for one in added for line in _told(one, console)]
        if added:
            lines.append(console.text("add.look"))
        result = {"added": [{"recipe": a.recipe, "dataset": a.proposal.dataset.id, "files": list(a.files)} for a in added]}
        return Answer("\n".join(lines), result, problems)

    run("add", lang, as_json, body)


def _told(one: "Added", console: Console) -> Iterator[str]:
    """Give what is to be said of one recipe that was written."""
    proposal = one.proposal
    yield console.text(
        "add.written",
        file=_named(one.files, proposal.recipe.source, console),
        recipe=one.recipe,
        dataset=proposal.dataset.title[console.lang],
        confidence=console.text(f"sure.{proposal.confidence}"),
    )
    if proposal.unmapped:
        yield console.text("add.unmapped", columns=", ".join(proposal.unmapped))
    if not proposal.recipe.as_of:
        yield console.text("add.as_of", recipe=one.recipe)


def _replace(folder: "TownFolder", files: Sequence[Path], periods: list[str], dataset: str | None, console: Console) -> Answer:
    """Let one file take the place of others for some periods, and say what became of them."""
    from publish.replacing import replace

    if len(files) != 1:
        raise UsageError(
            "--replaces のときは、ファイルを1つだけ指定してください。",
            "With --replaces, name one file.",
            code="one-file",
        )
    done = replace(folder, files[0], periods, dataset)
    lines = []
    for one in done:
        title, period = folder.library[one.dataset].title[console.lang], one.period.label(console.lang)
        lines.append(console.text("add.replaced", title=title, period=period, file=one.by, before=", ".join(one.before)))
    lines.append(console.text("add.replaced.next", recipe=done[0].recipe, dataset=done[0].dataset))
    result = [
        {"recipe": one.recipe, "dataset": one.dataset, "period": str(one.period), "by": one.by, "before": list(one.before)}
        for one in done
    ]
    return Answer("\n".join(lines), {"added": [], "replaced": result})


def _named(files: Sequence[str], pattern: str, console: Console) -> str:
    """Name a few files, and many by the pattern that means them."""
    return " ".join(files) if len(files) <= _FEW else console.text("add.many", pattern=pattern, count=len(files))
