"""Offering: what the site has for a portal. Only what already stands in site/ is offered, and only what may still stand."""

from catalog.errors import DisclosureRefused, UsageError
from catalog.site.pointer import read_pointer
from catalog.site.register import read_register
from catalog.site.release import Release, read_release
from catalog.site.town_card import read_town_card
from publish.disclosure.gate import class_of
from publish.portal.wanted import Wanted, wanted, wanted_entry
from publish.town_folder import TownFolder

_STRICTNESS = ("open", "view", "counter")


def offered(folder: TownFolder) -> tuple[str, ...]:
    """Return the datasets that a portal is to show: every public one, then what can only be asked for at the counter."""
    public = [dataset for dataset, entry in read_pointer(folder.site).datasets.items() if entry.current]
    counters = (entry.id for entry in read_register(folder.site).datasets if entry.cls == "counter")
    return (*public, *(dataset for dataset in counters if dataset not in public))


def offer(folder: TownFolder, dataset: str, organization: str, portal_url: str) -> Wanted:
    """Return how a dataset must stand at a portal.

    UsageError when it is not public; DisclosureRefused when its class has become stricter than its release.
    """
    card = read_town_card(folder.site)
    if read_pointer(folder.site).current(dataset):
        release = read_release(folder.site, dataset)
        _allow(folder, release)
        return wanted(release, card, organization, portal_url)
    entry = read_register(folder.site).entry(dataset)
    if entry is None or entry.cls != "counter":
        raise UsageError(
            f"「{dataset}」はまだ site/ に公開されていません。",
            f"{dataset!r} does not stand in site/ yet.",
            fix_ja="先に machizu publish で公開してください(ポータルには公開中のものだけを送ります)。",
            fix_en="Publish it first with machizu publish: a portal only receives what is public.",
            code="not-published",
        )
    return wanted_entry(entry, card, organization, portal_url)


def _allow(folder: TownFolder, release: Release) -> None:
    cls, _ = class_of(folder.library.find(release.id), folder.town)
    if _STRICTNESS.index(cls) > _STRICTNESS.index(release.cls):
        raise DisclosureRefused(
            f"「{release.id}」の区分は {cls} に変わりましたが、公開中の版は {release.cls} のままです。ポータルには送りません。",
            f"The class of {release.id!r} is now {cls}, but its release is still {release.cls}: it is not sent to a portal.",
            fix_ja=f"machizu withdraw {release.id} で取り下げてください(ポータルからも消えます)。",
            fix_en=f"Withdraw it with machizu withdraw {release.id} (from portals too).",
            code="stricter-class",
        )
