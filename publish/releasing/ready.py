"""Ready: may a staged release become public now? Every reason against it, before anything is moved."""

from pathlib import Path

from catalog.errors import CheckFailed, DisclosureRefused, UsageError
from catalog.library import Library
from catalog.site.pointer import Pointer
from catalog.town import Town
from publish.disclosure.gate import class_of
from publish.releasing.rehash import damages
from publish.releasing.staged import StagedEntry, read_staged, refuse_withdrawn, staged_folder


def ready(town: Path, pointer: Pointer, dataset: str, settings: Town, library: Library) -> StagedEntry:
    """Return what is staged of a dataset, or refuse it: UsageError, CheckFailed, DisclosureRefused."""
    entry = read_staged(town, dataset)
    if entry is None:
        raise UsageError(
            f"「{dataset}」には公開待ちの版がありません。",
            f"Nothing is staged for {dataset!r}.",
            fix_ja="先に machizu build を実行してください。",
            fix_en="Run machizu build first.",
            code="nothing-staged",
        )
    _refuse_stale(town, pointer, entry)
    _refuse_class(entry, settings, library)
    refuse_withdrawn(pointer, dataset, entry.content, entry.data)
    _refuse_unsaid(entry)
    return entry


def _refuse_stale(town: Path, pointer: Pointer, entry: StagedEntry) -> None:
    stands = pointer.datasets.get(entry.dataset)
    if entry.before != (stands.current if stands else None) or (stands and entry.version in stands.versions):
        raise _again(entry, "公開中の版が変わりました", "the public version has changed", "stale-staged")
    if damages(staged_folder(town, entry.dataset) / entry.name, entry.hash):
        raise _again(entry, "中身が書き換えられました", "it has been altered", "altered-staged")


def _refuse_class(entry: StagedEntry, settings: Town, library: Library) -> None:
    cls, _ = class_of(library.find(entry.dataset), settings)
    if cls != entry.cls:
        raise DisclosureRefused(
            f"「{entry.dataset}」の公開区分は、いまは {cls} です。作ったときは {entry.cls} でした。",
            f"{entry.dataset!r} is {cls} now; it was built as {entry.cls}.",
            fix_ja="machizu build をやり直してください。",
            fix_en="Build again.",
            code="class-changed",
        )


def _refuse_unsaid(entry: StagedEntry) -> None:
    if not entry.as_of:
        raise CheckFailed(
            f"「{entry.dataset}」がいつ現在のデータか分かりません。",
            f"Nobody said which day {entry.dataset!r} describes.",
            fix_ja='レシピに as_of: "2026-04-01" のように書いてください。',
            fix_en='Write it into the recipe: as_of: "2026-04-01".',
            code="no-as-of",
        )
    if entry.waiting:
        listed = "、".join(sorted({waiting.code for waiting in entry.waiting}))
        raise CheckFailed(
            f"「{entry.dataset}」に、まだ確かめていない注意があります({listed})。",
            f"{entry.dataset!r} has warnings that nobody has accepted: {listed}.",
            fix_ja="machizu check で見て、直すか、レシピの accept に書いてください。",
            fix_en="See them with machizu check, then correct them or accept them in the recipe.",
            code="unaccepted-warnings",
        )


def _again(entry: StagedEntry, ja: str, en: str, code: str) -> CheckFailed:
    return CheckFailed(
        f"公開待ちの「{entry.dataset}」を作ったあとで、{ja}。",
        f"Since {entry.dataset!r} was staged, {en}.",
        fix_ja="machizu build をやり直してください。",
        fix_en="Build again.",
        code=code,
    )
