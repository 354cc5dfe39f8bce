"""machizu diff: what publishing would change, by key: rows added, removed, changed cell by cell, moved by metres."""

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Town, Wanted, now
from api.cli.running import Answer, run


def diff(
    datasets: Wanted = None, town: Town = HERE, break_lock: BreakLock = False, lang: Lang = None, as_json: Json = False
) -> None:
    """Build, then compare with what is public."""

    def body(console: Console) -> Answer:
        from api.cli.building import build_all, problems
        from publish.diff.comparing import compare
        from publish.diff.summary import as_json as value
        from publish.diff.summary import tell
        from publish.releasing.staging import Staged, Unchanged
        from publish.town_folder import open_town

        folder = open_town(town)
        outcomes = build_all(folder, datasets or (), now(), console, break_lock=break_lock)
        lines, values = [], {}
        for outcome in outcomes:
            title = folder.library[outcome.dataset].title[console.lang]
            if isinstance(outcome.result, Staged):
                found = compare(folder.path, outcome.dataset)
                lines.append(f"■ {title}\n{tell(found, console.lang)}")
                values[outcome.dataset] = value(found)
            elif isinstance(outcome.result, Unchanged):
                lines.append(console.text("diff.none", title=title))
        return Answer("\n".join(lines), {"datasets": values}, problems(outcomes, folder, console))

    run("diff", lang, as_json, body)
