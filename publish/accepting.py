"""Accepting a kind of warning: the entry is appended to the recipe as text, so that staff's comments there stay."""

from dataclasses import dataclass
from datetime import date

from catalog.errors import UsageError, did_you_mean
from publish.build import examine
from publish.checking.acceptance import acceptance_hash, warnings_by_kind
from publish.checking.rule import refusing, rules
from publish.recipe_text import with_entries
from publish.releasing.disk import write_file
from publish.table.finding import Finding, Report
from publish.town_folder import TownFolder

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where the acceptance was written, and how many places it covers."""

    recipe: str
    count: int


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word: who, why, until which day (ISO; "" until the values change)."""

    by: str
    why: str
    until: str = ""


def accept(folder: TownFolder, dataset: str, code: str, column: str, word: Word, today: date, *, cell: str = "") -> Accepted:
    """Accept today's warnings of one code, in one column or in every column that has them; UsageError when there are none.

    What would disclose something is accepted one at a time: `cell` names it (D12), or the row where a file has no cells.
    """
    if not word.why.strip():
        raise UsageError(
            "受け入れる理由が要ります。",
            "An acceptance needs a reason.",
            fix_ja="--reason で書いてください。",
            fix_en="Give --reason.",
        )
    ((name, recipe),) = folder.choose([dataset]).items()
    report = examine(folder, name, recipe, today).report
    chosen = _one(report, code, column, cell) if code in refusing() else _all(report, code, column)
    entries = []
    for (_, field), found in chosen.items():
        entry = {"code": code, "column": field, "hash": acceptance_hash(found), "by": word.by, "why": word.why}
        entries.append({**entry, "until": word.until} if word.until else entry)
    path = folder.path / "recipes" / f"{name}.yaml"
    write_file(path, with_entries(path.read_text("utf-8-sig"), "accept", entries).encode())
    return Accepted(name, sum(map(len, chosen.values())))


def _all(report: Report, code: str, column: str) -> dict[tuple[str, str], list[Finding]]:
    groups = {kind: found for kind, found in warnings_by_kind(report.findings).items() if kind not in report.accepted}
    chosen = {kind: found for kind, found in groups.items() if kind[0] == code and column in _names(report, kind[1])}
    if not chosen:
        raise _nothing(code, column, {kind for kind, _ in groups})
    return chosen


def _one(report: Report, code: str, column: str, cell: str) -> dict[tuple[str, str], list[Finding]]:
    """Return the one find that is meant; UsageError where that is not clear, or may not be accepted at all."""
    waiting = [one for one in report.findings if one.severity == "error" and one.code in refusing()]
    found = [one for one in waiting if one.code == code and column in _names(report, one.field or "")]
    if cell:
        found = [one for one in found if cell.upper() in (_cell(report, one), str(one.row))]
    if not found:
        raise _nothing(code, column or cell, {one.code for one in waiting})
    if not rules()[code].accepts:
        raise _never(code)
    if rules()[code].accepts == "each" and len({acceptance_hash([one]) for one in found}) > 1:
        raise _several([_cell(report, one) or str(one.row) for one in found])
    return {(code, found[0].field or ""): found}


def _cell(report: Report, finding: Finding) -> str:
    part = report.table.parts[finding.part or 0]
    return part.cell(finding.row, report.table.heading(finding.part or 0, finding.field))


def _names(report: Report, field: str) -> set[str]:
    headings = {heading[field] for heading in report.table.headings if field in heading}
    return {"", field, *headings}


def _never(code: str) -> UsageError:
    title = rules()[code].title
    return UsageError(
        f"「{title.ja}」は、受け入れることができません。",
        f"“{title.en}” cannot be accepted.",
        fix_ja="machizu check で直し方を見てください。",
        fix_en="See with machizu check what to do.",
        code="not-acceptable",
    )


def _several(cells: list[str]) -> UsageError:
    listed = ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
    return UsageError(
        f"公開してよいかは、1件ずつ確かめて受け入れます({len(cells)}件あります: {listed})。",
        f"What would disclose something is accepted one at a time; there are {len(cells)}: {listed}.",
        fix_ja=f"--cell で1つ選んでください(例 --cell {cells[0]})。",
        fix_en=f"Choose one with --cell, such as --cell {cells[0]}.",
        code="one-at-a-time",
    )


def _nothing(code: str, column: str, there: set[str]) -> UsageError:
    hint_ja, hint_en = did_you_mean(code, there)
    place = f"「{column}」に" if column else ""
    return UsageError(
        f"{place}受け入れの要る「{code}」の注意はありません。{hint_ja}",
        f"No warning {code!r} waits for acceptance{f' in {column!r}' if column else ''}.{hint_en}",
        fix_ja="machizu check で見てください。",
        fix_en="See machizu check.",
        code="nothing-to-accept",
    )
