"""prepared/map/: the composed map, as releasing leaves it and the site reads it.

    map.html                      the map's frame            map.<hash12>.js   the script that makes it
    layers.<lang>.<hash12>.json   what is said of the layers
    map.json                      which of these are current: replaced last

Files with a hash in their name never change. Those of the map before stay, because a page that was loaded a moment ago
still asks for them.
"""

import json
import re
from pathlib import Path

from catalog.errors import OutsideError
from catalog.strict import Model, parse

FOLDER = Path("prepared") / "map"
FRAME = "map.html"
INDEX = "map.json"
PART = re.compile(r"(map\.[0-9a-f]{12}\.js)|(layers\.[a-z]{2}\.[0-9a-f]{12}\.json)", re.ASCII)
"""Names of the files with a hash: all that can be asked for by name."""


class MapIndex(Model):
    """map.json. `layers` by language; `before`: the hashed files of the map before this one."""

    format: int = 1
    script: str
    layers: dict[str, str]
    before: tuple[str, ...] = ()

    @property
    def current(self) -> frozenset[str]:
        """The hashed files of this map."""
        return frozenset((self.script, *self.layers.values()))

    def dump(self) -> bytes:
        """Return the bytes to write."""
        return (json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True) + "\n").encode()


def read_map_index(site: Path) -> MapIndex | None:
    """Read map.json of a site; None when no map was prepared yet, OutsideError when it is damaged."""
    path = site / FOLDER / INDEX
    try:
        return parse(MapIndex, json.loads(path.read_bytes()), f"{FOLDER.as_posix()}/{INDEX}", OutsideError)
    except FileNotFoundError:
        return None
    except ValueError as problem:
        raise OutsideError(f"{path} が壊れています。", f"{path} is damaged.", code="damaged-map") from problem
