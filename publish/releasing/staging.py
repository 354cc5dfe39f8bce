"""Staging: Cleared → staged/<dataset>/, a release that is complete but not public; or nothing, when nothing changed.

It is built in a folder beside and moved into place whole. The version number is the next one; the content hash tells
whether there is anything to release at all. Call it under the town's lock.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.coverage import refuse_generated
from catalog.dataset import Dataset
from catalog.errors import CheckFailed, OutsideError
from catalog.library import Library
from catalog.site.pointer import Pointer, read_pointer
from catalog.site.version import next_version
from catalog.strict import parse
from publish.diff.comparing import against_public
from publish.disclosure.gate import Cleared
from publish.packing.definition import FILE as DEFINITION
from publish.packing.packing import Packed, pack, seal
from publish.releasing.disk import move_folder, remove_folder
from publish.releasing.identifiers import Register, stamp
from publish.releasing.staged import (
    BUILDING,
    FILE,
    FOLDER,
    HIDDEN,
    IDENTIFIERS,
    HiddenArea,
    StagedEntry,
    Waiting,
    refuse_withdrawn,
    staged_folder,
)


@dataclass(frozen=True, slots=True)
class Staged:
    """A release that waits: what staged.json says and where its folder is. `publish.diff.comparing` tells the diff."""

    entry: StagedEntry
    folder: Path


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing to release: the current version says the same."""

    dataset: str
    version: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A counter dataset: only its entry in register.json becomes public."""

    dataset: str


def stage(cleared: Cleared, town: Path, library: Library, identifiers: Register | None = None) -> Staged | Unchanged | Withheld:
    """Build the next release of a dataset in the town folder `town`.

    `identifiers`: the register that `identify` returned; it is written when the release becomes public.
    CheckFailed when errors stand in the way or the content was withdrawn; RecipeError for the list that the site makes itself.
    """
    dataset = cleared.dataset.id
    refuse_generated(cleared.dataset)
    pointer = read_pointer(town / "site")
    if cleared.report.blocked:
        raise _blocked(dataset)
    if cleared.cls == "counter":
        remove_folder(staged_folder(town, dataset))
        return Withheld(dataset)
    building = town / FOLDER / (BUILDING + dataset)
    remove_folder(building)
    (building / "files").mkdir(parents=True)
    try:
        return _finish(pack(cleared, building / "files", library), cleared, town, pointer, identifiers)
    finally:
        remove_folder(building)


def _finish(packed: Packed, cleared: Cleared, town: Path, pointer: Pointer, identifiers: Register | None) -> Staged | Unchanged:
    dataset = cleared.dataset.id
    current = pointer.current(dataset)
    if current is not None and current.content == packed.content:
        remove_folder(staged_folder(town, dataset))
        return Unchanged(dataset, str(pointer.datasets[dataset].current))
    data = _data_hashes(packed.described["resources"])
    refuse_withdrawn(pointer, dataset, packed.content, data)
    version = _version(pointer, dataset, cleared.dataset, packed, town / "site")
    package = seal(packed, version)
    counts = against_public(town / "site", pointer, dataset, packed.folder).counts
    entry = _entry(cleared, packed, pointer, version, package, counts, data)
    folder = packed.folder.rename(packed.folder.with_name(entry.name))
    (folder.parent / FILE).write_bytes(entry.dump())
    if identifiers is not None:
        stamped = stamp(identifiers, version)
        (folder.parent / IDENTIFIERS).write_bytes(stamped.dump())
    if cleared.suppressed is not None:
        (folder.parent / HIDDEN).write_bytes(cleared.suppressed.remembered.dump())
    remove_folder(staged_folder(town, dataset))
    move_folder(folder.parent, staged_folder(town, dataset))
    return Staged(entry, staged_folder(town, dataset) / entry.name)


def _entry(
    cleared: Cleared,
    packed: Packed,
    pointer: Pointer,
    version: str,
    package: str,
    counts: dict[str, int],
    data: tuple[str, ...],
) -> StagedEntry:
    stands = pointer.datasets.get(cleared.dataset.id)
    return StagedEntry(
        dataset=cleared.dataset.id,
        version=version,
        hash=package,
        content=packed.content,
        data=data,
        before=stands.current if stands else None,
        counts=counts,
        as_of=cleared.as_of,
        cls="view" if cleared.cls == "view" else "open",
        rows=int(packed.described["machizu"]["rows"]),
        waiting=_waiting(cleared),
        hidden=_hidden(cleared),
        hidden_cells=cleared.suppressed.cells if cleared.suppressed else 0,
    )


def _hidden(cleared: Cleared) -> tuple[HiddenArea, ...]:
    pairs = Counter((one.area, one.into) for one in (cleared.suppressed.added if cleared.suppressed else ()))
    return tuple(HiddenArea(area=area, into=into, periods=count) for (area, into), count in sorted(pairs.items()))


def _waiting(cleared: Cleared) -> tuple[Waiting, ...]:
    pairs = sorted({(finding.code, finding.field or "") for finding in cleared.report.unaccepted})
    return tuple(Waiting(code=code, column=column) for code, column in pairs)


def _data_hashes(resources: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the sha256 of the files that carry the rows: the CSV files, or the only file of a view release."""
    tables = [resource for resource in resources if resource["format"] == "csv"] or resources
    return tuple(sorted({str(resource["hash"]).removeprefix("sha256:") for resource in tables}))


def _version(pointer: Pointer, dataset: str, definition: Dataset, packed: Packed, site: Path) -> str:
    entry = pointer.datasets.get(dataset)
    used = entry.versions if entry else {}
    current = pointer.current(dataset)
    changed = current is not None and _shape(definition, packed.described) != _shape_of(site / current.path)
    return str(next_version(used, entry.current if entry else None, shape_changed=changed))


def _shape(dataset: Dataset, described: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what a major version stands for: names, order and types of columns, key, geometry kind, reference system."""
    columns = tuple((field.name, field.type, field.format) for field in dataset.published)
    about = described["machizu"]
    return columns, dataset.key, dataset.geometry.kind if dataset.geometry else "", about["crs"] or None


def _shape_of(folder: Path) -> tuple[object, ...]:
    definition = json.loads((folder / DEFINITION).read_bytes())
    described = json.loads((folder / "datapackage.json").read_bytes())
    return _shape(parse(Dataset, definition["dataset"], DEFINITION, OutsideError), described)


def _blocked(dataset: str) -> CheckFailed:
    return CheckFailed(
        f"「{dataset}」には直すところがあります。",
        f"{dataset!r} has errors.",
        fix_ja="machizu check で場所と直し方を見てください。",
        fix_en="See where and how with machizu check.",
        code="blocked",
    )
