"""machizu restore: brings back from a backup what a town folder lacks; --drill tries it elsewhere and measures the time."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Reason, Town, Who, Yes, act_of
from api.cli.running import Answer, run
from catalog.errors import MustWait


def restore(
    file: Path,
    town: Town = HERE,
    drill: Annotated[bool, typer.Option("--drill")] = False,
    sites: Annotated[list[Path] | None, typer.Option("--site")] = None,
    reason: Reason = "",
    who: Who = "",
    yes: Yes = False,
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Restore, prepare what is served, verify; exit 1 when something is not as it was published."""

    def body(console: Console) -> Answer:
        from api.cli.restoring import bring_back, rehearse

        act, known = act_of(who, reason), tuple(sites or ())
        if drill:
            return rehearse(file, act, known, console)
        if not yes and not _agrees(console, town):
            return Answer(console.text("restore.stopped"))
        return bring_back(file, town, act, known, console, break_lock=break_lock)

    run("restore", lang, as_json, body)


def _agrees(console: Console, town: Path) -> bool:
    if not console.interactive():
        raise MustWait(
            "控えから戻すには確認が要ります。",
            "Restoring wants to be confirmed.",
            fix_ja="--yes を付けて実行してください。",
            fix_en="Run it with --yes.",
            code="confirm",
        )
    return console.agrees("restore.ask", town=town.resolve())
