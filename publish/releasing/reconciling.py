"""Reconciling: what a command does first, under the lock: finish or undo what an interrupted one began.

A publication or rollback that reached the pointer is done, one that did not is undone (its release goes back to staged/).
A withdrawal is always finished: what should not be public must not wait for anybody to try again.
"""

from pathlib import Path

from catalog.errors import OutsideError
from catalog.site.pointer import Pointer, read_pointer
from publish.releasing.disk import ARRIVING, move_folder, remove_folder
from publish.releasing.history import History, Step, append, read_history
from publish.releasing.prepared import sweep
from publish.releasing.removing import finish_withdrawal, remove_withdrawn
from publish.releasing.staged import BUILDING, FOLDER, read_staged, staged_folder


def reconcile(town: Path, at: str, *, urgent: bool = False) -> tuple[Step, ...]:
    """Bring pointer, history and folders together; return the steps that were written for it.

    OutsideError where the site is older than the history, or gone: numbers would be given twice, and withdrawals forgotten.
    `urgent`: go on even so.
    """
    site = town / "site"
    pointer = read_pointer(site)
    history = read_history(town)
    if not urgent:
        _require_whole(pointer, history)
    ends: list[Step] = []
    for intent in history.open:
        if intent.kind == "withdraw" and pointer.sequence < intent.n:
            pointer = finish_withdrawal(site, pointer, intent)
        reached = any(change.n == intent.n for change in pointer.changes)
        ends.append(intent.model_copy(update={"step": "done" if reached else "undone", "at": at}))
    remove_withdrawn(site, pointer)
    if ends:
        append(town, ends)
    _put_back(town, pointer)
    _sweep_staged(town)
    sweep(site, pointer)
    return tuple(ends)


def _require_whole(pointer: Pointer, history: History) -> None:
    last = max((step.n for step in history.steps if step.step == "done"), default=0)
    if pointer.sequence < last:
        raise OutsideError(
            f"公開サイト(site/)が、公開の記録より古いか、ありません(サイト {pointer.sequence}、記録 {last})。",
            f"The site (site/) is older than the history, or gone (site {pointer.sequence}, history {last}).",
            fix_ja="このままでは番号が二度使われ、取り下げたものが戻るおそれがあります。"
            "machizu restore 控え.zip で戻してください。",
            fix_en="Numbers would be given twice and what was withdrawn could come back. Run: machizu restore BACKUP.zip",
            code="site-behind",
        )


def _put_back(town: Path, pointer: Pointer) -> None:
    """Take folders that nothing points to out of the site: back to staged/ where they came from, else away.

    A build since then may have staged the same release once more: then that one is whole, and this one goes.
    """
    known = {entry.path for dataset in pointer.datasets.values() for entry in dataset.versions.values()}
    for folder in sorted((town / "site" / "releases").glob("*/*")):
        dataset, name = folder.parent.name, folder.name
        if f"releases/{dataset}/{name}" in known:
            continue
        entry = read_staged(town, dataset)
        origin = staged_folder(town, dataset) / name
        if entry is not None and entry.name == name and not origin.exists() and not name.startswith(ARRIVING):
            move_folder(folder, origin)
        else:
            remove_folder(folder)


def _sweep_staged(town: Path) -> None:
    """Remove half-built folders, and staged.json of a release that has become public."""
    for folder in sorted((town / FOLDER).glob("*")):
        entry = read_staged(town, folder.name)
        if folder.name.startswith(BUILDING) or (entry and not (folder / entry.name).is_dir()):
            remove_folder(folder)
