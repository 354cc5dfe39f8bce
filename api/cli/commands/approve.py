"""machizu approve: a second person agrees to what will become public, by the code on the approval packet."""

from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Town, Who, act_of
from api.cli.running import Answer, run


def approve(
    code: Annotated[str, typer.Argument(metavar="CODE")],
    town: Town = HERE,
    who: Who = "",
    decision: Annotated[str, typer.Option("--decision")] = "",
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Approve one staged release."""

    def body(console: Console) -> Answer:
        from publish.releasing import approval
        from publish.releasing.lock import lock
        from publish.town_folder import open_town

        folder, act = open_town(town), act_of(who, document=decision)
        with lock(town, now=act.now, break_lock=break_lock):
            entry = approval.approve(town, folder.town, code, act)
        title = folder.library[entry.dataset].title[console.lang]
        text = console.text("approve.done", title=title, version=entry.version, who=act.who, dataset=entry.dataset)
        return Answer(text, {"dataset": entry.dataset, "version": entry.version, "hash": entry.hash, "by": act.who})

    run("approve", lang, as_json, body)
