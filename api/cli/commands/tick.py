"""machizu tick: publishes what was scheduled, once it is due and approved. Meant to be run every few minutes by the system."""

from api.cli.console import Console
from api.cli.options import HERE, BreakLock, Json, Lang, Town, now
from api.cli.running import Answer, run


def tick(town: Town = HERE, break_lock: BreakLock = False, lang: Lang = None, as_json: Json = False) -> None:
    """Publish what is due; tell what waits, and for what."""

    def body(console: Console) -> Answer:
        from api.cli.ticking import publish_due
        from publish.town_folder import open_town

        return publish_due(open_town(town), now(), console, break_lock=break_lock)

    run("tick", lang, as_json, body)
