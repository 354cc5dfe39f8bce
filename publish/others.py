"""The town's other tables, for rules that look across datasets: each is read when it is asked for, and once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from catalog.site.pointer import read_pointer
from publish.previous import previous_table, released_table
from publish.releasing.staged import read_staged, staged_folder
from publish.table.table import Table
from publish.town_folder import TownFolder


def release_folder(folder: TownFolder, dataset: str) -> Path | None:
    """Return the folder of what is staged of a dataset, else of what is public; None where there is neither."""
    entry = read_staged(folder.path, dataset)
    if entry is not None:
        return staged_folder(folder.path, dataset) / entry.name
    public = read_pointer(folder.site).current(dataset)
    return folder.site / public.path if public else None


class OtherTables(Mapping[str, Table]):
    """Tables by dataset id: what is staged, which will be public next, else what is public. KeyError where there is neither."""

    def __init__(self, folder: TownFolder) -> None:
        self._folder = folder
        self._read: dict[str, Table | None] = {}

    def __getitem__(self, key: str) -> Table:
        if key not in self._read:
            self._read[key] = self._staged(key) or previous_table(self._folder.site, self._folder.library[key])
        table = self._read[key]
        if table is None:
            raise KeyError(key)
        return table

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._folder.library if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        return key in self._folder.library and self.get(str(key)) is not None

    def _staged(self, key: str) -> Table | None:
        entry = read_staged(self._folder.path, key)
        if entry is None:
            return None
        try:
            return released_table(staged_folder(self._folder.path, key) / entry.name, self._folder.library[key])
        except FileNotFoundError:  # another process of the same build is putting a newer one in its place
            return None
