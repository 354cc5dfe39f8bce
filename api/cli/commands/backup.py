"""machizu backup: one zip of the whole town folder, read back and remembered."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Town, now
from api.cli.running import Answer, run


def backup(
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    town: Town = HERE,
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write a backup; by default into the current folder, named by code and day."""

    def body(console: Console) -> Answer:
        from publish.releasing.backup import backup as write
        from publish.town_folder import open_town

        folder, moment = open_town(town), now()
        name = f"{folder.town.code}_{moment:%Y%m%d}.zip"
        target = (output / name if output.is_dir() else output) if output else Path(name)
        done = write(folder.path, target, moment, break_lock=break_lock)
        size = f"{done.size / 1_000_000:,.1f}"
        text = console.text("backup.done", path=done.path, files=f"{done.files:,}", size=size)
        return Answer(text, {"path": str(done.path), "files": done.files, "bytes": done.size})

    run("backup", lang, as_json, body)
