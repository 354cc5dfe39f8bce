"""The town and its settings: `machizu.toml`, strict, with sections, disclosure decisions and portals."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field as Key
from pydantic import StringConstraints, field_validator, model_validator

from catalog.body_code import is_valid
from catalog.dataset import Dataset, Level, Slug
from catalog.errors import SettingError, nearest
from catalog.link import Link, WebAddress
from catalog.signers import Signers
from catalog.strict import Model, parse
from catalog.suppression import Suppression, SuppressionDecision
from catalog.text import Text

FILE = "machizu.toml"
Licence = Literal["CC-BY-4.0", "PDL-1.0"]


class TownName(Model):
    """The town's name; `ja` without the prefecture."""

    ja: str
    en: str
    kana: str = ""


class Prefecture(Model):
    """The prefecture's name; empty for an invented town."""

    ja: str = ""
    en: str = ""


class Section(Model):
    """The section of the office that owns datasets; a section, not a person (April moves)."""

    id: Slug
    name: Text
    phone: str = ""
    page: WebAddress = ""
    datasets: tuple[str, ...] = ()


class Site(Model):
    """What the public pages say about themselves."""

    title: Text | None = None
    url: WebAddress = ""
    notice: Text | None = None
    """Shown on every page and written into every file, e.g. that the town is invented."""
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = "#0b4f6c"
    links: tuple[Link, ...] = ()


class BaseMap(Model):
    """A raster base map by URL template; its host is the only outside host that the pages may ask."""

    name: Text
    url: str
    attribution: Text
    attribution_url: WebAddress = ""
    max_zoom: int = 18


class MapSettings(Model):
    """Start view and base maps; `closed` forbids every outside host."""

    closed: bool = True
    bases: tuple[BaseMap, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    zoom: int = 14


class CheckSettings(Model):
    """How tables are checked. `fast` false has frictionless judge every value: the same answers, slowly."""

    fast: bool = True


class Decision(Model):
    """A recorded disclosure decision for one dataset."""

    cls: Literal["open", "view", "counter"] = Key(alias="class")
    reason: str
    decided: str
    document: str
    review: str
    columns: tuple[str, ...] = ()
    """Columns that the town publishes by its own definition though the original one keeps them at home."""


class SurveyUse(Model):
    """By which approval a dataset uses results of a survey (測量法), or why it needs none."""

    approval: str = ""
    """Number of the approval, as the copy of the document says it: 令6関公第123号."""
    none: str = ""
    """Why none is needed, e.g. that the town surveyed it itself."""

    @model_validator(mode="after")
    def _says_one(self) -> "SurveyUse":
        if bool(self.approval.strip()) == bool(self.none.strip()):
            raise ValueError("write either approval (its number) or none (why none is needed)")
        return self


class Portal(Model):
    """A CKAN that releases are copied to."""

    name: Slug
    url: str
    organization: str
    token_env: str


class Town(Model):
    """machizu.toml."""

    format: Literal[1]
    code: str
    name: TownName
    prefecture: Prefecture = Prefecture()
    licence: Licence = "CC-BY-4.0"
    zone: int | None = Key(None, ge=1, le=19)
    """平面直角座標系の系番号 used where a file says only 'plane'."""
    datum: Literal["JGD2000", "JGD2011"] = "JGD2011"
    languages: tuple[Literal["ja", "en"], ...] = ("ja", "en")
    approval: Literal["one", "two"] = "one"
    """How many persons a publication needs: who publishes, or one of the `signers` (or a decision on paper) besides."""
    signers: Signers = Signers()
    sections: tuple[Section, ...] = Key((), alias="section")
    site: Site = Site()
    map: MapSettings = MapSettings()
    check: CheckSettings = CheckSettings()
    disclosure: dict[str, Decision] = {}
    suppression: dict[str, SuppressionDecision] = {}
    """By dataset: from how few people on an area is hidden, where the town has decided otherwise than the definition."""
    survey: dict[str, SurveyUse] = {}
    checks: dict[str, Level | dict[str, Level]] = {}
    """Weights of checks by code, and by dataset those that hold there only; whether they exist is looked up when checking."""
    portals: tuple[Portal, ...] = Key((), alias="portal")

    @field_validator("code")
    @classmethod
    def _code(cls, code: str) -> str:
        if not is_valid(code):
            raise ValueError("must be six digits ending in the check digit of 全国地方公共団体コード")
        return code

    @field_validator("checks", mode="before")
    @classmethod
    def _checks(cls, checks: object) -> object:
        # Said here, because the words for a value that fits neither of two shapes name both shapes and not the mistake.
        tables = [checks, *checks.values()] if isinstance(checks, dict) else []
        for code, level in [pair for table in tables if isinstance(table, dict) for pair in table.items()]:
            if not isinstance(level, dict) and level not in get_args(Level):
                near = nearest(str(level), get_args(Level))
                hint = f" Did you mean {near!r}?" if near else ""
                raise ValueError(f"{code} = {level!r} is none of {', '.join(get_args(Level))}.{hint}")
        return checks

    @property
    def full_name(self) -> str:
        """Prefecture and name, as 地方公共団体名 writes it."""
        return self.prefecture.ja + self.name.ja

    def suppressed(self, dataset: Dataset) -> Suppression | None:
        """Return how areas with few people are hidden in a table; None where nobody is counted or the town hides nothing."""
        declared = dataset.disclosure.suppression
        terms = declared.under(self.suppression.get(dataset.id)) if declared else None
        return terms if terms and terms.active else None

    def section_of(self, dataset: str) -> Section | None:
        """Return the section that owns a dataset, else the first section, else None."""
        return owner(self.sections, dataset)


def owner(sections: Sequence[Section], dataset: str) -> Section | None:
    """Return the section that owns a dataset, else the first section, else None."""
    named = (section for section in sections if dataset in section.datasets)
    return next(named, sections[0] if sections else None)


def read_town(folder: Path) -> Town:
    """Read machizu.toml of a town folder; SettingError says what is wrong and where."""
    path = folder / FILE
    if not path.is_file():
        raise SettingError(
            f"{folder} には machizu.toml がありません。",
            f"There is no machizu.toml in {folder}.",
            fix_ja="町のフォルダーで実行するか、--town で指定してください。新しく作るには machizu new フォルダー名 です。",
            fix_en="Run inside a town folder, give --town, or make one with: machizu new FOLDER.",
            code="no-town",
        )
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingError(f"{FILE} を読めません: {problem}", f"{FILE} cannot be read: {problem}") from problem
    return parse(Town, data, FILE, SettingError)
