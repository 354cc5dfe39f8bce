"""Accepting a kind of warning: the entry is appended to the recipe as text, so that staff's comments there stay."""

from dataclasses import dataclass
from datetime import date

import yaml

from catalog.errors import UsageError, did_you_mean
from publish.build import examine
from publish.checking.acceptance import acceptance_hash, warnings_by_kind
from publish.releasing.disk import write_file
from publish.table.finding import Report
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where the acceptance was written, and how many places it covers."""

    recipe: str
    count: int


def accept(folder: TownFolder, dataset: str, code: str, column: str, *, by: str, why: str, until: str, today: date) -> Accepted:
    """Accept today's warnings of one code, in one column or in every column that has them; UsageError when there are none."""
    if not why.strip():
        raise UsageError(
            "受け入れる理由が要ります。",
            "An acceptance needs a reason.",
            fix_ja="--reason で書いてください。",
            fix_en="Give --reason.",
        )
    ((name, recipe),) = folder.choose([dataset]).items()
    report = examine(folder, name, recipe, today).report
    groups = {kind: found for kind, found in warnings_by_kind(report.findings).items() if kind not in report.accepted}
    chosen = {kind: found for kind, found in groups.items() if kind[0] == code and column in _names(report, kind[1])}
    if not chosen:
        raise _nothing(code, column, {kind for kind, _ in groups})
    entries = []
    for (_, field), found in chosen.items():
        entry = {"code": code, "column": field, "hash": acceptance_hash(found), "by": by, "why": why}
        entries.append({**entry, "until": until} if until else entry)
    path = folder.path / "recipes" / f"{name}.yaml"
    write_file(path, _appended(path.read_text("utf-8-sig"), entries).encode())
    return Accepted(name, sum(map(len, chosen.values())))


def _names(report: Report, field: str) -> set[str]:
    headings = {heading[field] for heading in report.table.headings if field in heading}
    return {"", field, *headings}


def _appended(text: str, entries: list[dict[str, str]]) -> str:
    """Return the recipe with entries added at the beginning of its `accept:` list, which is made where there is none."""
    block = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=10_000)
    lines = text.rstrip("\n").split("\n")
    places = [number for number, line in enumerate(lines) if line.split("#")[0].rstrip() in ("accept:", "accept: []")]
    if not places:
        return "\n".join([*lines, "accept:", block])
    lines[places[0]] = "accept:"
    return "\n".join([*lines[: places[0] + 1], block.rstrip("\n"), *lines[places[0] + 1 :]]) + "\n"


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
