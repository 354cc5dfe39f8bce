"""machizu withdraw: takes a dataset back everywhere: site, prepared files, the portals that we copied it to."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Reason, Town, Who, Yes, act_of
from api.cli.running import Answer, run
from catalog.errors import MustWait, UsageError


def withdraw(
    dataset: Annotated[str, typer.Argument(metavar="DATASET[@VERSION]")],
    town: Town = HERE,
    reason: Reason = "",
    who: Who = "",
    yes: Yes = False,
    at_once: Annotated[bool, typer.Option("--now")] = False,
    drill: Annotated[bool, typer.Option("--drill")] = False,
    places: Annotated[list[Path] | None, typer.Option("--also")] = None,
    logs: Annotated[list[Path] | None, typer.Option("--access-log")] = None,
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Withdraw every version, or the one named; what could not be deleted is listed and the exit code is 3."""

    def body(console: Console) -> Answer:
        from api.cli.withdrawing import Order, rehearse, take_back
        from publish.releasing.withdrawal import URGENT
        from publish.town_folder import open_town

        name, _, version = dataset.partition("@")
        folder = open_town(town)
        title = folder.library.find(name).title[console.lang]
        order = Order(name, version or None, tuple(places or ()), tuple(logs or ()))
        why = reason.strip() or (URGENT if at_once or drill else "")
        if drill:
            return rehearse(folder, order, act_of(who, why), console)
        if not why:
            raise UsageError(
                "取り下げの理由が要ります。",
                "A withdrawal needs a reason.",
                fix_ja="--reason で書いてください。",
                fix_en="Give --reason.",
            )
        if not (yes or at_once) and not _agrees(console, title):
            return Answer(console.text("publish.stopped"))
        return take_back(folder, order, act_of(who, why), console, break_lock=break_lock)

    run("withdraw", lang, as_json, body)


def _agrees(console: Console, title: str) -> bool:
    if not console.interactive():
        raise MustWait(
            "取り下げには確認が要ります。",
            "A withdrawal wants to be confirmed.",
            fix_ja="--yes を付けて実行してください。",
            fix_en="Run it with --yes.",
            code="confirm",
        )
    return console.agrees("withdraw.ask", title=title)
