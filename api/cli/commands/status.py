"""machizu status: what is public, what waits, what is late, where something must be done."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now
from api.cli.running import Answer, run

if TYPE_CHECKING:
    from publish.releasing.status import DatasetStatus, Status


def status(town: Town = HERE, lang: Lang = None, as_json: Json = False) -> None:
    """Tell how things stand."""

    def body(console: Console) -> Answer:
        from publish.releasing.status import status as look
        from publish.town_folder import open_town

        folder = open_town(town)
        found = look(folder, now())
        return Answer("\n".join(_lines(found, folder.town.signers.everybody, console)), _value(found))

    run("status", lang, as_json, body)


def _lines(found: "Status", signers: Sequence[str], console: Console) -> Iterator[str]:
    if not found.datasets:
        yield console.text("status.nothing")
    for one in found.datasets:
        standing = console.text("status.public", version=one.current, day=one.published[:10]) if one.current else ""
        standing = standing or console.text(f"status.{_kind(one)}")
        yield f"{one.dataset.title[console.lang]} ({one.dataset.id}): {standing}"
        yield from (f"    {line}" for line in _notes(one, signers, console))
    if found.locked:
        yield console.text("status.locked", **found.locked)
    if found.interrupted:
        yield console.text("status.interrupted")


def _kind(one: "DatasetStatus") -> str:
    if one.cls == "counter":
        return "counter"
    return "withdrawn" if one.withdrawn else "draft"


def _notes(one: "DatasetStatus", signers: Sequence[str], console: Console) -> Iterator[str]:
    if one.staged:
        yield console.text("status.staged", version=one.staged.version, rows=one.staged.rows)
        if one.staged.waiting:
            yield console.text("status.waiting", count=len(one.staged.waiting), dataset=one.dataset.id)
    if one.code:
        listed = console.text("datasets.and").join(signers)
        yield console.text("status.unapproved" if listed else "status.undecided", code=one.code, signers=listed)
    if one.approved:
        who = one.approved.document or one.approved.who
        yield console.text("status.approved", who=who, until=one.approved.until[:10])
    if one.scheduled:
        name = "status.scheduled" if one.scheduled.entry else "status.void"
        yield console.text(name, day=one.scheduled.scheduled.at[:16].replace("T", " "), dataset=one.dataset.id)
    if one.lapsed:
        yield console.text("status.lapsed", codes=", ".join(one.lapsed), dataset=one.dataset.id)
    if one.blocked:
        yield console.text("status.blocked", dataset=one.dataset.id)
    if one.late:
        yield console.text("status.late", due=one.due)
    if one.exposed:
        yield console.text("status.exposed", dataset=one.dataset.id, versions=", ".join(one.exposed))


def _value(found: "Status") -> dict[str, Any]:
    return {
        "datasets": [
            {
                "dataset": one.dataset.id,
                "class": one.cls,
                "section": one.section,
                "current": one.current,
                "published": one.published,
                "withdrawn": list(one.withdrawn),
                "staged": one.staged.version if one.staged else None,
                "blocked": list(one.blocked),
                "due": one.due.isoformat() if one.due else None,
                "late": one.late,
                "exposed": list(one.exposed),
                "code": one.code or None,
                "approved": {"by": one.approved.document or one.approved.who, "until": one.approved.until}
                if one.approved
                else None,
                "scheduled": one.scheduled.scheduled.at if one.scheduled else None,
                "lapsed": list(one.lapsed),
            }
            for one in found.datasets
        ],
        "interrupted": len(found.interrupted),
        "locked": found.locked,
    }
