"""Plan: the difference between how a package should stand and how it stands, as the steps that close it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from publish.portal.wanted import Wanted, WantedFile

MARK = "machizu_dataset"
"""Extra that marks a package as ours, also when this computer's memory is lost."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file to send; `id` of the resource it replaces, None for a new one."""

    file: WantedFile
    id: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order they are done. Empty when the portal already stands as it should."""

    name: str
    id: str | None
    """None: the package does not exist yet."""
    fields: Mapping[str, Any]
    uploads: tuple[Upload, ...] = ()
    touches: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Resources whose bytes are right and whose fields are not: id and the fields to patch."""
    deletes: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """File names in the order wanted, when the present order is another one."""

    @property
    def empty(self) -> bool:
        """True when there is nothing to do."""
        return self.id is not None and not (self.fields or self.uploads or self.touches or self.deletes or self.order)


def plan(wanted: Wanted, standing: Mapping[str, Any] | None, ours: Sequence[str]) -> Plan:
    """Return the steps from `standing` (a package_show, or None) to `wanted`; `ours`: resource ids put there by us."""
    if standing is None:
        return Plan(wanted.name, None, wanted.fields, tuple(Upload(file, None) for file in wanted.files))
    present = {file_name(resource): resource for resource in standing["resources"]}
    names = [file.name for file in wanted.files]
    uploads = tuple(
        Upload(file, str(present[file.name]["id"]) if file.name in present else None)
        for file in wanted.files
        if present.get(file.name, {}).get("hash") != file.fields["hash"]
    )
    return Plan(
        wanted.name,
        str(standing["id"]),
        _changed_fields(wanted.fields, standing),
        uploads,
        tuple(_touches(wanted.files, present, {upload.file.name for upload in uploads})),
        tuple(str(r["id"]) for name, r in present.items() if name not in names and str(r["id"]) in ours),
        tuple(names) if _out_of_order(names, list(present), uploads) else (),
    )


def file_name(resource: Mapping[str, Any]) -> str:
    """Return the file name of a resource: the last step of its address."""
    return unquote(urlsplit(str(resource.get("url") or "")).path.rsplit("/", 1)[-1])


def is_ours(standing: Mapping[str, Any]) -> bool:
    """Say whether a package carries our mark."""
    return any(extra.get("key") == MARK for extra in standing.get("extras") or ())


def _out_of_order(names: Sequence[str], present: Sequence[str], uploads: Sequence[Upload]) -> bool:
    after = [*present, *(upload.file.name for upload in uploads if upload.id is None)]
    return [name for name in after if name in names] != list(names)


def _touches(
    files: Sequence[WantedFile], present: Mapping[str, Mapping[str, Any]], sent: set[str]
) -> list[tuple[str, Mapping[str, str]]]:
    found = []
    for file in files:
        resource = present.get(file.name)
        if resource is None or file.name in sent:
            continue
        other = {key: value for key, value in file.fields.items() if str(resource.get(key) or "") != value}
        if other:
            found.append((str(resource["id"]), other))
    return found


def _changed_fields(fields: Mapping[str, Any], standing: Mapping[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in fields.items():
        if key in ("name", "owner_org"):
            continue
        if key == "tags":
            if {tag["name"] for tag in value} != {tag["name"] for tag in standing.get("tags") or ()}:
                changed[key] = value
        elif key == "extras":
            extras = _merged_extras(value, standing.get("extras") or ())
            if extras is not None:
                changed[key] = extras
        elif value != (standing.get(key) if standing.get(key) is not None else ""):
            changed[key] = value
    return changed


def _merged_extras(
    wanted: Sequence[Mapping[str, str]], standing: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, str]] | None:
    """Return the whole list to send (a named list replaces the whole), keeping extras that others added; None when equal."""
    now = {str(extra["key"]): str(extra["value"]) for extra in standing}
    ours = {str(extra["key"]): str(extra["value"]) for extra in wanted}
    if all(now.get(key) == value for key, value in ours.items()):
        return None
    return [{"key": key, "value": value} for key, value in {**now, **ours}.items()]
