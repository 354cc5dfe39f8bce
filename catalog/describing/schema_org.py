"""A dataset as schema.org/Dataset in JSON-LD, for the pages that search engines read (Google Dataset Search)."""

from typing import Any

from catalog.describing.profile import Column, DescribedFile, Description

_CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"
"""schema.org has no word of its own for it; this is how its profiles (Bioschemas) say it."""


def dataset_jsonld(description: Description, lang: str = "ja") -> dict[str, Any]:
    """Return the node for a dataset's page in one language; keys without a value are left out."""
    licence, publisher = description.licence, description.publisher
    node = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{description.page.ja}#dataset",
        "name": f"{description.title[lang]} ({publisher.town[lang]})",
        "alternateName": description.title["en" if lang in ("ja", "easy") else "ja"],
        "description": _description(description, lang),
        "url": description.page[lang],
        "identifier": description.name,
        "version": description.version,
        "keywords": list(description.tags),
        "license": licence.url[lang],
        "isAccessibleForFree": True,
        "inLanguage": "ja",
        "creator": {"@type": "GovernmentOrganization", "name": publisher.name[lang], "url": publisher.page},
        "datePublished": description.issued,
        "dateModified": description.modified,
        _CONFORMS_TO: _standard(description),
        "temporalCoverage": _coverage(description),
        "spatialCoverage": _place(description, lang),
        "variableMeasured": [_variable(column, lang) for column in description.columns],
        "distribution": [_download(file) for file in description.files],
    }
    return {key: value for key, value in node.items() if value not in ("", [], None)}


def _description(description: Description, lang: str) -> str:
    """Join notice, description and caveat; search engines want at least 50 and at most 5,000 characters."""
    parts = [part[lang] for part in (description.notice, description.notes, description.caveat) if part]
    return ("" if lang in ("ja", "easy") else " ").join(parts)[:5000]


def _standard(description: Description) -> dict[str, str] | None:
    standard = description.standard
    if standard is None or standard.local or standard.partial:
        return None
    node = {"@type": "CreativeWork", "name": standard.name, "version": standard.version, "url": standard.url}
    return {key: value for key, value in node.items() if value}


def _coverage(description: Description) -> str:
    if description.periods:
        return f"{description.periods[0]}/{description.periods[-1]}"
    return description.as_of


def _place(description: Description, lang: str) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": description.publisher.name[lang]}
    if description.bbox:
        west, south, east, north = description.bbox
        place["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return place


def _variable(column: Column, lang: str) -> dict[str, str]:
    name = column.name if lang in ("ja", "easy") else column.title_en
    unit = {"unitText": column.unit} if column.unit else {}
    return {"@type": "PropertyValue", "name": name, "description": column.description[lang], **unit}


def _download(file: DescribedFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": file.url,
        "encodingFormat": file.mediatype,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
