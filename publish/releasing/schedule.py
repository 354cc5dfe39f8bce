"""Schedule: a staged release that becomes public by itself on a set day (告示日), once it is approved where it must be.

`log/scheduled/<dataset>.json` is bound to the package hash: built anew with another hash, the schedule is void.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Literal

from catalog.document import Document, read_document
from catalog.errors import UsageError
from catalog.text import Text
from publish.releasing.act import Act
from publish.releasing.disk import write_file
from publish.releasing.staged import StagedEntry, read_staged

FOLDER = Path("log") / "scheduled"
JAPAN = timezone(timedelta(hours=9), "Asia/Tokyo")
"""The time of every town; it knows no summer time."""
_AGAIN = Text(ja="publish --at をやり直してください。", en="Schedule it again with publish --at.")


class Scheduled(Document):
    """One file: what becomes public when, and who asked for it."""

    format: Literal[1] = 1
    dataset: str
    package: str
    at: str
    who: str
    reason: str = ""
    document: str = ""
    account: str = ""

    @property
    def moment(self) -> datetime:
        """When it is due."""
        return datetime.fromisoformat(self.at)

    def act(self, now: datetime) -> Act:
        """Return the decision behind it, carried out at `now`."""
        return Act(self.who, now, self.reason, self.document, self.account)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A schedule and what it is about; `entry` is None when nothing with that hash is staged any more."""

    scheduled: Scheduled
    entry: StagedEntry | None

    def is_due(self, now: datetime) -> bool:
        """Say whether its moment has come."""
        return self.scheduled.moment <= now


def moment_of(text: str, now: datetime) -> datetime:
    """Read the day or moment of `--at` in Japanese time; UsageError when it is none, or has passed.

    >>> at_nine = datetime(2026, 11, 20, 9, tzinfo=JAPAN)
    >>> moment_of("2026-12-01", at_nine).isoformat(), moment_of("2026-12-01T08:30", at_nine).isoformat()
    ('2026-12-01T00:00:00+09:00', '2026-12-01T08:30:00+09:00')
    """
    try:
        day_only = len(text) == len("2026-12-01")
        found = datetime.combine(date.fromisoformat(text), time()) if day_only else datetime.fromisoformat(text)
    except ValueError as problem:
        raise UsageError(
            f"--at「{text}」は日時として読めません。",
            f"--at {text!r} is no day or time.",
            fix_ja="--at 2026-12-01 か --at 2026-12-01T09:00 のように書いてください(日本時間)。",
            fix_en="Write it like --at 2026-12-01 or --at 2026-12-01T09:00 (Japanese time).",
            code="no-moment",
        ) from problem
    moment = found.replace(tzinfo=JAPAN) if found.tzinfo is None else found.astimezone(JAPAN)
    if moment <= now:
        raise UsageError(
            f"--at {text} は過ぎています。",
            f"--at {text} has passed.",
            fix_ja="すぐに公開するときは --at を付けないでください。",
            fix_en="To publish at once, leave --at out.",
            code="past-moment",
        )
    return moment


def schedule(town: Path, entries: Iterable[StagedEntry], moment: datetime, act: Act) -> None:
    """Note that staged releases are to become public; an earlier schedule of the same dataset is replaced."""
    for entry in entries:
        scheduled = Scheduled(
            dataset=entry.dataset,
            package=entry.hash,
            at=moment.isoformat(timespec="seconds"),
            who=act.who,
            reason=act.reason,
            document=act.document,
            account=act.account,
        )
        write_file(_path(town, entry.dataset), scheduled.dump())


def scheduled_of(town: Path, dataset: str) -> Scheduled | None:
    """Return the schedule of a dataset, or None."""
    path = _path(town, dataset)
    return read_document(Scheduled, path, fix=_AGAIN) if path.is_file() else None


def waiting(town: Path) -> tuple[Waiting, ...]:
    """Return every schedule with what it is about, the earliest first."""
    found = [read_document(Scheduled, path, fix=_AGAIN) for path in sorted((town / FOLDER).glob("*.json"))]
    return tuple(Waiting(one, _entry(town, one)) for one in sorted(found, key=lambda one: (one.moment, one.dataset)))


def forget(town: Path, dataset: str) -> None:
    """Take a schedule away: it is done, or withdrawn."""
    _path(town, dataset).unlink(missing_ok=True)


def _entry(town: Path, scheduled: Scheduled) -> StagedEntry | None:
    entry = read_staged(town, scheduled.dataset)
    return entry if entry is not None and entry.hash == scheduled.package else None


def _path(town: Path, dataset: str) -> Path:
    return town / FOLDER / f"{dataset}.json"
