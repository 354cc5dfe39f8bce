"""The catalogue as DCAT-AP 3 in JSON-LD: one dcat:Catalog with a dcat:Dataset per description, and our two services.

The context is written out, so that no reader has to fetch one. Checked against the SHACL shapes of DCAT-AP 3.0.1.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from catalog.dataset import Standard
from catalog.describing.credit import credit_line
from catalog.describing.profile import Contact, DescribedFile, Description, Publisher, publisher
from catalog.describing.vocabularies import (
    AUTHORITY,
    ENGLISH,
    IANA,
    JAPANESE,
    LICENCES,
    THEMES,
    Licence,
    access_right,
    file_type,
    frequency,
    theme,
)
from catalog.link import Link
from catalog.site.release import Box
from catalog.site.town_card import TownCard
from catalog.text import Text

Node = dict[str, Any]

CONTEXT: Node = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue_jsonld(descriptions: Sequence[Description], town: TownCard, base_url: str) -> Node:
    """Return the whole catalogue; `base_url` as given to `describe`, absolute so that nodes have addresses."""
    base = base_url.rstrip("/")
    changed = max((d.modified for d in descriptions), default="")
    return {
        "@context": CONTEXT,
        "@id": f"{base}/catalog.jsonld#catalog",
        "@type": "dcat:Catalog",
        "dct:title": _text(town.title),
        "dct:description": _text(_about(town)),
        "dct:publisher": _publisher(publisher(town, base)),
        "dct:language": _languages(),
        "dct:license": _licence(LICENCES[town.licence]),
        "dcat:themeTaxonomy": {
            "@id": f"{AUTHORITY}data-theme",
            "@type": "skos:ConceptScheme",
            "dct:title": _text(Text(ja="データの分野(EU)", en="EU data themes")),
        },
        "foaf:homepage": {"@id": f"{base}/", "@type": "foaf:Document"},
        **({"dct:modified": _moment(changed)} if changed else {}),
        "dct:spatial": _location(publisher(town, base), _whole_box(descriptions)),
        "dcat:dataset": [_dataset(description) for description in descriptions],
        "dcat:service": _services(descriptions, publisher(town, base), base),
    }


def _about(town: TownCard) -> Text:
    notice = town.site.notice
    return Text(
        ja=f"{town.full_name}が公開するデータの目録です。" + (notice.ja if notice else ""),
        en=f"Catalogue of the data that {town.name.en} publishes." + (f" {notice.en}" if notice else ""),
    )


def _dataset(description: Description) -> Node:
    node: Node = {
        "@id": _iri(description),
        "@type": "dcat:Dataset",
        "dct:identifier": description.name,
        "dct:title": _text(description.title),
        "dct:description": _text(_whole(description)),
        "dct:publisher": _publisher(description.publisher),
        "dct:accessRights": {
            "@id": access_right("PUBLIC" if description.cls == "open" else "RESTRICTED"),
            "@type": "dct:RightsStatement",
        },
        "dct:accrualPeriodicity": {"@id": frequency(description.frequency), "@type": "dct:Frequency"},
        "dct:language": {"@id": JAPANESE, "@type": "dct:LinguisticSystem"},
        "dct:spatial": _location(description.publisher, description.bbox),
        "dcat:landingPage": {"@id": description.page.ja, "@type": "foaf:Document"},
        "dcat:keyword": [{"@value": tag, "@language": "ja"} for tag in description.tags],
        "dcat:distribution": [_distribution(description, file) for file in description.files],
    }
    if description.theme:
        node["dcat:theme"] = _concept(theme(description.theme), THEMES[description.theme])
    if description.contact:
        node["dcat:contactPoint"] = _contact(description.contact)
    if description.standard and not description.standard.local:
        node["dct:conformsTo"] = _standards(description.standard)
    if pages := list(_pages(description)):
        node["foaf:page"] = pages
    if description.version:
        node["dcat:version"] = description.version
    for key, moment in (("dct:issued", description.issued), ("dct:modified", description.modified)):
        if moment:
            node[key] = _moment(moment)
    if description.as_of or description.periods:
        node["dct:temporal"] = _temporal(description)
    return {key: value for key, value in node.items() if value != []}


def _iri(description: Description) -> str:
    return f"{description.page.ja}#dataset"


def _whole(description: Description) -> Text:
    """Join the notice, the description and the caveat."""
    parts = [part for part in (description.notice, description.notes, description.caveat) if part]
    return Text(ja="\n\n".join(part.ja for part in parts), en="\n\n".join(part.en for part in parts))


def _distribution(description: Description, file: DescribedFile) -> Node:
    node: Node = {
        "@id": f"{description.page.ja}#file-{file.name}",
        "@type": "dcat:Distribution",
        "dct:title": {"@value": file.title, "@language": "ja"},
        "dct:description": _text(Text(ja=f"{description.title.ja} {file.name}", en=f"{description.title.en} {file.name}")),
        "dcat:accessURL": {"@id": description.page.ja, "@type": "rdfs:Resource"},
        "dcat:downloadURL": {"@id": file.url, "@type": "rdfs:Resource"},
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "dcat:mediaType": {"@id": IANA + file.mediatype.split(";")[0], "@type": "dct:MediaType"},
        "dct:license": _licence(description.licence),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": _text(Text(ja=credit_line(description, "ja"), en=credit_line(description, "en"))),
        },
        "dct:modified": _moment(description.modified),
        "dcatap:availability": _concept(f"{AUTHORITY}planned-availability/STABLE", Text(ja="安定", en="stable")),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }
    if file_type(file.name):
        node["dct:format"] = {"@id": file_type(file.name), "@type": "dct:MediaTypeOrExtent"}
    return node


def _services(descriptions: Sequence[Description], town: Publisher, base: str) -> list[Node]:
    served = [{"@id": _iri(description)} for description in descriptions if description.cls == "open"]
    titles = {
        "ogc": ("OGC API - Features", f"{base}/ogc", f"{base}/ogc/api", "http://www.opengis.net/doc/IS/ogcapi-features-1/1.0"),
        "ckan": ("CKAN Action API", f"{base}/api/3/action", "", "https://docs.ckan.org/en/latest/api/"),
    }
    return [
        {
            "@id": f"{base}/catalog.jsonld#{name}",
            "@type": "dcat:DataService",
            "dct:title": {"@value": title, "@language": "en"},
            "dct:publisher": _publisher(town),
            "dcat:endpointURL": {"@id": url, "@type": "rdfs:Resource"},
            **({"dcat:endpointDescription": {"@id": described, "@type": "rdfs:Resource"}} if described else {}),
            "dct:conformsTo": {"@id": specification, "@type": "dct:Standard"},
            **({"dcat:servesDataset": served} if served else {}),
        }
        for name, (title, url, described, specification) in titles.items()
    ]


def _publisher(town: Publisher) -> Node:
    return {
        "@id": f"{town.page}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": _text(town.name),
        "dct:identifier": town.code,
        "dct:type": _concept(
            "http://purl.org/adms/publishertype/LocalAuthority", Text(ja="地方公共団体", en="Local authority")
        ),
    }


def _contact(contact: Contact) -> Node:
    node: Node = {"@type": ["vcard:Kind", "vcard:Organization"], "vcard:fn": contact.name.ja}
    if contact.phone:
        node["vcard:hasTelephone"] = {"@id": "tel:" + "".join(c for c in contact.phone if c in "+0123456789")}
    if contact.page.startswith(("http://", "https://")):
        node["vcard:hasURL"] = {"@id": contact.page}
    return node


def _location(town: Publisher, bbox: Box | None) -> Node:
    node: Node = {"@type": "dct:Location", "locn:geographicName": _text(town.name), "dct:identifier": town.code}
    if bbox:
        west, south, east, north = (_degrees(number) for number in bbox)
        corners = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
        node["dcat:bbox"] = {"@value": f"POLYGON(({corners}))", "@type": "geo:wktLiteral"}
        middle = f"{_degrees((bbox[0] + bbox[2]) / 2)} {_degrees((bbox[1] + bbox[3]) / 2)}"
        node["dcat:centroid"] = {"@value": f"POINT({middle})", "@type": "geo:wktLiteral"}
    return node


def _degrees(number: float) -> str:
    return f"{number:.7f}".rstrip("0").rstrip(".")


def _whole_box(descriptions: Sequence[Description]) -> Box | None:
    boxes = [description.bbox for description in descriptions if description.bbox]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _temporal(description: Description) -> Node:
    if description.periods:
        first, last = description.periods[0], description.periods[-1]
        return {"@type": "dct:PeriodOfTime", "dcat:startDate": _moment(first), "dcat:endDate": _moment(last)}
    day = _moment(description.as_of)
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": day, "dcat:endDate": day}


def _standards(standard: Standard) -> list[Node]:
    """Return what harvesters look for by its address, then the sheet where the table holds all of it.

    A table 標準外(独自) conforms to neither.
    """
    book: list[Node] = [{"@id": standard.url, "@type": "dct:Standard"}] if standard.url else []
    return book if standard.partial else [*book, _sheet(standard)]


def _sheet(standard: Standard) -> Node:
    """Return the sheet that the table follows, without an address: all sheets of a book share one, and a node has one title."""
    node: Node = {"@type": "dct:Standard", "dct:title": {"@value": standard.name, "@language": "ja"}}
    if standard.version:
        node["dcat:version"] = standard.version
    if standard.url:
        node["dct:isPartOf"] = {"@id": standard.url, "@type": "dct:Standard"}
    return node


def _pages(description: Description) -> Iterator[Node]:
    """Give the item definition, then where the nation shows the same."""
    if description.definition:
        yield {"@id": description.definition.ja, "@type": "foaf:Document"}
    yield from map(_document, description.links)


def _document(link: Link) -> Node:
    return {"@id": link.url, "@type": "foaf:Document", "dct:title": _text(Text(ja=link.ja, en=link.en))}


def _licence(licence: Licence) -> Node:
    return {
        "@id": licence.url.en,
        "@type": "dct:LicenseDocument",
        "dct:title": _text(licence.title),
        "dct:type": _concept("http://purl.org/adms/licencetype/Attribution", Text(ja="出典の記載が必要", en="Attribution")),
    }


def _languages() -> list[Node]:
    return [{"@id": language, "@type": "dct:LinguisticSystem"} for language in (JAPANESE, ENGLISH)]


def _concept(address: str, label: Text) -> Node:
    return {"@id": address, "@type": "skos:Concept", "skos:prefLabel": _text(label)}


def _text(text: Text) -> list[Node]:
    return [{"@value": text.ja, "@language": "ja"}, {"@value": text.en, "@language": "en"}]


def _moment(moment: str) -> Node:
    """Return an ISO year, month, date or date-time with its XML Schema type."""
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return {"@value": moment, "@type": f"xsd:{kinds.get(len(moment), 'dateTime')}"}
