"""machizu watch: a shared folder in which a result appears beside each workbook that a section drops there."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now
from api.cli.running import Answer, run
from catalog.errors import MustWait, UsageError

if TYPE_CHECKING:
    from publish.answering.watching import Seen, Watcher


def watch(
    folder: Path,
    every: Annotated[float, typer.Option("--every", min=0.1)] = 5.0,
    once: Annotated[bool, typer.Option("--once")] = False,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Watch until Ctrl+C; with --once look twice, so that half-copied files are left out, and stop.

    With --once the exit says whether every file has its results: 3 or 1 when one could not be answered, 5 when one waits.
    """

    def body(console: Console) -> Answer:
        watcher = _watcher(folder, town, console.lang)
        console.note("watch.begins", folder=_shown(folder))
        seen: list[Seen] = []
        rounds = 2 if once else None
        while rounds is None or rounds > 0:
            for one in watcher.round():
                _tell(one, console)
                seen += [one] if once else []
            rounds = None if rounds is None else rounds - 1
            if rounds != 0:
                time.sleep(every)
        return _summed(seen, watcher, console)

    run("watch", lang, as_json, body)


def _watcher(folder: Path, town: Path, lang: str) -> "Watcher":
    """Return the watcher of a folder; UsageError for a folder that is none, SettingError for a town that cannot be opened."""
    from api.cli.checking import answers
    from catalog.town import FILE
    from publish.answering.results.giving import Giving
    from publish.answering.results.placing import Guard
    from publish.answering.watching import Watcher
    from publish.town_folder import open_town

    if not folder.is_dir():
        raise UsageError(
            f"{_shown(folder)} というフォルダーがありません。", f"There is no folder {_shown(folder)}.", code="no-folder"
        )
    sources = open_town(town).sources if (town / FILE).is_file() else None
    if Guard(sources).is_among_sources(folder):
        raise UsageError(
            f"{_shown(folder)} は sources/ の中です。sources/ には何も書きません。",
            f"{_shown(folder)} lies in sources/, where nothing is ever written.",
            fix_ja="受け取るためのフォルダーを、sources/ とは別に作ってください。",
            fix_en="Make a folder for handing in outside sources/.",
            code="among-sources",
        )
    return Watcher(
        folder,
        lambda path: answers([str(path)], town, now().date())[1][0],
        lambda about: Giving(lang, sources, about=about),
        lang,
    )


def _tell(seen: "Seen", console: Console) -> None:
    """Say what came of one file; what is said of a town's own files is said in words, never as a traceback."""
    if seen.problem is None:
        console.note("watch.done", file=_shown(seen.path))
    else:
        console.note("watch.failed", file=_shown(seen.path), why=_plain(seen.problem.in_language(console.lang)))


def _summed(seen: "list[Seen]", watcher: "Watcher", console: Console) -> Answer:
    written = [one for one in seen if one.problem is None]
    failed = [one for one in seen if one.problem is not None]
    troubled = {one.path for one in failed}
    left = [path for path in watcher.waiting if path not in troubled]
    for path in left:
        console.note("watch.left", file=_shown(path))
    result: dict[str, Any] = {
        "written": [str(one.path) for one in written],
        "results": [str(path) for one in written for path in one.results],
        "failed": [{"file": str(one.path), **one.problem.told(console.lang)} for one in failed if one.problem],
        "left": [str(path) for path in left],
    }
    codes = [one.problem.exit_code for one in failed if one.problem]
    return Answer(result=result, exit_codes=[*codes, *([MustWait.exit_code] if left else [])])


def _shown(path: Path) -> str:
    return _plain(str(path))


def _plain(text: str) -> str:
    from publish.answering.visible import visible

    return visible(text, 1000)
