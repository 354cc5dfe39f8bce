"""Tasks: what people come for, as tiles of the home page, made from what the town publishes (`tasks.yaml` beside this)."""

from functools import cache
from pathlib import Path
from typing import Literal

from api.web.maps import layers_address
from api.web.visit import Visit
from catalog.dataset import Names, Slug
from catalog.errors import DefinitionError
from catalog.strict import Model, parse
from catalog.text import Text
from catalog.yaml_text import read_yaml

_FILE = Path(__file__).resolve().parent / "tasks.yaml"


class Task(Model):
    """One tile."""

    id: Slug
    datasets: Names
    title: Text
    hint: Text
    to: Literal["map", "dataset"] = "map"


class Tile(Model):
    """One tile as the page shows it."""

    icon: str
    title: str
    hint: str
    address: str


@cache
def tasks() -> tuple[Task, ...]:
    """Return every task in the order of the home page."""
    return tuple(parse(Task, entry, _FILE.name, DefinitionError) for entry in read_yaml(_FILE, DefinitionError))


def tiles(visit: Visit) -> list[Tile]:
    """Return the tiles of this town: those with a public dataset, with the address of the map showing them."""
    return [
        _tile(visit, task, found) for task in tasks() if (found := [one for one in task.datasets if one in visit.site.releases])
    ]


def _tile(visit: Visit, task: Task, found: list[str]) -> Tile:
    placed = [dataset for dataset in found if visit.site.releases[dataset].geometry]
    on_map = task.to == "map" and placed
    address = layers_address(visit, placed) if on_map else visit.url("/datasets", found[0])
    return Tile(icon=task.id, title=task.title[visit.lang], hint=task.hint[visit.lang], address=address)
