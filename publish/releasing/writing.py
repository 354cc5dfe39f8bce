"""From staged to public, in the one order that leaves a whole site wherever it is interrupted (DESIGN 7):

lock → move from staged/ → fsync → history *intent n* → replace catalog.json (n) → *done n*.

Several datasets become public by the same replacement: a reader sees all of them or none.
"""

from collections.abc import Sequence
from pathlib import Path

from catalog.library import Library, read_library
from catalog.site import register, town_card
from catalog.site.pointer import Pointer, VersionEntry, read_pointer
from catalog.site.town_card import TownCard
from catalog.town import Town, read_town
from publish.disclosure.differencing import adopt_hidden
from publish.recipe import read_recipes
from publish.releasing.act import Act, done
from publish.releasing.approval import require
from publish.releasing.disk import move_folder, remove_folder, write_file
from publish.releasing.history import append
from publish.releasing.identifiers import adopt_register
from publish.releasing.lock import lock
from publish.releasing.pointing import published, write_pointer
from publish.releasing.prepared import prepare_release
from publish.releasing.public_register import public_register
from publish.releasing.ready import ready
from publish.releasing.reconciling import reconcile
from publish.releasing.schedule import forget
from publish.releasing.staged import HIDDEN, IDENTIFIERS, StagedEntry, staged_folder


def release(
    town: Path, datasets: Sequence[str], act: Act, *, library: Library | None = None, break_lock: bool = False
) -> Pointer:
    """Make the staged releases of these datasets public, together, and write town.json and register.json.

    With no dataset at all only the two are written. UsageError when one is not staged; CheckFailed when warnings wait for
    acceptance, nobody said which day the data describes, the content was withdrawn, or site or folder have changed since
    the build; DisclosureRefused when the class has; MustWait when another run holds the lock, or when a second person has
    to approve one. Nothing is moved before every dataset is ready.
    """
    shelf = library or read_library(town)
    with lock(town, now=act.now, break_lock=break_lock):
        reconcile(town, act.at)
        settings, pointer = read_town(town), read_pointer(town / "site")
        entries = [ready(town, pointer, dataset, settings, shelf) for dataset in datasets]
        approved = [require(town, settings, entry, act.now) for entry in entries]
        for entry in entries:
            _move_in(town, entry, act.at)
        write_cards(town, settings, shelf)
        return _point(town, pointer, entries, approved, act)


def write_cards(town: Path, settings: Town, library: Library) -> None:
    """Write what the site says of the town and of what is not public."""
    recipes = (recipe.dataset for recipe in read_recipes(town).values())
    write_file(town / "site" / town_card.FILE, TownCard.of(settings).dump())
    write_file(town / "site" / register.FILE, public_register(settings, library, recipes).dump())


def _move_in(town: Path, entry: StagedEntry, at: str) -> None:
    """Bring a release and its prepared files to the site, where nothing points to them yet."""
    site, staged = town / "site", staged_folder(town, entry.dataset)
    adopt_register(town, staged / IDENTIFIERS)
    adopt_hidden(town, staged / HIDDEN)
    move_folder(staged / entry.name, site / entry.path)
    prepare_release(site, entry.dataset, entry.version, _public(entry, at))


def _point(town: Path, pointer: Pointer, entries: Sequence[StagedEntry], approved: Sequence[str], act: Act) -> Pointer:
    intents = [
        act.intent(pointer.sequence + number, "publish", entry.dataset, (entry.version,), entry.hash, by)
        for number, (entry, by) in enumerate(zip(entries, approved, strict=True), 1)
    ]
    append(town, intents)
    for entry in entries:
        pointer = published(pointer, entry.dataset, entry.version, _public(entry, act.at), entry.counts)
    if entries:
        write_pointer(town / "site", pointer)
    append(town, [done(intent) for intent in intents])
    for entry in entries:
        remove_folder(staged_folder(town, entry.dataset))
        forget(town, entry.dataset)
    return pointer


def _public(entry: StagedEntry, at: str) -> VersionEntry:
    return VersionEntry(path=entry.path, hash=entry.hash, content=entry.content, published=at)
