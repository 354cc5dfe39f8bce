"""From staged to public, back, and away: versions, refusals, the register of what is not public."""

import hashlib
import json
from pathlib import Path

import pytest
from bench_town import BENCH, COUNT, LIBRARY, NOW, THREE, Office, changed, cleared, files, make_office

from catalog.dataset import Dataset
from catalog.errors import CheckFailed, DisclosureRefused, UsageError
from catalog.library import Library
from catalog.site.pointer import read_pointer
from catalog.site.register import read_register
from catalog.site.snapshot import read_snapshot
from publish.releasing.history import read_history
from publish.releasing.rollback import rollback
from publish.releasing.staged import block, read_blocked, read_staged, staged_datasets
from publish.releasing.staging import Staged, Unchanged, Withheld, stage
from publish.releasing.withdrawal import withdraw
from publish.releasing.writing import release
from publish.table.finding import Finding

FIVE = changed(THREE, 0, 座席数="5")
SIX = changed(THREE, 0, 座席数="6")
COUNTER = """[disclosure.bench]
class = "counter"
reason = "係で見られます"
decided = "2026-01-01"
document = "決1"
review = "2027"
"""


def version(found: object) -> str:
    assert isinstance(found, Staged), found
    return found.entry.version


def test_a_release_is_public_only_once_the_pointer_says_so(office: Office) -> None:
    assert version(office.stage(THREE)) == "1.0"
    assert not office.site.exists()
    assert staged_datasets(office.path) == ("bench",)
    pointer = office.release("bench")
    entry = pointer.datasets["bench"].versions["1.0"]
    assert pointer == read_pointer(office.site)
    assert entry.path == f"releases/bench/1.0-{entry.hash[:12]}"
    assert entry.published == "2026-11-20T09:00:00+09:00"
    assert pointer.changes[0].counts == {"added": 3, "changed": 0, "moved": 0, "removed": 0}
    assert read_snapshot(office.site).releases["bench"].rows == 3
    assert not (office.path / "staged" / "bench").exists()


def test_unchanged_content_is_no_release_and_clears_what_was_staged(office: Office) -> None:
    office.publish(THREE)
    office.stage(FIVE)
    assert office.stage(THREE) == Unchanged("bench", "1.0")
    assert staged_datasets(office.path) == ()


def test_content_raises_the_minor_number_and_shape_the_major_one(office: Office) -> None:
    office.publish(THREE)
    assert version(office.stage(FIVE)) == "1.1"
    other_type = BENCH.field("座席数").model_copy(update={"type": "number"})
    swapped = (*BENCH.fields[:3], BENCH.fields[4], BENCH.fields[3], *BENCH.fields[5:])
    for shape in (
        BENCH.model_copy(update={"fields": BENCH.fields[:-1]}),
        BENCH.model_copy(update={"fields": tuple(other_type if field.name == "座席数" else field for field in BENCH.fields)}),
        BENCH.model_copy(update={"fields": swapped}),
        BENCH.model_copy(update={"key": ("名称",)}),
        BENCH.model_copy(update={"geometry": BENCH.geometry.model_copy(update={"kind": "polygon"})}),  # type: ignore[union-attr]
    ):
        assert version(stage(cleared(office.town, THREE, shape), office.path, LIBRARY)) == "2.0"
    retold = BENCH.model_copy(update={"caveat": None})
    assert version(stage(cleared(office.town, THREE, retold), office.path, LIBRARY)) == "1.1", "metadata is content"


