"""Resource: one file of a package as Frictionless describes it, with its size and sha256."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.packing.contents import Contents
from publish.packing.determinism import sha256_of
from publish.packing.writers import Writer


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file that a writer wrote; `period` ("2026-06") only for one period's table of a series, `long` for that of all."""

    path: Path
    writer: Writer
    period: str = ""
    long: bool = False


def describe_file(file: PackedFile, contents: Contents) -> dict[str, Any]:
    """Return the resource of a file: a table with its schema for CSV, `type: file` for everything else.

    frictionless reads what is not declared a file as a table, which fails on Parquet (knowledge/traps.md).
    """
    name = file.path.name.removesuffix(f".{file.writer.FORMAT}")
    resource: dict[str, Any] = {
        "name": (name if file.writer.FORMAT == "csv" else f"{name}_{file.writer.FORMAT}").lower(),
        "type": "table" if file.writer.FORMAT == "csv" else "file",
        "title": f"{contents.dataset.title.ja}{_of(file)} {file.writer.TITLE.ja}",
        "path": file.path.name,
        "format": file.writer.FORMAT,
        "mediatype": file.writer.MEDIA_TYPE,
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{sha256_of(file.path)}",
    }
    if file.period:
        resource["machizu:period"] = file.period
    if file.long:
        resource["machizu:all_periods"] = True
    if file.writer.FORMAT == "csv":
        resource |= {
            "scheme": "file",
            "encoding": "utf-8",
            "dialect": {"csv": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}},
            "schema": _schema(file, contents),
        }
    return resource


def _of(file: PackedFile) -> str:
    return "(全期間)" if file.long else f"({file.period})" if file.period else ""


def _schema(file: PackedFile, contents: Contents) -> dict[str, Any]:
    schema, series = contents.dataset.table_schema(tuple(contents.withheld)), contents.dataset.series
    return series.long_schema(schema) if file.long and series else schema
