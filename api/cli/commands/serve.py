"""machizu serve: the public site of a town from its `site/` folder, read-only."""

import socket
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Lang, Town
from api.cli.running import Answer, run
from catalog.errors import UsageError

DEFAULT = 8000
_BACKLOG = 128


def serve(
    town: Town = HERE,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = DEFAULT,
    root_path: Annotated[str, typer.Option("--root-path")] = "",
    lang: Lang = None,
) -> None:
    """Serve the site until interrupted; the address is the first line on stdout."""

    def body(console: Console) -> Answer:
        listening = listen(host, port)
        console.say(f"http://{host}:{listening.getsockname()[1]}{root_path}/")
        console.note("serve.stop")
        serve_site(town / "site", listening, root_path)
        return Answer()

    run("serve", lang, False, body)


def serve_site(site: Path, listening: socket.socket, root_path: str = "") -> None:
    """Serve a site folder on a listening socket until interrupted."""
    import uvicorn

    from api.web.app import create_app

    app = create_app(site, root_path=root_path)
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=10, limit_concurrency=256)
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; UsageError when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as problem:
        listening.close()
        raise UsageError(
            f"{host} の {port} 番は使えません({problem.strerror})。",
            f"Cannot listen on {host} port {port}: {problem.strerror}.",
            fix_ja="--port で別の番号を選んでください(0 なら空いている番号)。",
            fix_en="Choose another with --port (0 picks a free one).",
            code="port",
        ) from problem
    listening.listen(_BACKLOG)
    return listening
