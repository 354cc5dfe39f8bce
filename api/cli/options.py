"""The options that commands share; their help stands in `locale/` under `option.<name>`."""

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from catalog.errors import UsageError

if TYPE_CHECKING:
    from publish.releasing.act import Act

Town = Annotated[Path, typer.Option("--town")]
Lang = Annotated[str | None, typer.Option("--lang")]
Json = Annotated[bool, typer.Option("--json")]
Yes = Annotated[bool, typer.Option("--yes", "-y")]
Reason = Annotated[str, typer.Option("--reason")]
Who = Annotated[str, typer.Option("--who")]
BreakLock = Annotated[bool, typer.Option("--break-lock")]
DryRun = Annotated[bool, typer.Option("--dry-run")]
Wanted = Annotated[list[str] | None, typer.Argument(metavar="[DATASET]...")]
HERE = Path()


def now() -> datetime:
    """Return this moment on the town's clock; the only place of the command line that asks it."""
    return datetime.now(ZoneInfo("Asia/Tokyo"))


def one_of(option: str, given: str, known: Sequence[str]) -> None:
    """Refuse an option whose value is none of those that it can have; UsageError lists them."""
    if given not in known:
        raise UsageError(
            f"{option} は {'、'.join(known)} のどれかです(「{given}」)。",
            f"{option} is one of {', '.join(known)}, not {given!r}.",
        )


def account() -> str:
    """Return the name of the computer's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def act_of(who: str, reason: str = "", document: str = "") -> "Act":
    """Return what is recorded of a decision: who, as given or else the computer's user, when, why and the paper's number."""
    from publish.releasing.act import Act

    return Act(who or account(), now(), reason, document, account())
