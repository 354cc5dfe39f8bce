"""What is not (wholly) public, why, who decided and where to ask: register.json, from the town's settings and recipes."""

from collections.abc import Iterable, Iterator

from catalog.dataset import Dataset
from catalog.library import Library
from catalog.site.register import Counter, Register, RegisterEntry
from catalog.text import Text
from catalog.town import Town
from publish.disclosure.gate import class_of

_REASON = Text(
    ja="公開するかどうかを、まだ決めていません。",
    en="It has not been decided yet whether this is published.",
)


def public_register(town: Town, library: Library, datasets: Iterable[str]) -> Register:
    """Return the entries of every dataset that the town has (a recipe) or has decided on and that is not open."""
    wanted = set(datasets) | set(town.disclosure)
    return Register.of(entry for name in library if name in wanted for entry in _entry(library[name], town))


def _entry(dataset: Dataset, town: Town) -> Iterator[RegisterEntry]:
    cls, decision = class_of(dataset, town)
    if cls == "open":
        return
    section = town.section_of(dataset.id)
    yield RegisterEntry(
        id=dataset.id,
        title=dataset.title,
        description=dataset.description,
        cls=cls,
        reason=Text(ja=decision.reason, en=decision.reason) if decision else dataset.disclosure.reason or _REASON,
        decided=decision.decided if decision else "",
        review=decision.review if decision else dataset.disclosure.review,
        links=dataset.links,
        section=Counter(name=section.name, phone=section.phone, page=section.page) if section else None,
    )
