"""Package: datapackage.json of a release (Frictionless Data Package), checked by frictionless before it is written.

The content hash covers what a reader gets (CSV, GeoJSON, schema, metadata), not the version number and not the software;
the package hash is the sha256 of datapackage.json itself, which names every other file with its bytes and sha256.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import version as installed
from typing import Any

from catalog.describing.vocabularies import LICENCES
from catalog.errors import DefinitionError
from catalog.site.headline import Headline
from catalog.town import Town
from gis.layer import CRS
from publish.disclosure.gate import Cleared
from publish.packing.contents import Contents
from publish.packing.determinism import digest

FILE = "datapackage.json"
SOFTWARE = f"machizu {installed('machizu')}"
_TERMS = {"below_persons", "below_households", "protection", "keep", "cells", "totals"}
_HASHED = ("csv", "geojson")
"""Formats whose bytes enter the content hash: the others say the same and may change with a library."""


def descriptor(
    cleared: Cleared,
    contents: Contents,
    resources: Sequence[Mapping[str, Any]],
    *,
    bbox: Sequence[float] | None,
    periods: Sequence[str],
    headline: Headline | None = None,
) -> dict[str, Any]:
    """Return datapackage.json without version, software and content hash, which `finish` adds."""
    dataset, town = contents.dataset, cleared.town
    licence = LICENCES[town.licence]
    described: dict[str, Any] = {
        "name": contents.stem.lower(),
        "title": dataset.title.ja,
        "description": _description(contents),
        **_homepage(town, dataset.id),
        "licenses": [{"name": licence.id, "title": licence.title.ja, "path": licence.url.ja}],
        "contributors": _contributors(town, dataset.id),
        "keywords": list(dataset.tags),
        "resources": list(resources),
        "machizu": _about(cleared, contents, bbox, periods) | ({"headline": headline.model_dump()} if headline else {}),
    }
    return {key: value for key, value in described.items() if value != []}


def content_hash(described: Mapping[str, Any], hashes: Mapping[str, str], definition: Mapping[str, Any]) -> str:
    """Return the hash that stays the same while nothing changes for a reader.

    `hashes`: sha256 by file name of the CSV and GeoJSON files, also of those that a `view` release does not hold;
    `definition`: the part of it that concerns a reader.
    """
    resources = [
        {key: value for key, value in resource.items() if key not in ("bytes", "hash")} for resource in described["resources"]
    ]
    return digest({"about": {**described, "resources": resources}, "files": dict(hashes), "definition": definition})


def hashed(format_: str) -> bool:
    """Say whether the bytes of files of this format enter the content hash."""
    return format_ in _HASHED


def finish(described: Mapping[str, Any], version: str, content: str, others: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the whole descriptor; `others` are the files that are no data (definition.json, quality.json).

    DefinitionError when frictionless would not take it: then a definition says something that no reader understands.
    """
    about = {**described["machizu"], "software": SOFTWARE, "content": content, "files": list(others)}
    whole = {**described, "machizu": about}
    names = list(whole)
    names.insert(names.index("description") + 1, "version")
    whole["version"] = version
    ordered = {name: whole[name] for name in names}
    _require_valid(ordered, str(about["dataset"]))
    return ordered


def _require_valid(descriptor: dict[str, Any], dataset: str) -> None:
    from frictionless import FrictionlessException, Package  # loads slower than a small table is checked

    try:
        Package.from_descriptor(descriptor)
    except FrictionlessException as problem:
        why = "; ".join(str(reason.note) for reason in problem.reasons) or str(problem.error.note)
        raise DefinitionError(
            f"「{dataset}」の定義から正しい datapackage.json を作れません: {why}",
            f"No valid datapackage.json can be made from the definition of {dataset!r}: {why}",
        ) from problem


def _about(cleared: Cleared, contents: Contents, bbox: Sequence[float] | None, periods: Sequence[str]) -> dict[str, Any]:
    dataset, town, decision = contents.dataset, cleared.town, cleared.decision
    placed = cleared.layer is not None and dataset.geometry is not None
    return {
        "format": 1,
        "dataset": dataset.id,
        "number": dataset.number,
        "title_en": dataset.title.en,
        "description_en": dataset.description.en,
        "town_code": town.code,
        "town": {"ja": town.full_name, "en": town.name.en},
        "standard": dataset.standard.model_dump(mode="json", exclude_none=True),
        "as_of": contents.as_of,
        "frequency": dataset.frequency,
        "class": contents.cls,
        "rows": contents.rows,
        "geometry": dataset.geometry.kind if placed and dataset.geometry else "",
        "crs": CRS if dataset.geometry else "",
        "bbox": list(bbox) if bbox else None,
        "periods": list(periods),
        "notice": town.site.notice.model_dump() if town.site.notice else None,
        "caveat": dataset.caveat.model_dump() if dataset.caveat else None,
        **_suppression(cleared),
        "decision": decision.model_dump(mode="json", by_alias=True, exclude={"document"}, exclude_defaults=True)
        if decision
        else None,
    }


def _suppression(cleared: Cleared) -> dict[str, object]:
    """Return by what rule areas with few people are hidden, and the reason where the town decided it."""
    if cleared.suppressed is None:
        return {}
    shown = cleared.suppressed.terms.model_dump(mode="json", include=_TERMS)
    decision = cleared.town.suppression.get(cleared.dataset.id)
    return {"suppression": shown | (decision.model_dump(include={"reason", "decided", "review"}) if decision else {})}


def _description(contents: Contents) -> str:
    return "\n\n".join([contents.dataset.description.ja, *(notice.ja for notice in contents.notices)])


def _homepage(town: Town, dataset: str) -> dict[str, str]:
    return {"homepage": f"{town.site.url.rstrip('/')}/datasets/{dataset}"} if town.site.url else {}


def _contributors(town: Town, dataset: str) -> list[dict[str, str]]:
    section = town.section_of(dataset)
    publisher = {"title": town.full_name, "role": "publisher"}
    if section is None:
        return [publisher]
    page = {"path": section.page} if section.page else {}
    return [publisher, {"title": f"{town.full_name} {section.name.ja}", "role": "contributor", **page}]
