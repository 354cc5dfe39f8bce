"""What `check` makes of every real file, a line each, kept and reviewed; MACHIZU_GOLDEN=write writes anew (review the diff).

A line holds no cell of the file: the dataset that it was taken for, the heading rows, how many rows, findings by code.
"""

import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from real_town import listing

from catalog.errors import MachizuError
from catalog.library import read_library
from publish.build import examine_file
from publish.checking.rejecting import accounting
from publish.headings.refusing import NoKind
from publish.table.table import RawTable, Table

GOLDEN = Path(__file__).parent / "summaries.json"
LIBRARY = read_library()
COMPANIONS = {".dbf", ".shx", ".prj", ".cpg", ".qmd", ".xml", ".md"}
"""Endings that nobody hands in alone."""


def summary(path: Path) -> dict[str, Any]:
    try:
        found = examine_file(path, LIBRARY, None, date(2026, 11, 20))
    except MachizuError as refused:
        raw = refused.raw if isinstance(refused, NoKind) else None
        return {"refused": refused.code, **(_read(raw) if raw else {})}
    table = found.report.table
    codes = Counter(finding.code for finding in found.report.findings)
    return {"dataset": found.dataset.id, **_read(table), "changes": len(table.changes), "findings": dict(sorted(codes.items()))}


def _read(table: Table | RawTable) -> dict[str, Any]:
    headings = [list(part.heading) if part.heading else None for part in table.parts]
    same = all(heading == headings[0] for heading in headings)
    counted = accounting(table)
    return {
        "encoding": sorted({part.encoding for part in table.parts}),
        "crs": sorted({part.crs for part in table.parts}),
        "heading": headings[0] if same else headings,
        "rows": {name: getattr(counted, name) for name in ("read", "kept", "rejected", "set_aside")},
    }


def written(summaries: dict[str, Any]) -> str:
    lines = [f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(one)}" for name, one in summaries.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def test_every_real_file_is_read_as_it_was_when_somebody_last_looked(realdata: Path) -> None:
    before = listing(realdata)
    paths = [path for path in sorted(realdata.rglob("*")) if path.is_file() and path.suffix not in COMPANIONS]
    found = {path.relative_to(realdata).as_posix(): summary(path) for path in paths if path.name != "attributes.csv"}
    if os.environ.get("MACHIZU_GOLDEN") == "write":
        GOLDEN.write_text(written(found), "utf-8")
    assert found == json.loads(GOLDEN.read_text("utf-8"))
    assert listing(realdata) == before
