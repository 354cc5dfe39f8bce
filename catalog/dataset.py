"""The declared thing: what a table of one kind must be.

A definition is a YAML file under `datasets/` (or the town's own `datasets/`); this module says what may stand in it
and checks its shape. Names of parsers, rules and formats are looked up where these live: `publish.parsers`,
`publish.checking`, `publish.packing`.
"""

from typing import Annotated, Any, Literal

from pydantic import Field as Key
from pydantic import StringConstraints, model_validator

from catalog.link import Link
from catalog.map_spec import MapSpec
from catalog.reference import Reference
from catalog.series import COLUMN, KEY, Series
from catalog.strict import Model
from catalog.suppression import MARK, Suppression
from catalog.text import Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,60}$")]
Names = tuple[str, ...]
Level = Literal["error", "warning", "info", "off"]
"""How heavy a definition or a town wants the findings of one check."""
BODY_CODE, BODY_NAME = "local_government_code", "local_government_name"
"""Keys of the columns that say whose table it is, whatever the national name puts before 全国地方公共団体コード."""


class Standard(Model):
    """The specification a dataset follows: 自治体標準オープンデータセット, or the nearest national one."""

    name: str
    version: str = ""
    url: str = ""
    local: bool = False
    """True for 標準外(独自): no national specification prescribes this table."""
    partial: Text | None = None
    """What of its sheet the table holds, where nobody could confirm all of it: it does not claim to conform to the sheet."""

    def called(self, lang: str = "ja") -> str:
        """Return name and version, and what is held of it.

        >>> Standard(name="表A", version="2", partial=Text(ja="6列だけ", en="six columns only")).called()
        '表A 2(6列だけ)'
        """
        name = f"{self.name} {self.version}".rstrip()
        return f"{name}({self.partial[lang]})" if self.partial else name


class Constraints(Model):
    """Table Schema constraints, https://specs.frictionlessdata.io/table-schema/#constraints."""

    required: bool = False
    unique: bool = False
    min_length: int | None = Key(None, alias="minLength")
    max_length: int | None = Key(None, alias="maxLength")
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None
    enum: Names | None = None


class Field(Model):
    """One column: its national item name, ASCII key, type and how it may leave the office."""

    name: str
    key: Slug | Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,60}$")]
    title_en: str
    description: Text
    type: Literal["string", "integer", "number", "date", "time", "year", "boolean"] = "string"
    format: str = "default"
    constraints: Constraints = Constraints()
    requirement: Literal["required", "recommended", "optional"] = "optional"
    evidence: str = ""
    """Where the mark 必須/推奨/任意 was seen; empty for a local dataset."""
    codes: Slug | None = None
    code_of: str | None = None
    """The field of this table whose values the labels of this field's codes are: each is filled from the other."""
    parser: str | None = None
    unit: str = ""
    unknown: Names = ()
    """Writings by which a source says that a value is not known (9999): a blank cell."""
    aliases: Names = ()
    """Other headings seen in real files."""
    old: Names = ()
    """Headings of the older 推奨データセット."""
    publish: bool = True
    personal: Literal["none", "facility", "named", "person"] = "none"

    @model_validator(mode="after")
    def _codes_are_listed(self) -> "Field":
        if self.code_of and not self.codes:
            raise ValueError("code_of needs codes: the list whose labels are the names")
        return self


class Join(Model):
    """Geometry comes from another file, joined on a key field."""

    on: str


class GeometrySpec(Model):
    """What kind of place a row has and where it is found."""

    kind: Literal["point", "line", "polygon"]
    source: Literal["columns", "file", "join"] = Key(alias="from")
    longitude: str | None = None
    latitude: str | None = None
    join: Join | None = None
    layers: Names = ()
    """Layers or feature types of published standards that are this dataset, such as urf:UseDistrict of i-UR."""

    @model_validator(mode="after")
    def _complete(self) -> "GeometrySpec":
        if self.source == "columns" and not (self.longitude and self.latitude):
            raise ValueError("from: columns needs longitude and latitude")
        if self.source == "join" and not self.join:
            raise ValueError("from: join needs join.on")
        return self


class Disclosure(Model):
    """What may leave by default: open everything, view tiles only, counter a catalogue entry only."""

    cls: Literal["open", "view", "counter"] = Key("open", alias="class")
    reason: Text | None = None
    review: str = ""
    rounding: int = 0
    """Metres to which places are rounded where only tiles are shown (`view`); 0: not at all."""
    suppression: Suppression | None = None
    """Only in tables that count people by area."""


class Address(Model):
    """Which administrative level the address columns describe."""

    fill: bool = False
    level: Literal["town", "block"] = "town"
    """Reserved: how far an address will be looked up in the town's 町字 (a later part)."""


class Identifier(Model):
    """How rows without an ID get one: two letters and ten digits, kept by matching these fields."""

    field: str
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    match: Names
    digits: int = 10


class PageSpec(Model):
    """Which columns a list shows, and which one names a row."""

    list: Names
    title: str


class Example(Model):
    """A small table as an office would hand it in, and what must come out; run as a test."""

    given: list[dict[str, str]]
    yields: list[dict[str, str]]


