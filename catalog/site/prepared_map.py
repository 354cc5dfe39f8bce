"""prepared/map/: the composed map, as releasing leaves it and the site reads it.

    map.html                      the map's frame            map.<hash12>.js   the script that makes it
    layers.<lang>.<hash12>.json   what is said of the layers
    map.json                      which of these are current: replaced last

Files with a hash in their name never change. Those of the map before stay, because a page that was loaded a moment ago
still asks for them.
"""

import re
from pathlib import Path

from catalog.document import Document, read_document
from catalog.site import prepared

FOLDER = Path(prepared.FOLDER) / "map"
FRAME = "map.html"
INDEX = "map.json"
PART = re.compile(r"(map\.[0-9a-f]{12}\.js)|(layers\.[a-z]{2}\.[0-9a-f]{12}\.json)", re.ASCII)
"""Names of the files with a hash: all that can be asked for by name."""


class MapIndex(Document):
    """map.json. `layers` by language; `before`: the hashed files of the map before this one."""

    format: int = 1
    script: str
    layers: dict[str, str]
    before: tuple[str, ...] = ()

    @property
    def current(self) -> frozenset[str]:
        """The hashed files of this map."""
        return frozenset((self.script, *self.layers.values()))


def read_map_index(site: Path) -> MapIndex | None:
    """Read map.json of a site; None when no map was prepared yet, OutsideError when it is damaged."""
    try:
        return read_document(MapIndex, site / FOLDER / INDEX, code="damaged-map")
    except FileNotFoundError:
        return None