def test_a_number_is_never_used_again(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    rollback(office.path, "bench", None, office.act())
    assert version(office.stage(SIX)) == "1.2"
    withdraw(office.path, "bench", None, office.act("誤り"))
    assert version(office.stage(SIX)) == "1.2"
    office.release("bench")
    withdraw(office.path, "bench", "1.2", office.act("誤り"))
    assert version(office.stage(changed(THREE, 0, 座席数="7"))) == "1.3"


def test_several_datasets_become_public_by_one_replacement(office: Office) -> None:
    office.stage(THREE)
    office.stage([{"地域名": "東", "総人口": "5", "period": "2026-01"}], dataset=COUNT)
    pointer = office.release("bench", "people")
    assert pointer.sequence == 2
    assert [change.dataset for change in pointer.changes] == ["bench", "people"]
    assert [(step.n, step.step) for step in read_history(office.path).steps] == [
        (1, "intent"),
        (2, "intent"),
        (1, "done"),
        (2, "done"),
    ]


def test_when_one_dataset_is_not_ready_none_becomes_public(office: Office) -> None:
    office.stage(THREE)
    with pytest.raises(UsageError):
        office.release("bench", "people")
    assert read_pointer(office.site).sequence == 0
    assert staged_datasets(office.path) == ("bench",)


def test_the_history_says_who_when_why_and_which_bytes(office: Office) -> None:
    pointer = office.publish(THREE)
    intent, done = read_history(office.path).steps
    assert (intent.who, intent.reason, intent.document) == ("情報係", "定例", "決第1号")
    assert intent.package == pointer.datasets["bench"].versions["1.0"].hash
    assert len(intent.package) == 64
    assert done.previous != intent.previous


def test_errors_unaccepted_warnings_and_a_missing_day_are_refused(office: Office) -> None:
    with pytest.raises(CheckFailed) as found:
        office.stage(THREE, findings=[Finding("required", "error")])
    assert found.value.code == "blocked"
    for more, code in (
        ({"findings": [Finding("blank-row", "warning", 0, 3, "名称")]}, "unaccepted-warnings"),
        ({"as_of": ""}, "no-as-of"),
    ):
        office.stage(THREE, **more)
        with pytest.raises(CheckFailed) as refused:
            office.release("bench")
        assert refused.value.code == code
        assert refused.value.exit_code == 1
    assert read_pointer(office.site).sequence == 0


def test_what_was_altered_or_overtaken_after_the_build_is_refused(office: Office) -> None:
    office.publish(THREE)
    staged = office.stage(FIVE)
    assert isinstance(staged, Staged)
    table = staged.folder / "999997_bench.csv"
    table.write_bytes(table.read_bytes().replace(b"138.1", b"138.9"))
    with pytest.raises(CheckFailed) as refused:
        office.release("bench")
    assert refused.value.code == "altered-staged"
    office.publish(FIVE)
    office.stage(SIX)
    rollback(office.path, "bench", "1.0", office.act())
    with pytest.raises(CheckFailed) as overtaken:
        office.release("bench")
    assert overtaken.value.code == "stale-staged"


def test_a_class_that_changed_after_the_build_is_refused(office: Office) -> None:
    office.stage(THREE)
    settings = office.path / "machizu.toml"
    settings.write_text(settings.read_text("utf-8") + COUNTER, "utf-8")
    with pytest.raises(DisclosureRefused) as refused:
        office.release("bench")
    assert refused.value.exit_code == 4
    assert not (office.site / "releases").exists()


def test_a_counter_dataset_stands_in_the_register_only(tmp_path: Path) -> None:
    office = make_office(tmp_path / "town", COUNTER)
    assert office.stage(THREE) == Withheld("bench")
    office.release()
    entry = read_register(office.site).entry("bench")
    assert entry is not None
    assert (entry.cls, entry.reason.ja, entry.decided, entry.review) == ("counter", "係で見られます", "2026-01-01", "2027")
    assert entry.section is not None
    assert entry.section.name.ja == "公園課"
    assert set(files(office.site)) == {"town.json", "register.json"}
    assert "決1" not in (office.site / "register.json").read_text("utf-8")


def test_a_guarded_dataset_stands_in_the_register_while_nobody_has_decided(office: Office) -> None:
    guarded = Dataset.model_validate({**BENCH.model_dump(mode="json", by_alias=True), "disclosure": {"class": "counter"}})
    (office.path / "recipes").mkdir()
    (office.path / "recipes" / "bench.yaml").write_text('format: "1"\ndataset: bench\nsource: b.csv\n', "utf-8")
    release(office.path, (), office.act(), library=Library({"bench": guarded}, {}))
    entry = read_register(office.site).entry("bench")
    assert entry is not None
    assert entry.reason.en.startswith("It has not been decided")


def test_a_version_wider_than_the_class_in_force_cannot_become_current_again(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    settings = office.path / "machizu.toml"
    settings.write_text(settings.read_text("utf-8") + COUNTER, "utf-8")
    before = files(office.site)
    with pytest.raises(DisclosureRefused) as refused:
        rollback(office.path, "bench", "1.0", office.act())
    assert refused.value.exit_code == 4
    assert files(office.site) == before


def test_a_blocked_build_leaves_nothing_to_release(office: Office) -> None:
    office.stage(THREE)
    block(office.path, "bench", ["required", "required", "unique"])
    assert read_staged(office.path, "bench") is None
    assert read_blocked(office.path, "bench").codes == ("required", "unique")  # type: ignore[union-attr]
    office.stage(THREE)
    assert read_blocked(office.path, "bench") is None


def test_rollback_moves_the_pointer_and_nothing_else(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    before = {name: data for name, data in files(office.site).items() if name != "catalog.json"}
    pointer = rollback(office.path, "bench", None, office.act("戻す"))
    assert pointer.datasets["bench"].current == "1.0"
    assert {name: data for name, data in files(office.site).items() if name != "catalog.json"} == before
    assert pointer.changes[-1].kind == "rollback"
    with pytest.raises(UsageError):
        rollback(office.path, "bench", None, office.act())
    with pytest.raises(UsageError):
        rollback(office.path, "bench", "1.0", office.act())
    with pytest.raises(UsageError):
        rollback(office.path, "bench", "7.0", office.act())
    assert rollback(office.path, "bench", "1.1", office.act()).datasets["bench"].current == "1.1"


def test_rollback_prepares_a_version_whose_prepared_files_are_gone(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    store = office.site / "prepared" / "bench" / "1.0" / "serve.sqlite"
    made = store.read_bytes()
    store.unlink()
    rollback(office.path, "bench", None, office.act())
    assert store.read_bytes() == made


def test_withdrawal_removes_the_bytes_everywhere_and_leaves_a_tombstone(office: Office, tmp_path: Path) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    secret = (office.site / read_pointer(office.site).current("bench").path / "999997_bench.csv").read_bytes()  # type: ignore[union-attr]
    mirror = tmp_path / "export"
    (mirror / "files" / "bench" / "1.1").mkdir(parents=True)
    (mirror / "files" / "bench" / "1.1" / "page.html").write_bytes(b"made of it")
    (mirror / "elsewhere.csv").write_bytes(secret)
    (mirror / "kept.txt").write_bytes(b"other")
    office.stage(SIX)
    done = withdraw(office.path, "bench", None, office.act("個人の名前"), places=[mirror])
    assert done.versions == ("1.0", "1.1")
    assert (done.removed, done.left) == (2, ())
    assert set(files(mirror)) == {"kept.txt"}
    assert not [name for name, data in files(office.path).items() if b"138.1" in data or data == secret]
    assert staged_datasets(office.path) == ()
    entry = read_pointer(office.site).datasets["bench"]
    assert entry.current is None
    stone = entry.versions["1.1"].withdrawn
    assert stone is not None
    assert stone.reason == "個人の名前"
    assert hashlib.sha256(secret).hexdigest() in stone.hashes
    assert read_snapshot(office.site).releases == {}


def test_withdrawn_bytes_are_refused_afterwards_also_under_another_licence(office: Office) -> None:
    office.publish(THREE)
    withdraw(office.path, "bench", None, office.act("個人の名前"))
    with pytest.raises(CheckFailed) as refused:
        office.stage(THREE)
    assert refused.value.code == "withdrawn-content"
    settings = office.path / "machizu.toml"
    settings.write_text(settings.read_text("utf-8").replace("CC-BY-4.0", "PDL-1.0"), "utf-8")
    with pytest.raises(CheckFailed):
        office.stage(THREE)
    assert version(office.stage(FIVE)) == "1.1"


def test_a_corrected_month_is_no_withdrawn_series(office: Office) -> None:
    rows = [{"地域名": "東", "総人口": "5", "period": month} for month in ("2026-01", "2026-02")]
    office.publish(rows, dataset=COUNT)
    withdraw(office.path, "people", None, office.act("誤り"))
    with pytest.raises(CheckFailed):
        office.stage(rows, dataset=COUNT)
    assert version(office.stage(changed(rows, 1, 総人口="6"), dataset=COUNT)) == "1.1"


def test_withdrawing_an_old_version_leaves_the_current_one(office: Office) -> None:
    office.publish(THREE)
    office.publish(FIVE)
    withdraw(office.path, "bench", "1.0", office.act("誤り"))
    entry = read_pointer(office.site).datasets["bench"]
    assert entry.current == "1.1"
    assert not (office.site / entry.versions["1.0"].path).exists()
    with pytest.raises(UsageError):
        withdraw(office.path, "bench", "1.0", office.act("誤り"))
    with pytest.raises(UsageError):
        withdraw(office.path, "bench", "1.1", office.act(" "))


def test_town_json_follows_the_settings_with_every_publish(office: Office) -> None:
    office.publish(THREE)
    settings = office.path / "machizu.toml"
    settings.write_text(settings.read_text("utf-8").replace("公園課", "みどり課"), "utf-8")
    office.release(now=NOW)
    assert json.loads((office.site / "town.json").read_bytes())["sections"][0]["name"]["ja"] == "みどり課"
