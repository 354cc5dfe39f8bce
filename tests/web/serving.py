"""A site on a real server on loopback, for clients that do not live in this process."""

import socket
import threading
from pathlib import Path

import uvicorn

from api.web.app import create_app


class Server:
    """uvicorn on a free port, in a thread of this process."""

    def __init__(self, site: Path, root_path: str = "") -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}{root_path}"
        config = uvicorn.Config(create_app(site, root_path=root_path), log_level="warning", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for it."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
