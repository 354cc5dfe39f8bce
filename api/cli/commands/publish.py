"""machizu publish: shows exactly what will change, does it in one step, reads it back, and says where to look."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, DryRun, Json, Lang, Reason, Town, Wanted, Who, Yes, act_of, now
from api.cli.running import Answer, run
from catalog.errors import MustWait


def publish(
    datasets: Wanted = None,
    to: Annotated[str, typer.Option("--to")] = "site",
    town: Town = HERE,
    dry_run: DryRun = False,
    yes: Yes = False,
    reason: Reason = "",
    who: Who = "",
    at: Annotated[str, typer.Option("--at")] = "",
    approved: Annotated[list[str] | None, typer.Option("--approved")] = None,
    decision: Annotated[str, typer.Option("--decision")] = "",
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Publish to the site, or copy what already stands there to a portal."""

    def body(console: Console) -> Answer:
        from api.cli.publishing import Sending, Wish, cancel, to_portal, to_site
        from publish.releasing.schedule import moment_of
        from publish.town_folder import open_town

        folder = open_town(town)
        if to != "site":
            return to_portal(folder, to, datasets or (), Sending(now(), dry_run, break_lock), console)
        act = act_of(who, reason, decision)
        if at.strip().lower() in ("none", "なし"):
            return cancel(folder, datasets or (), act, console, break_lock=break_lock)
        moment = moment_of(at, act.now) if at else None
        wish = Wish(lambda: yes or _agrees(console, town), dry_run, break_lock, tuple(approved or ()), moment)
        return to_site(folder, datasets or (), act, console, wish)

    run("publish", lang, as_json, body)


def _agrees(console: Console, town: Path) -> bool:
    if not console.interactive():
        raise MustWait(
            "公開するには確認が要ります。",
            "Publishing wants to be confirmed.",
            fix_ja=f"内容を見たうえで machizu publish --town {town} --yes を実行してください。",
            fix_en=f"After reading it, run: machizu publish --town {town} --yes",
            code="confirm",
        )
    return console.agrees("publish.ask")
