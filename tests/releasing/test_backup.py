"""A backup is whole or it is none; restoring brings back what is missing, and never what was withdrawn."""

import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from bench_town import NOW, THREE, Office, changed, files

from catalog.errors import MachizuError, UnusableSource, UsageError
from catalog.site.pointer import Pointer, read_pointer
from publish.releasing.backup import MANIFEST, backup, made
from publish.releasing.prepared import prepare_all
from publish.releasing.restoring import restore
from publish.releasing.staged import read_staged
from publish.releasing.verifying import verify
from publish.releasing.withdrawal import withdraw

FIVE = changed(THREE, 0, 座席数="5")


@pytest.fixture
def saved(office: Office, here: Path) -> Path:
    """A backup of a town that published twice, with a source and something staged."""
    source = office.path / "sources" / "公園課" / "ベンチ_表.csv"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"\x95\\,1\r\n")
    office.publish(THREE)
    office.publish(FIVE)
    office.stage(changed(THREE, 0, 座席数="6"))
    return backup(office.path, here / "控え.zip", NOW).path


def publicly(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(folder).items() if not name.startswith(("staged/", "site/prepared/", "log/"))}


def test_an_empty_folder_becomes_the_town_again(office: Office, saved: Path, here: Path) -> None:
    found = restore(saved, here / "mihon", office.act())
    assert publicly(here / "mihon") == publicly(office.path)
    assert (found.kept, found.withheld, found.lost) == (0, (), ())
    prepare_all(here / "mihon" / "site")
    assert verify(here / "mihon").ok
    assert read_staged(here / "mihon", "bench") is None
    again = restore(saved, here / "mihon", office.act())
    assert again.written == 0


def test_what_is_damaged_or_missing_comes_back_and_the_rest_is_left_alone(office: Office, saved: Path) -> None:
    release = office.site / read_pointer(office.site).datasets["bench"].versions["1.1"].path
    before = publicly(office.path)
    (release / "999997_bench.csv").write_bytes(b"x")
    shutil.rmtree(release.parent / release.name.replace("1.1", "1.0"), ignore_errors=True)
    (office.path / "sources" / "公園課" / "ベンチ_表.csv").unlink()
    (office.path / "machizu.toml").write_text((office.path / "machizu.toml").read_text("utf-8") + "# newer\n", "utf-8")
    found = restore(saved, office.path, office.act())
    assert found.kept >= 1
    after = publicly(office.path)
    assert after.pop("machizu.toml").endswith(b"# newer\n")
    assert after == {name: data for name, data in before.items() if name != "machizu.toml"}
    assert verify(office.path).ok


def test_a_withdrawn_byte_does_not_come_back_to_the_town(office: Office, saved: Path) -> None:
    withdraw(office.path, "bench", "1.1", office.act("氏名が入っていました", now=NOW + timedelta(hours=1)))
    shutil.rmtree(office.site)
    found = restore(saved, office.path, office.act())
    assert found.withheld == (("bench", "1.1"),)
    entry = read_pointer(office.site).datasets["bench"]
    assert entry.current is None
    stone = entry.versions["1.1"].withdrawn
    assert stone is not None
    assert stone.reason == "氏名が入っていました"
    assert len(stone.hashes) > 2
    assert not (office.site / entry.versions["1.1"].path).exists()
    with pytest.raises(MachizuError) as refused:
        office.stage(FIVE)
    assert refused.value.code == "withdrawn-content"
    prepare_all(office.site)
    assert verify(office.path).ok


def test_a_withdrawn_byte_does_not_come_back_where_only_another_copy_of_the_site_knows(
    office: Office, saved: Path, here: Path
) -> None:
    after = withdraw(office.path, "bench", None, office.act("誤り", now=NOW + timedelta(hours=1))).pointer
    found = restore(saved, here / "mihon", office.act(), known=[after])
    assert found.withheld == (("bench", "1.0"), ("bench", "1.1"))
    assert not (here / "mihon" / "site" / "releases").exists()
    bare = restore(saved, here / "other", office.act(), known=[Pointer()])
    assert bare.withheld == ()


def test_publications_since_the_backup_are_told_as_lost_where_no_bytes_are_left(office: Office, saved: Path) -> None:
    office.publish(changed(THREE, 0, 座席数="7"), now=NOW + timedelta(hours=1))
    shutil.rmtree(office.site)
    found = restore(saved, office.path, office.act())
    assert found.lost == (3,)
    prepare_all(office.site)
    assert verify(office.path).ok
    assert office.publish(changed(THREE, 0, 座席数="8")).sequence == 4


def test_a_town_of_another_code_is_left_alone(office: Office, saved: Path, here: Path) -> None:
    other = here / "other"
    other.mkdir()
    text = (office.path / "machizu.toml").read_text("utf-8").replace("999997", "222127")
    (other / "machizu.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError):
        restore(saved, other, office.act())
    assert files(other) == {"machizu.toml": text.encode()}


def _full() -> None:
    raise OSError(28, "No space left on device")


def altered(saved: Path, target: Path, change: str) -> Path:
    """A backup with one thing that is not as it was."""
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if change == "byte" and info.filename == "machizu.toml":
                data = data.replace(b"CC-BY", b"CC-XX")
            if change == "missing" and info.filename.endswith(".csv"):
                continue
            if change == "path" and info.filename == MANIFEST:
                named = json.loads(data)
                named["files"]["../evil"] = {"size": 1, "sha256": "0" * 64}
                new.writestr("../evil", b"x")
                data = json.dumps(named).encode()
            if change == "manifest" and info.filename == MANIFEST:
                data = b"{}"
            new.writestr(info.filename, data)
    return target


@pytest.mark.parametrize("change", ["byte", "missing", "path", "manifest"])
def test_a_backup_that_is_not_whole_is_refused(office: Office, saved: Path, here: Path, change: str) -> None:
    with pytest.raises(UnusableSource) as refused:
        restore(altered(saved, here / "bad.zip", change), here / "mihon", office.act())
    assert refused.value.code == "no-backup"
    assert not (here / "evil").exists()


def test_any_file_is_no_backup(office: Office, here: Path) -> None:
    (here / "a.zip").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(UnusableSource):
        restore(here / "a.zip", here / "mihon", office.act())


def test_backups_are_remembered_and_never_lie_where_things_are_public(office: Office, saved: Path) -> None:
    assert saved.is_file()
    assert [(Path(one.path).name, one.sequence) for one in made(office.path)] == [("控え.zip", 2)]
    with pytest.raises(UsageError):
        backup(office.path, office.site / "a.zip", NOW)
    inside = backup(office.path, office.path / "a.zip", NOW)
    with zipfile.ZipFile(inside.path) as archive:
        names = archive.namelist()
    assert "a.zip" not in names
    with zipfile.ZipFile(backup(office.path, office.path / "b.zip", NOW).path) as archive:
        assert "a.zip" not in archive.namelist()
    assert not [name for name in names if name.startswith(("staged/", "site/prepared/")) or "lock" in name]


def test_a_failed_backup_leaves_the_one_before(office: Office, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved.read_bytes()
    real = zipfile.ZipFile.open
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *given, **more: _full() if len(given) > 2 else real(*given, **more))
    with pytest.raises(OSError, match="No space"):
        backup(office.path, saved, NOW)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]
