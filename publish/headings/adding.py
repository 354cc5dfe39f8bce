"""Adding: proposals for files below sources/ become recipes.

Files that are one table together (a shapefile per zone, a workbook per month) become one recipe.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from catalog.coverage import refuse_generated
from catalog.errors import MachizuError, UsageError
from publish.headings.proposal import Proposal, propose
from publish.headings.together import together
from publish.reading.source import find
from publish.releasing.disk import write_file
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Added:
    """One recipe that was written, and the proposal behind it."""

    recipe: str
    files: tuple[str, ...]
    proposal: Proposal


def add(
    folder: TownFolder, files: Sequence[Path], dataset: str | None, *, lang: str, force: bool
) -> tuple[list[Added], list[MachizuError]]:
    """Write one recipe per dataset that the files hold; a file that cannot be used does not stop the others."""
    proposals: dict[str, list[tuple[str, Proposal]]] = {}
    problems: list[MachizuError] = []
    for file in files:
        try:
            name = below_sources(folder, file)
            proposal = propose(file, name, folder.library, folder.town, dataset)
            refuse_generated(proposal.dataset)
            proposals.setdefault(proposal.dataset.id, []).append((name, proposal))
        except MachizuError as problem:
            problems.append(problem)
    added = []
    for found in proposals.values():
        try:
            added.append(_write(folder, found, lang, force=force))
        except MachizuError as problem:
            problems.append(problem)
    return added, problems


def below_sources(folder: TownFolder, file: Path) -> str:
    """Return a file's path below sources/; UsageError when it does not lie there."""
    try:
        return file.resolve().relative_to(folder.sources.resolve()).as_posix()
    except ValueError as problem:
        raise UsageError(
            f"{file} は {folder.sources} の下にありません。",
            f"{file} does not lie below {folder.sources}.",
            fix_ja="受け取ったファイルを sources/ に置いてから、もう一度実行してください。",
            fix_en="Put the file that was handed in below sources/ and run again.",
            code="not-in-sources",
        ) from problem


def _write(folder: TownFolder, found: Sequence[tuple[str, Proposal]], lang: str, *, force: bool) -> Added:
    names = tuple(name for name, _ in found)
    proposal = found[0][1] if len(found) == 1 else _together(folder, dict(found))
    path = folder.path / "recipes" / f"{proposal.dataset.id}.yaml"
    if path.exists() and not force:
        raise UsageError(
            f"recipes/{path.name} はすでにあります。",
            f"recipes/{path.name} is already there.",
            fix_ja="読み方を直すときはそのファイルを開いてください。提案で置き換えるには --force を付けてください。",
            fix_en="Open it to change how the file is read; replace it by the proposal with --force.",
            code="recipe-exists",
        )
    path.parent.mkdir(exist_ok=True)
    write_file(path, proposal.to_yaml(lang).encode())
    return Added(path.stem, names, proposal)


def _together(folder: TownFolder, found: Mapping[str, Proposal]) -> Proposal:
    """Return one proposal for several files of a dataset, with a pattern that means exactly these files."""
    first = next(iter(found.values()))
    dated = {proposal.recipe.source for proposal in found.values()}
    pattern = dated.pop() if len(dated) == 1 else pattern_of(list(found))
    meant = {path.relative_to(folder.sources).as_posix() for path in find(folder.sources, pattern, "all")}
    if meant != set(found):
        others = "、".join(sorted(meant - set(found))[:3])
        raise UsageError(
            f"{first.dataset.title.ja}のファイル{len(found)}個をまとめて指す名前「{pattern}」は、{others} も指します。",
            f"{len(found)} files hold {first.dataset.title.en}, but the pattern {pattern!r} also means {others}.",
            fix_ja="これらのファイルだけを1つのフォルダーに入れてください。",
            fix_en="Put just these files into a folder of their own.",
            code="pattern",
        )
    return together(list(found.values()), pattern)


def pattern_of(names: Sequence[str]) -> str:
    """Return the pattern that paths of the same depth share, step by step.

    >>> pattern_of(["zone_A/A.shp", "zone_BC/BC.shp"])
    'zone_*/*.shp'
    """
    steps = [name.split("/") for name in names]
    if len({len(parts) for parts in steps}) > 1:
        raise UsageError(
            "まとめて読むファイルの、フォルダーの深さがそろっていません。", "The files do not lie equally deep in folders."
        )
    return "/".join(_step(parts) for parts in zip(*steps, strict=True))


def _step(parts: Sequence[str]) -> str:
    if len(set(parts)) == 1:
        return parts[0]
    before = _shared(parts)
    after = _shared([part[len(before) :][::-1] for part in parts])[::-1]
    return f"{before}*{after}"


def _shared(words: Sequence[str]) -> str:
    """Return the letters with which all words begin."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in alike)
