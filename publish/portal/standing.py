"""Standing: a package as the portal has it, told apart into what is ours and what others added. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.portal.memory import Placed

Resource = Mapping[str, Any]
MARK = "machizu_dataset"
"""Extra that marks a package as ours, also when this computer's memory is lost."""
FILE = "machizu_file"
"""Field that marks a resource as ours and names its file."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A package. `ours` by file name in the portal's order; `spare`: ours too, but a file's second resource."""

    id: str
    package: Mapping[str, Any]
    ours: Mapping[str, Resource]
    spare: tuple[tuple[str, Resource], ...]
    others: tuple[Resource, ...]

    @property
    def all_ours(self) -> tuple[tuple[str, Resource], ...]:
        """Every resource of ours with its file name."""
        return (*self.ours.items(), *self.spare)


def is_ours(package: Mapping[str, Any], placed: Placed | None) -> bool:
    """Say whether a package was made by us: it carries the mark, or we remember it."""
    marked = any(extra.get("key") == MARK for extra in package.get("extras") or ())
    return marked or (placed is not None and placed.package == package["id"])


def standing(package: Mapping[str, Any], placed: Placed | None) -> Standing:
    """Tell apart what package_show gave. A resource is ours when we remember its id or it names a file of ours.

    A web form at the portal drops the field, a lost memory the id. By the field an interrupted upload is found as well.
    """
    remembered = {held: name for name, held in placed.resources.items()} if placed else {}
    ours: dict[str, Resource] = {}
    spare: list[tuple[str, Resource]] = []
    others: list[Resource] = []
    for resource in package.get("resources") or ():
        name = remembered.get(str(resource["id"])) or str(resource.get(FILE) or "")
        if not name:
            others.append(resource)
        elif name in ours:
            spare.append((name, resource))
        else:
            ours[name] = resource
    return Standing(str(package["id"]), package, ours, tuple(spare), tuple(others))
