"""What a dataset's staged release would change, compared with what is public: file against file."""

import json
from dataclasses import replace
from pathlib import Path

from catalog.errors import UsageError
from catalog.site.headline import headline_of
from catalog.site.pointer import Pointer, read_pointer
from catalog.site.quality import quality_of
from catalog.site.quality_change import QualityChange, compare_quality
from publish.diff.rows import Diff, diff
from publish.diff.table_files import TableFiles, dataset_of, of_folder
from publish.releasing.staged import read_staged, staged_folder


def compare(town: Path, dataset: str) -> Diff:
    """Return what publishing the staged release would change; UsageError when nothing is staged.

    A `view` release holds no table: there no row is told.
    """
    entry = read_staged(town, dataset)
    if entry is None:
        raise UsageError(
            f"「{dataset}」には公開待ちの版がありません。",
            f"Nothing is staged for {dataset!r}.",
            fix_ja="先に machizu build を実行してください。公開中のものと同じなら、公開待ちにはなりません。",
            fix_en="Run machizu build first. What is the same as the public release is not staged.",
            code="nothing-staged",
        )
    return against_public(town / "site", read_pointer(town / "site"), dataset, staged_folder(town, dataset) / entry.name)


def against_public(site: Path, pointer: Pointer, dataset: str, folder: Path) -> Diff:
    """Compare a release folder with the current release of its dataset."""
    current = pointer.current(dataset)
    after = of_folder(folder)
    before: TableFiles | None = of_folder(site / current.path) if current else None
    found = Diff() if after is None else diff(before, after)
    found = replace(found, headline=headline_of(json.loads((folder / "datapackage.json").read_bytes())))
    return replace(found, quality=_quality(site / current.path, folder)) if current else found


def _quality(before: Path, after: Path) -> QualityChange:
    return compare_quality(*(quality_of(folder, dataset_of(folder)) for folder in (before, after)))
