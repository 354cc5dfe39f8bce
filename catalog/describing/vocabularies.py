"""The controlled words of metadata: licences, update frequencies, themes and file types, with their addresses.

Frequencies, themes, languages, access rights and file types are the EU authority tables that DCAT-AP 3 names; no
Japanese profile of DCAT prescribes others (knowledge of 2026-11).
"""

from dataclasses import dataclass

from catalog.text import Text

AUTHORITY = "http://publications.europa.eu/resource/authority/"
JAPANESE = AUTHORITY + "language/JPN"
ENGLISH = AUTHORITY + "language/ENG"
IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence of the data: how it is called, its text, and the id under which CKAN knows it."""

    id: str
    short: str
    title: Text
    url: Text
    ckan: str


LICENCES = {
    "CC-BY-4.0": Licence(
        "CC-BY-4.0",
        "CC BY 4.0",
        Text(ja="クリエイティブ・コモンズ 表示 4.0 国際", en="Creative Commons Attribution 4.0 International"),
        Text(
            ja="https://creativecommons.org/licenses/by/4.0/deed.ja",
            en="https://creativecommons.org/licenses/by/4.0/",
        ),
        "cc-by",
    ),
    "PDL-1.0": Licence(
        "PDL-1.0",
        "PDL1.0",
        Text(ja="公共データ利用規約 第1.0版", en="Public Data License Version 1.0"),
        Text(
            ja="https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
            en="https://www.digital.go.jp/en/resources/open_data/public_data_license_v1.0",
        ),
        "other-open",
    ),
}
"""CKAN's own register has no entry for PDL1.0: `other-open` keeps it marked as open."""

FREQUENCIES = {
    "CONT": Text(ja="随時(自動)", en="continuously"),
    "DAILY": Text(ja="毎日", en="daily"),
    "WEEKLY": Text(ja="毎週", en="weekly"),
    "MONTHLY": Text(ja="毎月", en="monthly"),
    "QUARTERLY": Text(ja="3か月ごと", en="quarterly"),
    "ANNUAL_2": Text(ja="年2回", en="twice a year"),
    "ANNUAL": Text(ja="年1回", en="yearly"),
    "IRREG": Text(ja="不定期", en="irregularly"),
    "UNKNOWN": Text(ja="未定", en="not known"),
}
"""http://publications.europa.eu/resource/authority/frequency."""

THEMES = {
    "AGRI": Text(ja="農林水産", en="Agriculture, fisheries, forestry and food"),
    "ECON": Text(ja="経済・財政", en="Economy and finance"),
    "EDUC": Text(ja="教育・文化・スポーツ", en="Education, culture and sport"),
    "ENER": Text(ja="エネルギー", en="Energy"),
    "ENVI": Text(ja="環境・水", en="Environment"),
    "GOVE": Text(ja="行政", en="Government and public sector"),
    "HEAL": Text(ja="健康・医療", en="Health"),
    "JUST": Text(ja="防災・安全", en="Justice, legal system and public safety"),
    "REGI": Text(ja="地域・都市計画", en="Regions and cities"),
    "SOCI": Text(ja="人口・社会", en="Population and society"),
    "TECH": Text(ja="科学・技術", en="Science and technology"),
    "TRAN": Text(ja="交通・道路", en="Transport"),
}
"""http://publications.europa.eu/resource/authority/data-theme; the Japanese words are ours."""

_FILE_TYPES = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "geojson": "GEOJSON",
    "gpkg": "GPKG",
    "json": "JSON",
    "kml": "KML",
    "zip": "ZIP",
}


def file_type(name: str) -> str:
    """Return the address of a file's type by its extension; empty for types that the EU table does not have.

    >>> file_type("999997_aed.csv").rsplit("/", 1)[-1], file_type("999997_aed.pmtiles")
    ('CSV', '')
    """
    known = _FILE_TYPES.get(name.rsplit(".", 1)[-1].lower())
    return f"{AUTHORITY}file-type/{known}" if known else ""


def frequency(code: str) -> str:
    """Return the address of an update frequency."""
    return f"{AUTHORITY}frequency/{code}"


def theme(code: str) -> str:
    """Return the address of a theme."""
    return f"{AUTHORITY}data-theme/{code}"


def access_right(code: str) -> str:
    """Return the address of an access right: PUBLIC, RESTRICTED or NON_PUBLIC."""
    return f"{AUTHORITY}access-right/{code}"
