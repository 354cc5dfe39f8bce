"""machizu diff: what publishing would change, by key: rows added, removed, changed cell by cell, moved by metres."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Town, Wanted, now, one_of
from api.cli.running import Answer, run

if TYPE_CHECKING:
    from publish.town_folder import TownFolder

_FORMATS = ("text", "html")


def diff(
    datasets: Wanted = None,
    town: Town = HERE,
    form: Annotated[str, typer.Option("--format")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    break_lock: BreakLock = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Build, then compare with what is public; as a page, for whoever approves it."""

    def body(console: Console) -> Answer:
        from api.cli.building import build_all, problems
        from api.cli.hiding import hidden_json, tell_hidden
        from publish.diff.comparing import compare
        from publish.diff.summary import as_json as value
        from publish.diff.summary import tell
        from publish.releasing.staging import Staged, Unchanged
        from publish.town_folder import open_town

        one_of("--format", form, _FORMATS)
        folder = open_town(town)
        outcomes = build_all(folder, datasets or (), now(), console, break_lock=break_lock)
        lines, values = [], {}
        for outcome in outcomes:
            title = folder.library[outcome.dataset].title[console.lang]
            if isinstance(outcome.result, Staged):
                found = compare(folder.path, outcome.dataset)
                hidden = tell_hidden(outcome.result.entry, console)
                lines.append("\n".join([f"■ {title}", tell(found, console.lang), *hidden]))
                values[outcome.dataset] = {**value(found), "hidden": hidden_json(outcome.result.entry)}
            elif isinstance(outcome.result, Unchanged):
                lines.append(console.text("diff.none", title=title))
        if form == "html" and values:
            lines = [_packet(folder, list(values), output, console)]
        return Answer("\n".join(lines), {"datasets": values}, problems(outcomes, folder, console))

    run("diff", lang, as_json, body)


def _packet(folder: "TownFolder", datasets: list[str], output: Path | None, console: Console) -> str:
    """Write the approval packet and say where it lies, and the code of each content."""
    from api.cli.giving_back import write
    from publish.packet.packet import as_html, packet_of

    packets = [packet_of(folder, dataset, console.lang) for dataset in datasets]
    path = output or Path(console.text("diff.packet.file"))
    write(path, as_html(folder, packets, console.lang).encode(), folder.sources)
    codes = [console.text("diff.packet.code", title=one.title, code=one.code) for one in packets]
    return "\n".join([console.text("diff.packet", path=path), *codes])
