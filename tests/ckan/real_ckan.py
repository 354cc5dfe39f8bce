"""The real CKAN of the tests: started by up.sh unless it runs, stopped by the last who uses it if the tests started it."""

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TOKEN = "MACHIZU_TOKEN_OF_TEST"
"""The environment variable that the town's settings name."""


@dataclass(frozen=True)
class Given:
    """A CKAN; `storage` is where it keeps uploads, None for one that is not ours."""

    url: str
    token: str
    storage: Path | None


@contextmanager
def _locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


def _script(name: str) -> str:
    done = subprocess.run([HERE / name], capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        pytest.fail(f"tests/ckan/{name}: {done.stderr}", pytrace=False)
    return done.stdout


@contextmanager
def our_ckan() -> Iterator[Given]:
    """Start it unless it runs; who started it stops it, when no other run of the tests uses it any more."""
    folder = Path(tempfile.gettempdir())
    starting, using, started = (folder / f"machizu-ckan-{os.getuid()}.{name}" for name in ("starting", "using", "started"))
    with using.open("a") as users:
        with _locked(starting):
            fcntl.flock(users, fcntl.LOCK_SH)
            ran = _running()
            url, token, log = _script("up.sh").split()
            if not ran:
                started.touch()
        yield Given(url, token, Path(log).parent / "storage")
        with _locked(starting):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if started.exists():
                _script("down.sh")
                started.unlink()


def _running() -> bool:
    return subprocess.run(["bash", "-c", f". '{HERE}/services.sh'; alive ckan"], check=False).returncode == 0
