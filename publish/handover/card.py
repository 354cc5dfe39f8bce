"""The emergency card: one A4 beside the telephone, with this town's commands, hosts and numbers, for who has never done it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from catalog.message import render
from catalog.site.pointer import read_pointer
from publish.paper_page import stand_alone
from publish.releasing.backup import made
from publish.releasing.pointing import live
from publish.town_folder import TownFolder

LOCALE = Path(__file__).parent / "locale"
_PAGE = Path(__file__).with_name("card.html.j2")


@dataclass(frozen=True, slots=True)
class Stands:
    """A dataset that is public: its id, title, version, the one before, and who answers for it."""

    id: str
    title: str
    version: str
    before: str
    section: str
    phone: str


def as_html(folder: TownFolder, host: str, lang: str) -> str:
    """Return the card. `host`: the name of the computer on which the town folder lies."""
    backups = made(folder.path)
    return stand_alone(
        _PAGE,
        lang=lang,
        town=folder.town,
        path=str(folder.path.resolve()),
        host=host,
        stands=_stands(folder, lang),
        backup=backups[-1] if backups else None,
        say=partial(_say, lang),
    )


def _say(lang: str, name: str, **values: object) -> str:
    return render(LOCALE, name, lang, **values)


def _stands(folder: TownFolder, lang: str) -> list[Stands]:
    pointer = read_pointer(folder.site)
    found = []
    for dataset, entry in sorted(pointer.datasets.items()):
        if entry.current is None:
            continue
        versions = live(pointer, dataset)
        place = versions.index(entry.current)
        section = folder.town.section_of(dataset)
        definition = folder.library.get(dataset)
        title = definition.title[lang] if definition else dataset
        name, phone = (section.name[lang], section.phone) if section else ("", "")
        found.append(Stands(dataset, title, entry.current, versions[place - 1] if place else "", name, phone))
    return found
