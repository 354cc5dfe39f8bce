"""One run at a time; a crash never leaves a lock; writes are whole and insist on Windows."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from bench_town import NOW, THREE, Office

from catalog.errors import MustWait, OutsideError
from publish.releasing import disk
from publish.releasing.lock import FILE, HOLDER, holder, lock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys; from pathlib import Path; from bench_town import NOW; from publish.releasing.lock import lock
with lock(Path(sys.argv[1]), now=NOW):
    print("held", flush=True); sys.stdin.readline()
"""


def hold(town: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(town)], env=environment, text=True, **pipes)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_another_run_must_wait_and_is_told_for_whom(office: Office) -> None:
    with hold(office.path) as process:
        assert holder(office.path)["process"] == str(process.pid)
        with pytest.raises(MustWait) as refused, lock(office.path, now=NOW):
            pass
        assert refused.value.exit_code == 5
        assert "2026-11-20T09:00:00+09:00" in refused.value.message["ja"]
        with pytest.raises(MustWait), lock(office.path, now=NOW, break_lock=True):
            pass
        process.communicate("\n")
    with lock(office.path, now=NOW):
        pass
    assert holder(office.path) == {}


def test_a_crash_leaves_no_lock(office: Office) -> None:
    with hold(office.path) as process:
        process.kill()
        process.communicate()
    assert holder(office.path) != {}
    office.publish(THREE)
    assert holder(office.path) == {}


def test_the_lock_of_another_machine_is_broken_by_a_person_only(office: Office) -> None:
    path = office.path / FILE
    path.parent.mkdir()
    path.touch()
    path.with_name(HOLDER).write_text(json.dumps({"host": "other", "process": "1", "since": "2026-11-19"}), "utf-8")
    with pytest.raises(MustWait) as refused, lock(office.path, now=NOW):
        pass
    assert "--break-lock" in refused.value.fix["en"]
    with lock(office.path, now=NOW, break_lock=True):
        assert holder(office.path)["host"] != "other"


def test_the_same_thread_enters_again_another_one_does_not(office: Office) -> None:
    refused: list[MustWait] = []

    def other() -> None:
        try:
            with lock(office.path, now=NOW):
                pass
        except MustWait as problem:
            refused.append(problem)

    with lock(office.path, now=NOW):
        with lock(office.path, now=NOW):
            assert holder(office.path)["process"] == str(os.getpid())
        assert holder(office.path), "still held after the inner one"
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(refused) == 1


def test_an_error_inside_lets_go_of_the_lock(office: Office) -> None:
    with pytest.raises(ZeroDivisionError), lock(office.path, now=NOW):
        _ = 1 / 0
    with lock(office.path, now=NOW):
        pass


def test_a_reader_on_windows_is_waited_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    tries = 0
    rename = os.replace

    def held(source: Path, target: Path) -> None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise PermissionError(13, "sharing violation", str(source), None, str(target))
        rename(source, target)

    monkeypatch.setattr(disk.os, "replace", held)
    monkeypatch.setattr(disk, "_WAITS", (0.1, 0.2, 0.4, 0.8))
    monkeypatch.setattr(disk.time, "sleep", waits.append)
    disk.write_file(here / "catalog.json", b"new")
    assert (here / "catalog.json").read_bytes() == b"new"
    assert waits == [0.1, 0.2, 0.4]


def test_a_file_that_stays_held_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(source: Path, target: Path) -> None:
        raise PermissionError(13, "sharing violation", str(source), None, str(target))

    monkeypatch.setattr(disk.os, "replace", held)
    with pytest.raises(OutsideError) as refused:
        disk.write_file(here / "catalog.json", b"new")
    assert "catalog.json" in refused.value.message["ja"]
    assert refused.value.exit_code == 3
