"""machizu handover: the page for who takes over: every section's datasets, tables, dates, open findings and last steps."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now
from api.cli.running import Answer, run


def handover(
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write the page; every table is read once more for it."""

    def body(console: Console) -> Answer:
        from api.cli.giving_back import write
        from publish.handover.handover import as_html
        from publish.handover.handover import handover as gather
        from publish.town_folder import open_town

        folder, moment = open_town(town), now()
        duties = gather(folder, moment, console.lang)
        path = output or Path(console.text("handover.file"))
        write(path, as_html(folder, duties, moment, console.lang).encode(), folder.sources)
        count = sum(len(one.datasets) for one in duties)
        return Answer(console.text("handover.done", path=path, count=count), {"path": str(path), "datasets": count})

    run("handover", lang, as_json, body)