class Dataset(Model):
    """A definition: DESIGN section 5."""

    format: Literal["1"]
    id: Slug
    number: str = ""
    standard: Standard
    title: Text
    description: Text
    key: Names = ()
    geometry: GeometrySpec | None = None
    series: Series | None = None
    fields: tuple[Field, ...]
    disclosure: Disclosure = Disclosure()
    address: Address | None = None
    formats: Names = ()
    frequency: Literal["CONT", "DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL_2", "ANNUAL", "IRREG", "UNKNOWN"] = "UNKNOWN"
    """Codes of the EU frequency vocabulary, used by DCAT-AP."""
    theme: str = ""
    """Code of the EU data-theme vocabulary (HEAL, TRAN, ENVI …)."""
    tags: Names = ()
    portal_tag: str = ""
    """Second tag of the pair by which BODIK's API recognises a standard dataset (the first is 自治体標準ODS)."""
    identifier: Identifier | None = None
    caveat: Text | None = None
    survey: bool = False
    """Whether it is drawn from 測量成果 (results of a survey), whose use 測量法 第29, 30, 43 or 44 条 asks to be approved."""
    links: tuple[Link, ...] = ()
    """Where the nation shows the same, for pages and catalogues: eMAFF農地ナビ."""
    map: MapSpec | None = None
    page: PageSpec
    rules: dict[str, Level] = {}
    sums: dict[str, Names] = {}
    """Column of a total → the columns that it is the sum of."""
    references: tuple[Reference, ...] = ()
    example: Example

    def field(self, name: str) -> Field:
        """Return the field of that national item name; KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def named(self, key: str) -> str | None:
        """Return the national item name of the field with that key; None when there is none."""
        return next((field.name for field in self.fields if field.key == key), None)

    @property
    def names(self) -> Names:
        """National item names in national order."""
        return tuple(field.name for field in self.fields)

    @property
    def published(self) -> tuple[Field, ...]:
        """The allow-list: fields that may leave, in order."""
        return tuple(field for field in self.fields if field.publish and field.personal != "person")

    @model_validator(mode="after")
    def _names_exist(self) -> "Dataset":
        names = set(self.names)
        if len(names) != len(self.fields):
            raise ValueError("two fields have the same name")
        if len({field.key for field in self.fields}) != len(self.fields):
            raise ValueError("two fields have the same key")
        published = {field.name for field in self.published}
        for what, used in self._references():
            missing = [name for name in used if name and name not in names]
            if missing:
                raise ValueError(f"{what} names the field {missing[0]!r}, which is not defined")
            if what in ("page", "map", "series") and (hidden := (names - published) & set(used)):
                raise ValueError(f"{what} names the field {min(hidden)!r}, which is not published")
        if self.series and (wrong := self._wrong_in_series()):
            raise ValueError(f"series: {wrong}")
        if self.disclosure.suppression and (wrong := self.disclosure.suppression.wrong(*self._counts_and_texts())):
            raise ValueError(f"disclosure.suppression: {wrong}")
        return self

    def _wrong_in_series(self) -> str:
        """Return what the long table or the headline could not be made with, "" where nothing is wrong."""
        if any(field.name == COLUMN or field.key == KEY for field in self.fields):
            return f"no field may be called {COLUMN!r} or have the key {KEY!r}: the table of all periods has them"
        headline = self.series.headline if self.series else ""
        return f"headline {headline!r} is no integer" if headline and self.field(headline).type != "integer" else ""

    def _counts_and_texts(self) -> tuple[Names, Names]:
        kinds = [(field.name, field.type) for field in self.published]
        counts, texts = (tuple(name for name, kind in kinds if kind == wanted) for wanted in ("integer", "string"))
        return counts, texts

    def _references(self) -> list[tuple[str, tuple[str | None, ...]]]:
        found: list[tuple[str, tuple[str | None, ...]]] = [("key", self.key), ("page", (*self.page.list, self.page.title))]
        if self.geometry:
            found.append(("geometry", (self.geometry.longitude, self.geometry.latitude)))
            found.append(("geometry.join", (self.geometry.join.on if self.geometry.join else None,)))
        if self.identifier:
            found.append(("identifier", (self.identifier.field, *self.identifier.match)))
        if self.map:
            found.append(("map", (self.map.label, self.map.style.by, *self.map.tile_fields)))
        found.append(("series", (self.series.headline if self.series else None,)))
        found.extend(("sums", (whole, *parts)) for whole, parts in self.sums.items())
        found.extend(("references", reference.fields) for reference in self.references)
        found.extend((f"code_of of {field.name!r}", (field.code_of,)) for field in self.fields)
        found.extend(("example.yields", tuple(row)) for row in self.example.yields)
        return found

    def table_schema(self, withheld: Names = ()) -> dict[str, Any]:
        """Return the Frictionless Table Schema of the published columns, in national names.

        `withheld`: columns of a release in which the mark of suppression may stand in place of a number.
        """
        return {
            "fields": [_schema_field(field, field.name in withheld) for field in self.published],
            "missingValues": ["", MARK] if withheld else [""],
            **({"primaryKey": list(self.key)} if self.key else {}),
        }


def _schema_field(field: Field, withheld: bool) -> dict[str, Any]:
    constraints = field.constraints.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    if withheld:  # the mark counts as missing
        constraints.pop("required", None)
    if "enum" in constraints:
        constraints["enum"] = list(constraints["enum"])
    return {
        "name": field.name,
        "type": field.type,
        **({"format": field.format} if field.format != "default" else {}),
        "title": field.title_en,
        "description": field.description.ja,
        "machizu:key": field.key,
        **({"constraints": constraints} if constraints else {}),
    }
