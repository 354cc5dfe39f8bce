"""Code lists that lie beside a city model (codelists/*.xml, gml:Dictionary): from a codeSpace to the names of its codes.

Only the file name of a codeSpace is believed, and looked for in folders named codelists at or above the file.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from gis.geo_kind import CODE_LISTS
from gis.xml_file import elements, forget, local, text

_LARGEST = 8 * 1024**2


class CodeLists:
    """Dictionaries in some folders, read when first asked for."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._known: dict[str, Mapping[str, str]] = {}

    def named(self, code_space: str) -> Mapping[str, str]:
        """Return code → name, empty when there is no such list; UnusableSource when the list is broken."""
        name = PurePosixPath(code_space.replace("\\", "/")).name
        if name not in self._known:
            self._known[name] = self._read(name) if name.lower().endswith(".xml") else {}
        return self._known[name]

    def _read(self, name: str) -> Mapping[str, str]:
        for folder in self._folders:
            path = folder / name
            if path.is_file() and path.stat().st_size <= _LARGEST:
                return _codes(path, name)
        return {}


def beside(path: Path) -> CodeLists:
    """Return the code lists of a file: in its folder's `codelists` or that of the two folders above (PLATEAU: udx/urf/)."""
    return CodeLists([folder / CODE_LISTS for folder in [*path.resolve().parents][:3]])


def _codes(path: Path, name: str) -> Mapping[str, str]:
    found = {}
    for _, entry in elements(path, name, ("Definition",)):
        said = {local(child): text(child) for child in entry}
        if "name" in said and "description" in said:
            found[said["name"]] = said["description"]
        forget(entry)
    return found
