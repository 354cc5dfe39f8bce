"""A dataset as CKAN knows it: the package's fields and its resources, for our own Action API and for portals.

Every value is a string, since CKAN gives strings back: what is compared later must be what was sent.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from catalog.describing.credit import credit_line
from catalog.describing.profile import DescribedFile, Description
from catalog.describing.vocabularies import FREQUENCIES, THEMES, access_right
from catalog.text import Text

STANDARD_TAG = "自治体標準ODS"
"""First tag of the pair by which BODIK's API recognises a standard dataset; the second is the definition's portal_tag.

A national dataset whose second tag nobody has seen carries the first one and its own words.
"""

_REFUSED = re.compile(r"[^\w \-.]+")
"""CKAN's tag_name_validator: letters of any script, digits, space and -_. only."""

_FORMATS = {"geojson": "GeoJSON"}
"""CKAN rewrites formats that it knows (resource_formats.json); what is sent must be what it keeps."""


def package(description: Description, organization: str) -> dict[str, Any]:
    """Return the fields of package_create: `organization` is the id or name of the owner there."""
    contact = description.contact
    return {
        "name": description.name,
        "title": f"【{description.publisher.town.ja}】{description.title.ja}" + ("(窓口)" if _asked_for(description) else ""),
        "notes": notes(description),
        "owner_org": organization,
        "license_id": "notspecified" if _asked_for(description) else description.licence.ckan,
        "version": description.version,
        "url": description.page.ja if description.page.ja.startswith("http") else "",
        "author": contact.name.ja if contact else "",
        "maintainer": contact.name.ja if contact else "",
        "tags": [{"name": tag} for tag in tags(description)],
        "extras": [{"key": key, "value": value} for key, value in _extras(description).items() if value],
    }


def resources(description: Description) -> list[dict[str, Any]]:
    """Return one resource per file in order; `machizu_file` is its name, `hash` its sha256, `url` the site's address."""
    return [_resource(file) for file in description.files]


def tags(description: Description) -> tuple[str, ...]:
    """Return the tags that CKAN takes, the recognised pair first, each once."""
    standard = description.standard
    first = (STANDARD_TAG,) if standard and not standard.local else ()
    words = (*first, description.portal_tag, *description.tags)
    return tuple(dict.fromkeys(tag for tag in _fit(words) if 2 <= len(tag) <= 100))


def notes(description: Description) -> str:
    """Return the package's text: what it is, as of when, what to mind, how to give credit; both languages."""
    as_of = (f"基準日: {description.as_of}", f"As of: {description.as_of}") if description.as_of else ("", "")
    where = _where_to_ask(description)
    parts = [
        description.notice.ja if description.notice else "",
        description.notes.ja,
        as_of[0],
        f"注意: {description.caveat.ja}" if description.caveat else "",
        where.ja if where else f"出典の書き方: {credit_line(description, 'ja')}",
        "---",
        description.notice.en if description.notice else "",
        description.notes.en,
        as_of[1],
        description.caveat.en if description.caveat else "",
        where.en if where else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _asked_for(description: Description) -> bool:
    """Say whether the entry only tells whom to ask: then there is nothing that a licence or a credit could be for."""
    return description.cls == "counter"


def _where_to_ask(description: Description) -> Text | None:
    if not _asked_for(description):
        return None
    contact = description.contact
    if contact is None:
        return Text(ja="このデータは公開していません。役場にお尋ねください。", en="Not published. Please ask the office.")
    ways = " ".join(way for way in (contact.phone, contact.page) if way)
    return Text(
        ja=f"このデータは公開していません。窓口でお尋ねください: {contact.name.ja} {ways}".rstrip(),
        en=f"Not published. Please ask: {contact.name.en} {ways}".rstrip(),
    )


def _fit(words: Iterable[str]) -> Iterable[str]:
    """Split words at what CKAN refuses in a tag: 人口・世帯 becomes 人口 and 世帯."""
    for word in words:
        yield from (piece.strip() for piece in _REFUSED.split(word))


def _addresses(*addresses: str) -> str:
    """Return whole addresses as ckanext-dcat keeps a list in an extra: as JSON; empty when there is none."""
    whole = [address for address in addresses if address.startswith("http")]
    return json.dumps(whole) if whole else ""


def _extras(description: Description) -> dict[str, str]:
    contact, standard = description.contact, description.standard
    frequency = FREQUENCIES[description.frequency]
    return {
        "machizu_dataset": description.id,
        "local_government_code": description.publisher.code,
        "publisher_name": description.publisher.name.ja,
        "spatial": description.publisher.name.ja,
        "language": "ja",
        "title_en": description.title.en,
        "as_of": description.as_of,
        "issued": description.issued,
        "modified": description.modified,
        "frequency": frequency.ja,
        "frequency_code": description.frequency,
        "theme": THEMES[description.theme].ja if description.theme else "",
        "compliant_standard": standard.called() if standard else "",
        "conforms_to": _addresses(standard.url) if standard and not standard.local else "",
        "documentation": _addresses(description.definition.ja) if description.definition else "",
        "access_rights": access_right("PUBLIC" if description.cls == "open" else "RESTRICTED"),
        "license_url": "" if _asked_for(description) else description.licence.url.ja,
        "attribution": "" if _asked_for(description) else credit_line(description, "ja"),
        "disclaimer": description.caveat.ja if description.caveat else "",
        "contact_name": contact.name.ja if contact else "",
        "contact_phone": contact.phone if contact else "",
        "contact_page": contact.page if contact else "",
        "crs": "EPSG:6668" if description.geometry else "",
        "bbox": ",".join(f"{number:g}" for number in description.bbox) if description.bbox else "",
        "periods": " ".join(description.periods),
    }


def _resource(file: DescribedFile) -> dict[str, Any]:
    return {
        "name": file.title,
        "url": file.url,
        "format": _FORMATS.get(file.format.lower(), file.format.upper()),
        "mimetype": file.mediatype,
        "hash": f"sha256:{file.sha256}",
        "size": file.bytes,
        "machizu_file": file.name,
    }
