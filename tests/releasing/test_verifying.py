"""`verify` finds every byte that is not as it was published, here and from outside; `status` tells how things stand."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bench_town import COUNT, LIBRARY, THREE, Office, changed, files

from catalog.errors import OutsideError, UsageError
from catalog.message import LANGUAGES, names
from catalog.site.pointer import read_pointer
from publish.releasing import history, verifying
from publish.releasing.outside import verify_outside
from publish.releasing.rollback import rollback
from publish.releasing.schedule import JAPAN
from publish.releasing.staged import block
from publish.releasing.status import status
from publish.releasing.verifying import Remark, verify
from publish.releasing.withdrawal import withdraw
from publish.town_folder import TownFolder

FIVE = changed(THREE, 0, 座席数="5")


def codes(office: Office) -> list[str]:
    return [problem.code for problem in verify(office.path).problems]


def release_folder(office: Office, version: str = "1.0") -> Path:
    return office.site / read_pointer(office.site).datasets["bench"].versions[version].path


def test_a_site_as_published_is_whole(office: Office) -> None:
    assert verify(office.path).ok, "a town without a site too"
    office.publish(THREE)
    office.publish(FIVE)
    found = verify(office.path)
    assert (found.ok, found.notes, found.releases, found.files) == (True, (), 2, 14)


def test_every_altered_missing_or_foreign_file_is_found(office: Office) -> None:
    office.publish(THREE)
    folder = release_folder(office)
    for name, data in files(folder).items():
        (folder / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert codes(office) == ["file-differs"], name
        (folder / name).unlink()
        assert codes(office) == ["file-missing"], name
        (folder / name).write_bytes(data)
    (folder / "extra.html").write_bytes(b"x")
    assert codes(office) == ["file-differs"]
    (folder / "extra.html").unlink()
    assert codes(office) == []
    folder.rename(folder.with_name("elsewhere"))
    assert codes(office) == ["release-missing"]
    assert [note.code for note in verify(office.path).notes] == ["not-pointed-to"]


def test_a_withdrawn_file_that_came_back_is_found(office: Office) -> None:
    office.publish(THREE)
    folder = release_folder(office)
    kept = files(folder)
    withdraw(office.path, "bench", None, office.act("個人の名前"))
    folder.mkdir()
    (folder / "999997_bench.csv").write_bytes(kept["999997_bench.csv"])
    assert codes(office) == ["withdrawn-present"]
    office.release()
    assert codes(office) == []


def test_missing_or_foreign_prepared_files_are_found(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    store = office.site / "prepared" / "bench" / "1.1" / "serve.sqlite"
    store.write_bytes((office.site / "prepared" / "bench" / "1.0" / "serve.sqlite").read_bytes())
    assert codes(office) == ["prepared-missing"]
    store.write_bytes(b"no database")
    assert codes(office) == ["prepared-missing"]
    store.unlink()
    assert codes(office) == ["prepared-missing"]


def test_a_history_that_was_rewritten_is_found(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    log = office.path / history.FILE
    whole = log.read_bytes()
    log.write_bytes(whole.replace("情報係".encode(), "財政係".encode(), 1))
    assert codes(office) == ["chain-broken"]
    log.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    assert codes(office) == ["history-differs"]
    log.write_bytes(whole.replace(b'"n": 1', b'"n" 1', 1))
    assert codes(office) == ["unreadable"]
    log.write_bytes(whole)
    (office.site / "town.json").unlink()
    assert codes(office) == ["unreadable"]
    (office.site / "catalog.json").write_bytes(b"{")
    assert codes(office) == ["unreadable"]
    assert verify(office.path).problems[0].sentence("en").endswith("is damaged. Bring it back with machizu restore BACKUP.zip.")


def test_every_remark_has_a_sentence_in_both_languages() -> None:
    assert len({names(verifying.LOCALE, lang) for lang in LANGUAGES}) == 1
    for code in names(verifying.LOCALE, "ja"):
        said = [Remark(code, "aed", "1.0", "x/y").sentence(lang) for lang in LANGUAGES]
        assert said[0] != said[1]
        assert not any("{" in sentence for sentence in said)


class _Site(BaseHTTPRequestHandler):
    """Just enough of a site: /files/{id}/{version}/{name}."""

    def __init__(self, site: Path, *more: object) -> None:
        self.site = site
        super().__init__(*more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        _, _, dataset, version, name = self.path.split("/")
        found = next((self.site / "releases" / dataset).glob(f"{version}-*/{name}"), None)
        self.send_response(200 if found else 410)
        self.end_headers()
        self.wfile.write(found.read_bytes() if found else b"gone")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, site))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_site_is_compared_from_outside(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    with served(office.site) as address:
        assert verify_outside(office.site, address).problems == ()
        (release_folder(office, "1.1") / "999997_bench.csv").write_bytes(b"other")
        assert [problem.code for problem in verify_outside(office.site, address).problems] == ["outside-differs"]
        kept = files(release_folder(office))
        folder = release_folder(office)
        withdraw(office.path, "bench", None, office.act("誤り"))
        assert verify_outside(office.site, address).ok
        folder.mkdir()
        (folder / "datapackage.json").write_bytes(kept["datapackage.json"])
        assert [problem.code for problem in verify_outside(office.site, address).problems] == ["outside-withdrawn"]
        folder.joinpath("datapackage.json").unlink()
    office.publish(changed(THREE, 0, 座席数="7"))
    with pytest.raises(OutsideError):
        verify_outside(office.site, address)
    with pytest.raises(UsageError):
        verify_outside(office.site, "file:///etc")


def town_folder(office: Office) -> TownFolder:
    return TownFolder(office.path, office.town, LIBRARY, {})


def test_status_tells_what_is_public_staged_blocked_late_and_exposed(office: Office) -> None:
    office.publish(THREE)
    office.stage(FIVE)
    block(office.path, "people", ["required"])
    office.stage([{"地域名": "東", "総人口": "5", "period": "2026-01"}], dataset=COUNT)
    found = {one.dataset.id: one for one in status(town_folder(office), datetime(2027, 1, 1, tzinfo=JAPAN)).datasets}
    bench = found["bench"]
    assert (bench.current, bench.section, bench.due, bench.late) == ("1.0", "parks", date(2027, 1, 1), False)
    assert bench.staged is not None
    assert bench.staged.version == "1.1"
    assert found["people"].current is None
    assert status(town_folder(office), datetime(2027, 1, 2, tzinfo=JAPAN)).datasets[0].late
    block(office.path, "bench", ["required"])
    assert status(town_folder(office), datetime(2027, 1, 2, tzinfo=JAPAN)).datasets[0].blocked == ("required",)
    settings = office.path / "machizu.toml"
    decision = '[disclosure.bench]\nclass = "view"\nreason = "r"\ndecided = "2026"\ndocument = "d"\nreview = "2027"\n'
    settings.write_text(settings.read_text("utf-8") + decision, "utf-8")
    assert status(town_folder(office), datetime(2027, 1, 2, tzinfo=JAPAN)).datasets[0].exposed == ("1.0",)


def test_a_site_that_is_older_than_the_history_is_not_written_on(office: Office) -> None:
    """A number would be given twice, and what was withdrawn would be published again."""
    office.publish(THREE)
    older = (office.site / "catalog.json").read_bytes()
    office.publish(FIVE)
    (office.site / "catalog.json").write_bytes(older)
    with pytest.raises(OutsideError) as published:
        office.publish(changed(THREE, 0, 座席数="7"))
    with pytest.raises(OutsideError) as rolled_back:
        rollback(office.path, "bench", None, office.act())
    assert {published.value.code, rolled_back.value.code} == {"site-behind"}
    assert (office.site / "catalog.json").read_bytes() == older
    assert withdraw(office.path, "bench", None, office.act("個人の名前")).versions == ("1.0",), "that waits for nothing"


def test_a_damaged_history_stops_no_withdrawal_and_is_kept(office: Office) -> None:
    office.publish(THREE)
    log = office.path / history.FILE
    damaged = log.read_bytes() + b"garbage\n"
    log.write_bytes(damaged)
    with pytest.raises(OutsideError, match="damaged"):
        office.publish(FIVE)
    done = withdraw(office.path, "bench", None, office.act("個人の名前"))
    assert done.versions == ("1.0",)
    assert done.damaged is not None
    assert done.damaged.read_bytes() == damaged
    assert {problem.code for problem in verify(office.path).problems} == {"history-differs"}
