"""Two persons: nothing becomes public before another than who asked agreed to exactly these bytes, or a day has come."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bench_town import NOW, THREE, Office, changed, make_office

from catalog.errors import MustWait, UsageError
from publish.releasing.act import Act
from publish.releasing.approval import FILE, approval_of, approve, ask, asked, code_of, decide, names
from publish.releasing.history import read_history
from publish.releasing.lock import lock
from publish.releasing.schedule import JAPAN, moment_of, schedule, waiting
from publish.releasing.staged import StagedEntry, read_staged
from publish.releasing.staging import Staged
from publish.releasing.verifying import verify

TWO = """[signers]
names = ["企画課長", "情報係長"]
deputies = {"企画課長" = ["課長補佐"], "情報係長" = ["主査"]}
days = 14
"""
FIVE = changed(THREE, 0, 座席数="5")


@pytest.fixture
def two(tmp_path: Path) -> Office:
    office = make_office(tmp_path / "two")
    settings = office.path / "machizu.toml"
    settings.write_text('approval = "two"\n' + settings.read_text("utf-8") + TWO, "utf-8")
    return office


def by(who: str, account: str = "", *, now: datetime = NOW, document: str = "") -> Act:
    return Act(who, now, document=document, account=account or who)


def staged(office: Office, rows: list[dict[str, str]] = THREE) -> StagedEntry:
    found = office.stage(rows)
    assert isinstance(found, Staged)
    return found.entry


def agree(office: Office, code: str, act: Act) -> StagedEntry:
    with lock(office.path, now=act.now):
        return approve(office.path, office.town, code, act)


def test_nothing_becomes_public_before_somebody_else_approved_it(two: Office) -> None:
    entry = staged(two)
    with pytest.raises(MustWait) as refused:
        two.release("bench")
    assert code_of(entry.hash) in refused.value.message["ja"]
    assert "企画課長" in refused.value.message["ja"]
    assert refused.value.exit_code == 5
    assert not two.site.exists()
    ask(two.path, [entry], by("担当"))
    agree(two, code_of(entry.hash).lower().replace("-", " "), by("企画課長"))
    assert two.release("bench").datasets["bench"].current == "1.0"
    assert read_history(two.path).steps[-1].approved == "企画課長"
    assert verify(two.path).ok


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (by("担当", "another"), "no-signer"),
        (by("企画課長", "担当"), "same-person"),
        (by("市長"), "no-signer"),
    ],
)
def test_who_asked_cannot_approve_nor_anybody_else_who_is_no_signer(two: Office, act: Act, code: str) -> None:
    entry = staged(two)
    ask(two.path, [entry], by("担当"))
    with pytest.raises(UsageError) as refused:
        agree(two, code_of(entry.hash), act)
    assert refused.value.code == code
    assert approval_of(two.path, entry, NOW) is None


def test_a_signer_who_asked_needs_another_signer_and_not_their_own_deputy(two: Office) -> None:
    entry = staged(two)
    ask(two.path, [entry], by("企画課長"))
    for who in ("企画課長", "課長補佐"):
        with pytest.raises(UsageError) as refused:
            agree(two, code_of(entry.hash), by(who, f"{who}の機械"))
        assert refused.value.code == "same-person"
    agree(two, code_of(entry.hash), by("主査"))
    two.release("bench")
    assert read_history(two.path).steps[-1].approved == "主査"


def test_nobody_approves_what_nobody_asked_for(two: Office) -> None:
    entry = staged(two)
    with pytest.raises(UsageError) as refused:
        agree(two, code_of(entry.hash), by("企画課長"))
    assert refused.value.code == "not-asked"


def test_what_is_built_anew_with_other_content_needs_a_new_approval(two: Office) -> None:
    first = staged(two)
    ask(two.path, [first], by("担当"))
    agree(two, code_of(first.hash), by("企画課長"))
    second = staged(two, FIVE)
    assert second.hash != first.hash
    with pytest.raises(MustWait):
        two.release("bench")
    with pytest.raises(UsageError) as refused:
        agree(two, code_of(first.hash), by("企画課長"))
    assert refused.value.code == "approval-void"
    assert staged(two, THREE).hash == first.hash
    assert two.release("bench").datasets["bench"].current == "1.0"


def test_an_approval_that_nobody_used_ends(two: Office) -> None:
    entry = staged(two)
    ask(two.path, [entry], by("担当"))
    agree(two, code_of(entry.hash), by("企画課長"))
    last = NOW + timedelta(days=14)
    assert approval_of(two.path, entry, last) is not None
    with pytest.raises(MustWait):
        two.release("bench", now=last + timedelta(seconds=1))
    assert two.release("bench", now=last).datasets["bench"].current == "1.0"


def test_a_decision_on_paper_is_recorded_with_its_number_and_binds_the_content(two: Office) -> None:
    entry = staged(two)
    with pytest.raises(UsageError) as unnumbered:
        decide(two.path, two.town, [entry], [code_of(entry.hash)], by("担当"))
    assert unnumbered.value.code == "no-decision-number"
    with pytest.raises(UsageError) as unknown:
        decide(two.path, two.town, [entry], [code_of("0" * 64)], by("担当", document="企財第123号"))
    assert unknown.value.code == "no-such-code"
    assert code_of(entry.hash) in unknown.value.message["ja"]
    decide(two.path, two.town, [entry], [code_of(entry.hash)], by("担当", document="企財第123号"))
    two.release("bench")
    assert read_history(two.path).steps[-1].approved == "企財第123号"


def test_a_code_binds_all_of_the_hash(two: Office) -> None:
    entry = staged(two)
    ask(two.path, [entry], by("担当"))
    agree(two, entry.hash, by("企画課長"))
    log = two.path / FILE
    other = entry.hash[:-1] + ("0" if entry.hash[-1] != "0" else "1")
    log.write_text(log.read_text("utf-8").replace(entry.hash, other), "utf-8")
    assert names(code_of(entry.hash), other)
    with pytest.raises(MustWait):
        two.release("bench")


def test_an_approval_that_was_written_into_the_log_afterwards_is_found_out(two: Office) -> None:
    entry = staged(two)
    ask(two.path, [entry], by("担当"))
    agree(two, code_of(entry.hash), by("企画課長"))
    two.release("bench")
    log = two.path / FILE
    log.write_text(log.read_text("utf-8").replace("担当", "係員"), "utf-8")
    assert [(one.code, one.detail) for one in verify(two.path).problems] == [("chain-broken", "approvals.jsonl:2")]


def test_one_person_is_enough_where_the_town_says_so(office: Office) -> None:
    office.publish(THREE)
    assert read_history(office.path).steps[-1].approved == ""


def test_asking_twice_is_asking_once(two: Office) -> None:
    entry = staged(two)
    ask(two.path, [entry], by("担当"))
    ask(two.path, [entry], by("担当", now=NOW + timedelta(hours=1)))
    assert len((two.path / FILE).read_text("utf-8").splitlines()) == 1
    line = asked(two.path, entry)
    assert line is not None
    assert line.at == "2026-11-20T09:00:00+09:00"


def test_a_schedule_is_about_these_bytes_and_ends_with_their_publication(office: Office) -> None:
    entry = staged(office)
    moment = moment_of("2026-12-01", NOW)
    schedule(office.path, [entry], moment, by("担当", document="告示第5号"))
    (one,) = waiting(office.path)
    assert one.entry == entry
    assert [one.is_due(moment - timedelta(seconds=1)), one.is_due(moment)] == [False, True]
    assert one.scheduled.act(moment).document == "告示第5号"
    staged(office, FIVE)
    assert waiting(office.path)[0].entry is None
    office.release("bench")
    assert waiting(office.path) == ()


@pytest.mark.parametrize("text", ["2026-11-20T09:00", "2026-11-01", "12月1日", "2026-13-01", "2026-11-20T00:00:00Z"])
def test_a_moment_that_is_none_or_has_passed_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        moment_of(text, NOW)


def test_a_moment_of_another_clock_is_told_in_japanese_time() -> None:
    assert moment_of("2026-11-30T15:00:00+00:00", NOW) == datetime(2026, 12, 1, tzinfo=JAPAN)
    assert read_staged(Path("nowhere"), "bench") is None
