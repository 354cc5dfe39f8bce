"""machizu rollback: an earlier version becomes current again. Only the pointer moves, so it takes a moment."""

from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Reason, Town, Who, act_of
from api.cli.running import Answer, run


def rollback(
    dataset: str,
    version: Annotated[str | None, typer.Argument(metavar="[VERSION]")] = None,
    town: Town = HERE,
    reason: Reason = "",
    who: Who = "",
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Go back to a version, the one before the current when none is named."""

    def body(console: Console) -> Answer:
        from publish.releasing.prepared_map import prepare_map
        from publish.releasing.rollback import rollback as go_back
        from publish.town_folder import open_town

        folder = open_town(town)
        title = folder.library.find(dataset).title[console.lang]
        pointer = go_back(town, dataset, version, act_of(who, reason), break_lock=break_lock)
        prepare_map(folder.site)
        current = pointer.datasets[dataset].current
        return Answer(console.text("rollback.done", title=title, version=current), {"dataset": dataset, "current": current})

    run("rollback", lang, as_json, body)
