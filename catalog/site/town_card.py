"""town.json: the public part of machizu.toml. Releasing writes it from a Town, the site reads it; no token, signer or
disclosure document is in it."""

import json
from pathlib import Path
from typing import Literal

from catalog.dataset import Text
from catalog.errors import OutsideError
from catalog.strict import Model, parse
from catalog.town import MapSettings, Prefecture, Section, Site, Town, TownName

FILE = "town.json"


class TownCard(Model):
    """What everybody may know of the settings."""

    format: Literal[1] = 1
    code: str
    name: TownName
    prefecture: Prefecture = Prefecture()
    licence: Literal["CC-BY-4.0", "PDL-1.0"] = "CC-BY-4.0"
    languages: tuple[Literal["ja", "en"], ...] = ("ja", "en")
    sections: tuple[Section, ...] = ()
    site: Site = Site()
    map: MapSettings = MapSettings()

    @classmethod
    def of(cls, town: Town) -> "TownCard":
        """Return the public part of the settings."""
        return cls(
            code=town.code,
            name=town.name,
            prefecture=town.prefecture,
            licence=town.licence,
            languages=town.languages,
            sections=town.sections,
            site=town.site,
            map=town.map,
        )

    @property
    def full_name(self) -> str:
        """Prefecture and name, as 地方公共団体名 writes it."""
        return self.prefecture.ja + self.name.ja

    @property
    def title(self) -> Text:
        """The site's own title, else the town's name with what the site is."""
        return self.site.title or Text(ja=f"{self.name.ja} データと地図", en=f"{self.name.en} data and map")

    def section_of(self, dataset: str) -> Section | None:
        """Return the section that owns a dataset, else the first section, else None."""
        owner = next((section for section in self.sections if dataset in section.datasets), None)
        return owner or next(iter(self.sections), None)

    def dump(self) -> bytes:
        """Return the bytes to write: the same for the same settings."""
        data = self.model_dump(mode="json", by_alias=True)
        return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_town_card(site: Path) -> TownCard:
    """Read town.json of a site folder; OutsideError when it is missing or damaged."""
    path = site / FILE
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError as problem:
        raise OutsideError(
            f"{site} に {FILE} がありません。",
            f"There is no {FILE} in {site}.",
            fix_ja="まだ何も公開していません。machizu publish を実行してください。",
            fix_en="Nothing has been published yet: run machizu publish.",
            code="no-site",
        ) from problem
    except ValueError as problem:
        raise OutsideError(f"{path} が壊れています。", f"{path} is damaged.") from problem
    return parse(TownCard, data, FILE, OutsideError)
