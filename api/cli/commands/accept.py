"""machizu accept: a person's word, with a reason, that warnings of one kind in one column are right."""

from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Reason, Town, account, now
from api.cli.running import Answer, run


def accept(
    dataset: str,
    code: str,
    column: Annotated[str, typer.Option("--column")] = "",
    cell: Annotated[str, typer.Option("--cell")] = "",
    by: Annotated[str, typer.Option("--by")] = "",
    reason: Reason = "",
    until: Annotated[str, typer.Option("--until")] = "",
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write acceptances into the recipe, bound to the values of today."""

    def body(console: Console) -> Answer:
        from publish.accepting import Word
        from publish.accepting import accept as write
        from publish.answering.sentence import title
        from publish.town_folder import open_town

        word = Word(by or account(), reason, until)
        done = write(open_town(town), dataset, code, column, word, now().date(), cell=cell)
        text = console.text("accept.done", title=title(code)[console.lang], count=done.count, recipe=done.recipe)
        return Answer(text, {"recipe": done.recipe, "count": done.count})

    run("accept", lang, as_json, body)
