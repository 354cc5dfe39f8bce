"""Interrupted between two steps, a change of the site is finished or undone by the next command."""

import os
from pathlib import Path

import pytest
from bench_town import COUNT, THREE, Office, changed

from catalog.site.pointer import read_pointer
from publish.releasing import disk, history, pointing, withdrawal
from publish.releasing.history import read_history
from publish.releasing.reconciling import reconcile
from publish.releasing.staging import Staged
from publish.releasing.verifying import verify
from publish.releasing.withdrawal import withdraw

AT = "2026-11-20T10:00:00+09:00"


def published(office: Office) -> Office:
    office.stage(THREE)
    office.stage([{"地域名": "東", "総人口": "1", "period": "2026-01"}], dataset=COUNT)
    office.release("bench", "people")
    return office


class _Power(Exception):
    """The power fails."""


def fail(*_: object) -> None:
    raise _Power


def test_a_release_that_was_moved_but_not_pointed_to_goes_back_and_is_published_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(office)
    staged = office.stage(changed(THREE, 0, 座席数="5"))
    assert isinstance(staged, Staged)
    with monkeypatch.context() as patch:
        patch.setattr("publish.releasing.writing.write_pointer", fail)
        with pytest.raises(_Power):
            office.release("bench")
    assert (office.site / staged.entry.path).is_dir()
    found = verify(office.path)
    assert found.ok
    assert {note.code for note in found.notes} == {"not-pointed-to", "interrupted"}
    pointer = office.release("bench")
    assert pointer.datasets["bench"].current == "1.1"
    steps = [(step.n, step.step) for step in read_history(office.path).steps][-4:]
    assert steps == [(3, "intent"), (3, "undone"), (3, "intent"), (3, "done")]
    assert not verify(office.path).notes


def test_a_release_that_was_moved_but_not_pointed_to_gives_way_to_the_same_built_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(office)
    rows = changed(THREE, 0, 座席数="5")
    office.stage(rows)
    with monkeypatch.context() as patch:
        patch.setattr("publish.releasing.writing.prepare_release", fail)
        with pytest.raises(_Power):
            office.release("bench")
    office.stage(rows)  # as every `publish` does before it releases
    assert office.release("bench").datasets["bench"].current == "1.1"
    found = verify(office.path)
    assert (found.ok, found.notes) == (True, ())


def test_a_release_that_was_pointed_to_is_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    published(office)
    office.stage(changed(THREE, 0, 座席数="5"))
    with monkeypatch.context() as patch:
        patch.setattr("publish.releasing.writing.remove_folder", fail)
        patch.setattr("publish.releasing.writing.done", fail)
        with pytest.raises(_Power):
            office.release("bench")
    assert [step.step for step in reconcile(office.path, AT)] == ["done"]
    assert read_pointer(office.site).datasets["bench"].current == "1.1"
    assert not (office.path / "staged" / "bench").exists()
    assert verify(office.path).notes == ()


@pytest.mark.parametrize("broken", ["write_pointer", "remove_withdrawn", "done"])
def test_an_interrupted_withdrawal_is_finished_by_the_next_command(
    office: Office, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    published(office)
    with monkeypatch.context() as patch:
        patch.setattr(withdrawal, broken, fail)
        with pytest.raises(_Power):
            withdraw(office.path, "bench", None, office.act("個人の名前"))
    office.release()
    entry = read_pointer(office.site).datasets["bench"]
    assert entry.current is None
    assert entry.versions["1.0"].withdrawn.reason == "個人の名前"  # type: ignore[union-attr]
    assert not (office.site / entry.versions["1.0"].path).exists()
    assert not (office.site / "prepared" / "bench" / "1.0").exists()
    assert read_history(office.path).steps[-1].step == "done"
    found = verify(office.path)
    assert (found.problems, found.notes) == ((), ())


def test_a_torn_last_line_of_the_history_is_no_line(office: Office) -> None:
    published(office)
    log = office.path / history.FILE
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"n": 3, "step": "int')
    assert len(read_history(office.path).steps) == 4
    office.publish(changed(THREE, 0, 座席数="5"))
    found = read_history(office.path)
    assert (len(found.steps), found.broken) == (6, None)
    assert log.read_bytes().startswith(whole)


def test_a_site_on_another_disk_gets_its_release_by_copy_and_rename(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.replace

    def refuse(source: Path, target: Path) -> None:
        if "staged" in source.parts and "site" in target.parts:
            raise OSError(18, "Invalid cross-device link")
        rename(source, target)

    monkeypatch.setattr(disk.os, "replace", refuse)
    office.publish(THREE)
    assert verify(office.path).ok
    assert not list(office.path.rglob(".*"))


def test_the_pointer_is_replaced_not_rewritten(office: Office) -> None:
    published(office)
    path = office.site / "catalog.json"
    with path.open("rb") as reader:
        old = path.read_bytes()
        pointing.write_pointer(office.site, read_pointer(office.site).model_copy(update={"sequence": 9}))
        assert reader.read() == old, "whoever reads sees the old one to its end"
