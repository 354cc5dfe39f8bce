"""machizu watch: a shared folder in which a result appears beside each workbook that a section drops there."""

import time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now
from api.cli.running import Answer, run
from catalog.errors import UsageError


def watch(
    folder: Path,
    every: Annotated[float, typer.Option("--every", min=0.1)] = 5.0,
    once: Annotated[bool, typer.Option("--once")] = False,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Watch until Ctrl+C; with --once look twice, so that half-copied files are left out, and stop."""

    def body(console: Console) -> Answer:
        from api.cli.checking import answers
        from api.cli.giving_back import write
        from catalog.town import FILE
        from publish.answering.watching import Watcher

        sources = town / "sources" if (town / FILE).is_file() else None
        _require_folder(folder, sources)
        watcher = Watcher(
            folder,
            lambda path: answers([str(path)], town, now().date())[1][0],
            partial(write, sources=sources),
            console.lang,
        )
        console.note("watch.begins", folder=folder)
        written: list[str] = []
        rounds = 2 if once else None
        while rounds is None or rounds > 0:
            for path, problem in watcher.round():
                console.note("watch.failed" if problem else "watch.done", file=path.name, why=problem)
                written += [] if problem or not once else [str(path)]
            rounds = None if rounds is None else rounds - 1
            if rounds != 0:
                time.sleep(every)
        return Answer(result={"written": written})

    run("watch", lang, as_json, body)


def _require_folder(folder: Path, sources: Path | None) -> None:
    if not folder.is_dir():
        raise UsageError(f"{folder} というフォルダーがありません。", f"There is no folder {folder}.", code="no-folder")
    if sources is not None and folder.resolve().is_relative_to(sources.resolve()):
        raise UsageError(
            f"{folder} は sources/ の中です。sources/ には何も書きません。",
            f"{folder} lies in sources/, where nothing is ever written.",
            fix_ja="受け取るためのフォルダーを、sources/ とは別に作ってください。",
            fix_en="Make a folder for handing in outside sources/.",
        )
