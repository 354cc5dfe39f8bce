"""town.json: the public part of machizu.toml. Releasing writes it from a Town, the site reads it; no token and no
disclosure document is in it."""

from pathlib import Path
from typing import Literal

from catalog.document import Document, read_document
from catalog.errors import OutsideError
from catalog.text import Text
from catalog.town import Licence, MapSettings, Prefecture, Section, Site, Town, TownName, owner

FILE = "town.json"


class TownCard(Document):
    """What everybody may know of the settings."""

    format: Literal[1] = 1
    code: str
    name: TownName
    prefecture: Prefecture = Prefecture()
    licence: Licence = "CC-BY-4.0"
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
        return owner(self.sections, dataset)


def read_town_card(site: Path) -> TownCard:
    """Read town.json of a site folder; OutsideError when it is missing or damaged."""
    try:
        return read_document(TownCard, site / FILE)
    except FileNotFoundError as problem:
        raise OutsideError(
            f"{site} に {FILE} がありません。",
            f"There is no {FILE} in {site}.",
            fix_ja="まだ何も公開していません。machizu publish を実行してください。",
            fix_en="Nothing has been published yet: run machizu publish.",
            code="no-site",
        ) from problem
