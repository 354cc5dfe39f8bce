"""Resource: one file of a package as Frictionless describes it, with its size and sha256."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.packing.contents import Contents
from publish.packing.determinism import sha256_of
from publish.packing.writers import Writer


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file that a writer wrote; `period` ("2026-06") only for one period's table of a series."""

    path: Path
    writer: Writer
    period: str = ""


def describe_file(file: PackedFile, contents: Contents) -> dict[str, Any]:
    """Return the resource of a file: a table with its schema for CSV, `type: file` for everything else.

    frictionless reads what is not declared a file as a table, which fails on Parquet (knowledge/traps.md).
    """
    name = file.path.name.removesuffix(f".{file.writer.FORMAT}")
    resource: dict[str, Any] = {
        "name": (name if file.writer.FORMAT == "csv" else f"{name}_{file.writer.FORMAT}").lower(),
        "type": "table" if file.writer.FORMAT == "csv" else "file",
        "title": f"{contents.dataset.title.ja}{_of(file.period)} {file.writer.TITLE.ja}",
        "path": file.path.name,
        "format": file.writer.FORMAT,
        "mediatype": file.writer.MEDIA_TYPE,
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{sha256_of(file.path)}",
    }
    if file.period:
        resource["machizu:period"] = file.period
    if file.writer.FORMAT == "csv":
        resource |= {
            "scheme": "file",
            "encoding": "utf-8",
            "dialect": {"csv": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}},
            "schema": contents.dataset.table_schema(tuple(contents.withheld)),
        }
    return resource


def _of(period: str) -> str:
    return f"({period})" if period else ""
