"""machizu emergency-card: one A4 with this town's commands, hosts and telephone numbers, to hang beside the telephone."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run


def emergency_card(
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write the card."""

    def body(console: Console) -> Answer:
        import socket

        from api.cli.giving_back import write
        from publish.handover.card import as_html
        from publish.town_folder import open_town

        folder = open_town(town)
        path = output or Path(console.text("card.file"))
        write(path, as_html(folder, socket.gethostname(), console.lang).encode(), folder.sources)
        return Answer(console.text("card.done", path=path), {"path": str(path)})

    run("emergency-card", lang, as_json, body)
