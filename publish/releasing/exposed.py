"""Exposed: public versions that show more than the class in force allows, since they were released before the decision."""

from collections.abc import Iterator
from pathlib import Path

from catalog.site.pointer import Pointer
from publish.disclosure.gate import Class
from publish.releasing.pointing import live


def exposed(site: Path, pointer: Pointer, dataset: str, cls: Class) -> tuple[str, ...]:
    """Return the versions to be withdrawn, lowest number first; the current one need not be among them."""
    return tuple(_wider(site, pointer, dataset, cls))


def _wider(site: Path, pointer: Pointer, dataset: str, cls: Class) -> Iterator[str]:
    """Yield versions of any kind where only the counter may tell, and tables where only the map may show."""
    for version in live(pointer, dataset):
        folder = site / pointer.datasets[dataset].versions[version].path
        if cls == "counter" or (cls == "view" and any(folder.glob("*.csv"))):
            yield version
