"""machizu demo: the invented town of Mihon, made, published and served; what a clerk would read on the way."""

import socket
from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.serve import DEFAULT, listen
from api.cli.console import Console
from api.cli.options import Lang
from api.cli.running import Answer, run
from catalog.errors import UsageError


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path("mihon"),
    no_serve: Annotated[bool, typer.Option("--no-serve")] = False,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535)] = None,
    lang: Lang = None,
) -> None:
    """Make the example town unless it is there, publish it, and serve it."""

    def body(console: Console) -> Answer:
        from api.cli.commands.serve import serve_site
        from api.cli.showing import make, show_bad_file, show_next_month, try_these

        listening = None if no_serve else _listen(host, port)
        made = make(folder, console)
        show_bad_file(folder, console)
        if made:
            show_next_month(folder, console)
        base = f"http://{host}:{listening.getsockname()[1] if listening else port or DEFAULT}"
        try_these(folder, base, console)
        if listening is None:
            return Answer(console.text("demo.later", folder=folder))
        console.note("serve.stop")
        serve_site(folder / "site", listening)
        return Answer()

    run("demo", lang, False, body)


def _listen(host: str, port: int | None) -> socket.socket:
    """Listen where one was told to; else at the usual port, or at any other when that one is taken."""
    if port is not None:
        return listen(host, port)
    try:
        return listen(host, DEFAULT)
    except UsageError:
        return listen(host, 0)
