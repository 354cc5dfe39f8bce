"""What is gathered of a withdrawal: what was public, since when, how often it was fetched, which copies are left."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from bench_town import NOW, THREE, Office, changed, files

from catalog.site.pointer import read_pointer
from publish.releasing.backup import backup
from publish.releasing.incident import Incident, gather, keep
from publish.releasing.requests import Requests, count

LATER = NOW + timedelta(days=2)
LINE = '198.51.100.7 - - [{at}] "GET {path} HTTP/1.1" {status} 512 "-" "curl"'


def log(path: Path, *lines: tuple[str, str, str]) -> Path:
    text = "\n".join(LINE.format(at=at, path=asked, status=status) for at, asked, status in lines) + "\nnot a line\n"
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def published(office: Office) -> Office:
    office.publish(THREE)
    office.publish(changed(THREE, 0, 座席数="5"), now=NOW + timedelta(days=1))
    return office


def facts(office: Office, **more: object) -> Incident:
    pointer = read_pointer(office.site)
    act = office.act("氏名が入っていました", now=LATER)
    return gather(office.path, pointer, "bench", list(pointer.datasets["bench"].versions), act, **more)  # type: ignore[arg-type]


def test_requests_are_counted_that_were_answered_while_it_was_public(here: Path) -> None:
    day, out = "21/Nov/2026:10:00:00 +0900", "01/Nov/2026:10:00:00 +0900"
    first = log(
        here / "access.log",
        (day, "/files/bench/latest/999997_bench.csv", "200"),
        (day, "/mihon/files/bench/1.0/999997_bench.csv?names=ascii", "206"),
        (day, "/files/bench2/latest/x.csv", "200"),
        (day, "/files/bench/latest/x.csv", "404"),
        (out, "/files/bench/latest/999997_bench.csv", "200"),
    )
    second = log(
        here / "access.log.1.gz",
        (day, "/datasets/bench", "200"),
        (day, "/ogc/collections/bench/items?limit=10", "200"),
        (day, "/en/datasets/%62ench/ZZ0000000001", "200"),
        (day, "/tiles/bench/1.0/14/1/2.mvt", "304"),
    )
    assert count([first, second], "bench", NOW, LATER) == Requests(files=2, views=3)


def test_the_facts_name_every_file_that_was_public_and_since_when(published: Office) -> None:
    found = facts(published)
    assert (found.since, found.until) == ("2026-11-20T09:00:00+09:00", "2026-11-22T09:00:00+09:00")
    assert [(one.version, one.rows) for one in found.versions] == [("1.0", 3), ("1.1", 3)]
    named = {file.sha256 for one in found.versions for file in one.files}
    assert len(named) >= 6
    assert "管理者" not in found.versions[0].columns
    assert (found.downloads, found.views) == (None, None)


def test_backups_that_were_made_while_it_was_public_are_named(published: Office, here: Path) -> None:
    backup(published.path, here / "before.zip", NOW - timedelta(days=9))
    backup(published.path, here / "after.zip", NOW + timedelta(hours=1))
    assert [Path(path).name for path in facts(published).backups] == ["after.zip"]


def test_a_release_that_cannot_be_read_any_more_is_still_told(published: Office) -> None:
    pointer = read_pointer(published.site)
    (published.site / pointer.datasets["bench"].versions["1.0"].path / "datapackage.json").write_bytes(b"{")
    first = facts(published).versions[0]
    assert (first.version, first.files) == ("1.0", ())
    assert first.package == pointer.datasets["bench"].versions["1.0"].hash


def test_the_facts_are_kept_for_the_office_and_hold_no_cell(published: Office) -> None:
    path = keep(published.path, facts(published))
    assert path.relative_to(published.path).as_posix() == "log/incidents/20261122-090000-bench.json"
    text = path.read_text("utf-8")
    assert "駅前" not in text
    assert "incidents" not in "".join(files(published.site))
