"""A site served on a free port of loopback for as long as a test needs it."""

import socket
import threading
from pathlib import Path

import uvicorn

from api.web.app import create_app

DEAD = "http://127.0.0.1:9"
"""The discard port: nothing answers."""


class Served:
    """A site on a free port, under a path prefix or none."""

    def __init__(self, site: Path, root_path: str = "") -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.root = root_path
        self.address = self.origin + root_path
        config = uvicorn.Config(create_app(site, root_path=root_path), log_level="warning", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
