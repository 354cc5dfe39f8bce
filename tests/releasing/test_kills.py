"""Killed at any moment, whatever an office was doing leaves a site that is served whole, and the next command goes on.

Twenty moments with a fixed seed; the full run has two hundred (DESIGN 11).
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from bench_town import COUNT, NOW, THREE, Office, changed, make_office
from interrupted_run import ACTS, publish_both

from catalog.site.pointer import read_pointer
from catalog.site.snapshot import read_snapshot
from publish.releasing.backup import backup
from publish.releasing.verifying import Remark, verify

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so on Windows")


def start(town: Path, act: str, kill_at: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"}
    command = [sys.executable, str(Path(__file__).with_name("interrupted_run.py")), str(town), act, str(kill_at)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def seats(office: Office) -> str:
    """What the public tables say: the number of seats, and the number of people, which always agree; - where there is none."""
    releases = read_snapshot(office.site).releases
    said = ""
    for dataset, column in (("bench", 6), ("people", 2)):
        file = releases[dataset].of_format("csv") if dataset in releases else None
        said += file.path.read_text("utf-8-sig").splitlines()[1].split(",")[column] if file else "-"
    return said


def served_twice(path: Path) -> Office:
    """A town whose bench table was published with three and with four seats, and its backup beside it."""
    office = make_office(path)
    office.stage(THREE)
    office.stage([{"地域名": "東", "総人口": "3", "period": "2026-01"}], dataset=COUNT)
    office.release("bench", "people")
    publish_both(office, "4")
    backup(path, path.with_suffix(".zip"), NOW)
    return office


def damaged(office: Office) -> Office:
    """The town after somebody deleted what it serves."""
    shutil.rmtree(office.site / "releases" / "bench")
    return office


SERVED: Mapping[str, frozenset[str]] = {
    "publish": frozenset({"44", "55"}),
    "rollback": frozenset({"44", "34"}),
    "withdraw": frozenset({"44", "-4"}),
    "restore": frozenset({"44"}),
}
"""What may be public after each, killed or not."""


def still_going(found: tuple[Remark, ...], act: str) -> Iterator[Remark]:
    """Give what is wrong beyond what an unfinished withdrawal or restoration is about."""
    expected = {"withdraw": "withdrawn-present", "restore": "release-missing"}.get(act)
    partly = {"restore": {"file-differs", "file-missing", "prepared-missing", "unreadable"}}.get(act, set())
    yield from (remark for remark in found if remark.code != expected and remark.code not in partly)


def kill(tmp_path: Path, act: str, moments: int, seed: int) -> None:
    prepared: Callable[[Office], Office] = damaged if act == "restore" else lambda office: office
    whole = prepared(served_twice(tmp_path / "whole"))
    begun = tmp_path / "begun"
    shutil.copytree(whole.path, begun)
    touches = int(start(whole.path, act, 0).communicate()[0])
    assert touches >= 20
    assert seats(whole) in SERVED[act]
    for n, kill_at in enumerate(sorted(random.Random(seed).sample(range(1, touches + 1), min(moments, touches)))):
        office = Office(shutil.copytree(begun, tmp_path / f"{n}"))
        shutil.copy(tmp_path / "whole.zip", tmp_path / f"{n}.zip")
        process = start(office.path, act, kill_at)
        assert (process.communicate(), process.returncode)[1] == -9, kill_at
        found = verify(office.path)
        assert list(still_going(found.problems, act)) == [], kill_at
        if act != "restore":
            assert seats(office) in SERVED[act], kill_at
        goes_on(office, act, kill_at)


def goes_on(office: Office, act: str, kill_at: int) -> None:
    """Do what was interrupted once more where it has to be, and publish."""
    if act == "restore":
        ACTS["restore"](office)
        assert seats(office) == "44", kill_at
    publish_both(office, "6")
    found = verify(office.path)
    prepared = [remark for remark in found.problems if remark.code != "prepared-missing"]
    assert (prepared, found.notes, seats(office)) == ([], (), "66"), kill_at
    assert not list(office.path.rglob(".*"))


@pytest.mark.parametrize("act", ACTS)
def test_killed_at_five_moments_the_site_is_whole_and_the_next_command_goes_on(tmp_path: Path, act: str) -> None:
    kill(tmp_path, act, 5, 20261120)


@pytest.mark.full
@pytest.mark.parametrize("act", ACTS)
def test_killed_at_fifty_moments_the_site_is_whole_and_the_next_command_goes_on(tmp_path: Path, act: str) -> None:
    kill(tmp_path, act, 50, 11)


def test_of_two_publishers_one_has_to_wait_and_the_site_is_whole(tmp_path: Path) -> None:
    office = served_twice(tmp_path / "town")
    processes = [start(office.path, "publish", 0) for _ in range(2)]
    ended = [(process.communicate()[1], process.returncode) for process in processes]
    assert 0 in [code for _, code in ended]
    refusals = ("MustWait", "Nothing is staged")
    for said, code in ended:
        assert code == 0 or any(word in said for word in refusals), said
    found = verify(office.path)
    assert (found.problems, found.notes, seats(office)) == ((), (), "55")


def test_a_clock_that_was_set_back_loses_nothing(tmp_path: Path) -> None:
    office = served_twice(tmp_path / "town")
    office.publish(changed(THREE, 0, 座席数="7"), now=NOW - timedelta(days=400))
    pointer = read_pointer(office.site)
    assert pointer.datasets["bench"].current == "1.2"
    assert [change.n for change in pointer.changes] == list(range(1, len(pointer.changes) + 1))
    assert verify(office.path).ok
