"""machizu build: everything as it would be published, into `staged/`; nothing becomes public."""

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Town, Wanted, now
from api.cli.running import Answer, run


def build(
    datasets: Wanted = None, town: Town = HERE, break_lock: BreakLock = False, lang: Lang = None, as_json: Json = False
) -> None:
    """Build and tell what came of each dataset."""

    def body(console: Console) -> Answer:
        from api.cli.building import as_json as value
        from api.cli.building import build_all, problems, stands_in_the_way, tell
        from publish.town_folder import open_town

        folder = open_town(town)
        outcomes = build_all(folder, datasets or (), now(), console, break_lock=break_lock)
        stopped = problems(outcomes, folder, console)
        lines = [tell(outcome, folder, console.lang, console) for outcome in outcomes if not stands_in_the_way(outcome)]
        return Answer("\n".join(lines), {"datasets": [value(outcome) for outcome in outcomes]}, stopped)

    run("build", lang, as_json, body)
