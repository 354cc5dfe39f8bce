"""machizu demo: the invented town of Mihon, made, published and served; what a clerk would read on the way."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import Lang
from api.cli.running import Answer, run


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path("mihon"),
    no_serve: Annotated[bool, typer.Option("--no-serve")] = False,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8000,
    lang: Lang = None,
) -> None:
    """Make the example town unless it is there, publish it, and serve it."""

    def body(console: Console) -> Answer:
        from api.cli.commands.serve import listen, serve_site
        from api.cli.showing import make, show_bad_file, show_next_month, try_these

        listening = None if no_serve else listen(host, port)
        made = make(folder, console)
        show_bad_file(folder, console)
        if made:
            show_next_month(folder, console)
        base = f"http://{host}:{listening.getsockname()[1] if listening else port}"
        try_these(folder, base, console)
        if listening is None:
            return Answer(console.text("demo.later", folder=folder))
        console.note("serve.stop")
        serve_site(folder / "site", listening)
        return Answer()

    run("demo", lang, False, body)
