"""The allow-list of columns against a town's own definition: what ours keeps at home needs a recorded decision to go out."""

from collections.abc import Iterator

from catalog.dataset import Dataset, Field
from catalog.folding import heading_key
from catalog.library import read_library
from catalog.town import Town


def opened(dataset: Dataset, town: Town | None) -> Iterator[str]:
    """Give the published columns that would say more of persons than the definition which comes with machizu allows.

    Those that it keeps at home, and those in which it expects no names (`personal: named` is the town's own word), unless the
    town recorded a decision. A column is the same by its name, its key or one of its other headings: a new name opens nothing.
    """
    ours = read_library().get(dataset.id)
    decision = town.disclosure.get(dataset.id) if town else None
    decided = set(decision.columns) if decision else set()
    public = {field.name: field for field in ours.published} if ours else {}
    kept = {key for field in ours.fields if field.name not in public for key in _called(field)} if ours else set()
    for field in dataset.published:
        before = public.get(field.name)
        says_more = field.personal == "named" and (before is None or before.personal != "named")
        if field.name not in decided and (says_more or kept & _called(field)):
            yield field.name


def _called(field: Field) -> set[str]:
    """Return every way in which a column is called, folded."""
    return {heading_key(name) for name in (field.name, field.key, *field.aliases, *field.old)}
