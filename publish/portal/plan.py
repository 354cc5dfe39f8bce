"""Plan: the difference between how a package should stand and how it stands, as the steps that close it. Pure.

Ours are title, notes, licence, version, sections, our tags, our extras and our files. What others add beside them stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.portal.memory import Placed
from publish.portal.standing import Standing
from publish.portal.wanted import Wanted, WantedFile

_FIXED = ("name", "owner_org")
"""Given at creation; a package that somebody moved is not moved back."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file to send; `id` of the resource it replaces, None for a new one."""

    file: WantedFile
    id: str | None


@dataclass(frozen=True, slots=True)
class Drop:
    """One resource of ours to empty and delete."""

    file: str
    id: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order they are done. Empty when the portal already stands as it should."""

    id: str | None
    """None: the package does not exist yet, `fields` are all of it."""
    uploads: tuple[Upload, ...] = ()
    touches: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Resources whose bytes are right and whose fields are not: id and the fields to patch."""
    drops: tuple[Drop, ...] = ()
    order: tuple[str, ...] = ()
    """File names in the order wanted, when the present order is another one."""
    fields: Mapping[str, Any] | None = None

    @property
    def empty(self) -> bool:
        """True when there is nothing to do."""
        return self.id is not None and not (self.uploads or self.touches or self.drops or self.order or self.fields)


def plan(wanted: Wanted, stands: Standing | None, placed: Placed | None, stale: Collection[str] = ()) -> Plan:
    """Return the steps from how it stands (None: not at all) to how it is wanted.

    `placed`: what we remember of it; `stale`: files whose bytes were read back wrong although their hash field is right.
    """
    if stands is None:
        return Plan(None, tuple(Upload(file, None) for file in wanted.files), fields=wanted.fields)
    uploads = tuple(
        Upload(file, str(stands.ours[file.name]["id"]) if file.name in stands.ours else None)
        for file in wanted.files
        if file.name in stale or stands.ours.get(file.name, {}).get("hash") != file.fields["hash"]
    )
    sent = {upload.file.name for upload in uploads}
    return Plan(
        stands.id,
        uploads,
        tuple(_touches((file for file in wanted.files if file.name not in sent), stands)),
        tuple(_drops(wanted, stands)),
        _order(wanted, stands),
        _changed_fields(wanted.fields, stands.package, placed),
    )


def _touches(files: Iterable[WantedFile], stands: Standing) -> Iterable[tuple[str, Mapping[str, str]]]:
    for file in files:
        resource = stands.ours[file.name]
        other = {key: value for key, value in file.fields.items() if str(resource.get(key) or "") != value}
        if other:
            yield str(resource["id"]), other


def _drops(wanted: Wanted, stands: Standing) -> Iterable[Drop]:
    names = {file.name for file in wanted.files}
    gone = [(name, resource) for name, resource in stands.ours.items() if name not in names]
    return (Drop(name, str(resource["id"])) for name, resource in (*gone, *stands.spare))


def _order(wanted: Wanted, stands: Standing) -> tuple[str, ...]:
    """Return the wanted order when it will not come by itself: new resources go to the end. Others' places do not matter."""
    names = tuple(file.name for file in wanted.files)
    kept = [name for name in stands.ours if name in names]
    return names if [*kept, *(name for name in names if name not in kept)] != list(names) else ()


def _changed_fields(fields: Mapping[str, Any], package: Mapping[str, Any], placed: Placed | None) -> dict[str, Any]:
    changed = {
        key: value
        for key, value in fields.items()
        if key not in (*_FIXED, "tags", "extras") and value != (package.get(key) or "")
    }
    tags = _tags(fields["tags"], package.get("tags") or (), set(placed.tags) if placed else set())
    extras = _extras(fields["extras"], package.get("extras") or (), set(placed.extras) if placed else set())
    return changed | ({} if tags is None else {"tags": tags}) | ({} if extras is None else {"extras": extras})


def _tags(
    wanted: Sequence[Mapping[str, str]], present: Sequence[Mapping[str, Any]], ours: Collection[str]
) -> list[Mapping[str, Any]] | None:
    """Return the whole list to send (a list that is named replaces the whole), with tags that others added; None when equal."""
    names = {tag["name"] for tag in wanted}
    kept = [tag for tag in present if tag["name"] in names or tag["name"] not in ours]
    missing = [tag for tag in wanted if tag["name"] not in {tag["name"] for tag in present}]
    if len(kept) == len(present) and not missing:
        return None
    return [*missing, *({key: tag[key] for key in ("name", "vocabulary_id") if tag.get(key)} for tag in kept)]


def _extras(
    wanted: Sequence[Mapping[str, str]], present: Sequence[Mapping[str, Any]], ours: Collection[str]
) -> list[Mapping[str, str]] | None:
    """Return the whole list to send, with extras that others added; None when equal."""
    now = {str(extra["key"]): str(extra["value"]) for extra in present}
    values = {str(extra["key"]): str(extra["value"]) for extra in wanted}
    then = {key: value for key, value in now.items() if key not in ours} | values
    return [{"key": key, "value": value} for key, value in then.items()] if then != now else None
