"""machizu add: looks at files that a section handed in, and proposes how they are read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run

_FEW = 3


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    as_dataset: Annotated[str | None, typer.Option("--as")] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write recipes that a person reads and confirms."""

    def body(console: Console) -> Answer:
        from publish.headings.adding import add as write
        from publish.town_folder import open_town

        added, problems = write(open_town(town), files, as_dataset, lang=console.lang, force=force)
        lines: list[str] = []
        for one in added:
            proposal = one.proposal
            sure = console.text(f"sure.{proposal.confidence}")
            lines.append(
                console.text(
                    "add.written",
                    file=_named(one.files, proposal.recipe.source, console),
                    recipe=one.recipe,
                    dataset=proposal.dataset.title[console.lang],
                    confidence=sure,
                )
            )
            if proposal.unmapped:
                lines.append(console.text("add.unmapped", columns=", ".join(proposal.unmapped)))
            if not proposal.recipe.as_of:
                lines.append(console.text("add.as_of", recipe=one.recipe))
        if added:
            lines.append(console.text("add.look"))
        result = {"added": [{"recipe": a.recipe, "dataset": a.proposal.dataset.id, "files": list(a.files)} for a in added]}
        return Answer("\n".join(lines), result, problems)

    run("add", lang, as_json, body)


def _named(files: Sequence[str], pattern: str, console: Console) -> str:
    """Name a few files, and many by the pattern that means them."""
    return " ".join(files) if len(files) <= _FEW else console.text("add.many", pattern=pattern, count=len(files))
