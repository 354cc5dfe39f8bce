"""Description: one neutral profile of a dataset, from which DCAT, schema.org, CKAN and オープンデータ一覧 are all made.

Comes in: a release (or an entry of register.json for what is not public) and the town's card. Goes out: plain values.
Pure: no clock, no disk. Files of a `view` dataset are not described, since they cannot be downloaded.
"""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from catalog.dataset import Dataset, Standard
from catalog.describing.vocabularies import LICENCES, Licence
from catalog.link import Link
from catalog.site.register import RegisterEntry
from catalog.site.release import Box, Release, ReleaseFile
from catalog.site.town_card import TownCard
from catalog.text import Text

Class = Literal["open", "view", "counter"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """The town."""

    code: str
    name: Text
    """`ja` begins with the prefecture, as 地方公共団体名 does."""
    town: Text
    """The town's own name, without the prefecture."""
    page: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The section to ask; never a person."""

    name: Text
    phone: str
    page: str


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """One file that can be downloaded, under the address that stays."""

    name: str
    title: str
    url: str
    format: str
    mediatype: str
    bytes: int
    sha256: str
    period: str
    """Of a table of a series: "2026-06", or "2025-11/2026-06" for the one of all periods."""


@dataclass(frozen=True, slots=True)
class Column:
    """One published column, for descriptions that name what is measured."""

    name: str
    title_en: str
    description: Text
    unit: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a catalogue says about one dataset. `page` and file addresses begin with the base address given."""

    id: str
    name: str
    """`{code}_{id}`: the name of the package at a portal and the identifier in catalogues."""
    cls: Class
    version: str
    title: Text
    notes: Text
    caveat: Text | None
    notice: Text | None
    """The town's own notice, such as that it is invented."""
    licence: Licence
    tags: tuple[str, ...]
    portal_tag: str
    issued: str
    """When the dataset first became public (ISO)."""
    modified: str
    """When this version became public (ISO)."""
    as_of: str
    """The date that the data describes (ISO)."""
    publisher: Publisher
    contact: Contact | None
    frequency: str
    theme: str
    standard: Standard | None
    links: tuple[Link, ...]
    """Where else the same is shown."""
    files: tuple[DescribedFile, ...]
    columns: tuple[Column, ...]
    page: Text
    definition: Text | None
    """Address of the page of its item definition; None for what is not public."""
    rows: int
    bbox: Box | None
    geometry: str
    periods: tuple[str, ...]


def describe(release: Release, town: TownCard, base_url: str) -> Description:
    """Describe a release; `base_url` is scheme, host and prefix of the site without a final slash ("" for relative)."""
    dataset = release.dataset
    base = base_url.rstrip("/")
    return Description(
        id=dataset.id,
        name=f"{town.code}_{dataset.id}",
        cls=release.cls,
        version=release.version,
        title=dataset.title,
        notes=dataset.description,
        caveat=dataset.caveat,
        notice=town.site.notice,
        licence=LICENCES[town.licence],
        tags=dataset.tags,
        portal_tag=dataset.portal_tag,
        issued=release.issued,
        modified=release.entry.published,
        as_of=release.as_of,
        publisher=publisher(town, base),
        contact=_contact(town, dataset.id),
        frequency=dataset.frequency,
        theme=dataset.theme,
        standard=dataset.standard,
        links=dataset.links,
        files=tuple(_file(release, file, base) for file in release.files) if release.cls == "open" else (),
        columns=_columns(dataset),
        page=_page(base, "datasets", dataset.id),
        definition=_page(base, "definitions", dataset.id),
        rows=release.rows,
        bbox=release.bbox,
        geometry=release.geometry,
        periods=release.periods,
    )


def describe_registered(entry: RegisterEntry, town: TownCard, base_url: str) -> Description:
    """Describe what the town does not publish: title, reason and whom to ask, no file."""
    base = base_url.rstrip("/")
    section = entry.section
    return Description(
        id=entry.id,
        name=f"{town.code}_{entry.id}",
        cls=entry.cls,
        version="",
        title=entry.title,
        notes=Text(ja=entry.description.ja + entry.reason.ja, en=f"{entry.description.en} {entry.reason.en}"),
        caveat=None,
        notice=town.site.notice,
        licence=LICENCES[town.licence],
        tags=(),
        portal_tag="",
        issued="",
        modified="",
        as_of="",
        publisher=publisher(town, base),
        contact=Contact(section.name, section.phone, section.page) if section else None,
        frequency="UNKNOWN",
        theme="",
        standard=None,
        links=entry.links,
        files=(),
        columns=(),
        page=_page(base, "datasets", entry.id),
        definition=None,
        rows=0,
        bbox=None,
        geometry="",
        periods=(),
    )


def publisher(town: TownCard, base: str) -> Publisher:
    """Return the town as the publisher; `base` is the base address without a final slash."""
    prefecture = f", {town.prefecture.en}" if town.prefecture.en else ""
    name = Text(ja=town.full_name, en=town.name.en + prefecture)
    return Publisher(town.code, name, Text(ja=town.name.ja, en=town.name.en), f"{base}/")


def _contact(town: TownCard, dataset: str) -> Contact | None:
    section = town.section_of(dataset)
    return Contact(section.name, section.phone, section.page) if section else None


def _page(base: str, kind: str, dataset: str) -> Text:
    return Text(ja=f"{base}/{kind}/{quote(dataset)}", en=f"{base}/en/{kind}/{quote(dataset)}")


def _file(release: Release, file: ReleaseFile, base: str) -> DescribedFile:
    return DescribedFile(
        name=file.name,
        title=file.title,
        url=f"{base}/files/{quote(release.id)}/latest/{quote(file.name)}",
        format=file.format,
        mediatype=file.mediatype,
        bytes=file.bytes,
        sha256=file.sha256,
        period="/".join(dict.fromkeys((release.periods[0], release.periods[-1]))) if file.all_periods else file.period,
    )


def _columns(dataset: Dataset) -> tuple[Column, ...]:
    return tuple(Column(field.name, field.title_en, field.description, field.unit) for field in dataset.published)
