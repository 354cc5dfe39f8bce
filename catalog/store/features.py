"""The rows of one release as features: by id, by page, by box, by text, by the value of a field; bytes as stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from catalog.errors import OutsideError
from catalog.folding import fold
from catalog.site.release import Box
from catalog.store.connections import Connections
from catalog.store.schema import FORMAT

COUNT_LIMIT = 10_000
"""Filtered rows are counted exactly up to here; counting further would read the whole table for a number."""

_TRIGRAM = 3

NO_FILTER: Mapping[str, str | float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StoredFeature:
    """One row: `json` holds the bytes of its GeoJSON Feature; lon and lat a point on it, None without a place."""

    n: int
    id: str
    title: str
    lon: float | None
    lat: float | None
    json: bytes

    def properties(self) -> dict[str, str]:
        """Return the published values as they were written, numbers with the digits they have in the file; null is ""."""
        feature = json.loads(self.json, parse_float=str, parse_int=str)
        return {name: _text(value) for name, value in feature["properties"].items()}


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows: those whose box meets `box`, that contain every word of `text`, whose fields equal the values."""

    box: Box | None = None
    text: str = ""
    equals: Mapping[str, str | float] = field(default_factory=lambda: NO_FILTER)

    @property
    def everything(self) -> bool:
        """True when nothing is filtered."""
        return self.box is None and not self.text.strip() and not self.equals


class FeatureStore:
    """serve.sqlite of one release, opened read-only."""

    def __init__(self, path: Path, *, seconds: float = 2.0) -> None:
        self.connections = Connections(path, seconds)
        with self.connections.borrow() as db:
            self.meta = {str(key): str(value) for key, value in db.execute("SELECT key, value FROM meta")}
        if self.meta.get("format") != str(FORMAT):
            raise OutsideError(
                f"{path.name} の形式({self.meta.get('format')})は、この版の machizu では読めません。",
                f"{path.name} has format {self.meta.get('format')}, which this machizu does not read.",
                fix_ja="machizu prepare を実行してください。",
                fix_en="Run: machizu prepare.",
            )

    @property
    def rows(self) -> int:
        """How many rows the release has."""
        return int(self.meta["count"])

    def close(self) -> None:
        """Let go of the file."""
        self.connections.close()

    def by_id(self, feature: str) -> StoredFeature | None:
        """Return one feature, or None."""
        with self.connections.borrow() as db:
            row = db.execute(f"{_SELECT} WHERE feature.id = ?", (feature,)).fetchone()
        return _stored(row) if row else None

    def page(self, query: Query, *, limit: int, offset: int = 0) -> list[StoredFeature]:
        """Return up to `limit` features in the order of the published rows, after skipping `offset`."""
        where, values = conditions(query)
        if query.everything:
            sql, values = f"{_SELECT} WHERE n > ? ORDER BY n LIMIT ?", [offset, limit]
        else:
            sql, values = f"{_SELECT} WHERE {where} ORDER BY n LIMIT ? OFFSET ?", [*values, limit, offset]
        with self.connections.borrow() as db:
            return [_stored(row) for row in db.execute(sql, values)]

    def count(self, query: Query) -> int | None:
        """Return how many rows match, or None when there are more than COUNT_LIMIT of a filtered query."""
        if query.everything:
            return self.rows
        where, values = conditions(query)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM feature WHERE {where} LIMIT ?)"  # noqa: S608  (only our own text)
        with self.connections.borrow() as db:
            found: int = db.execute(sql, [*values, COUNT_LIMIT + 1]).fetchone()[0]
        return found if found <= COUNT_LIMIT else None


_SELECT = "SELECT n, id, title, lon, lat, json FROM feature"


def conditions(query: Query) -> tuple[str, list[Any]]:
    """Return the WHERE clause of a query over `feature` and its parameters; every value travels as a parameter."""
    clauses: list[str] = []
    values: list[Any] = []
    if query.box is not None:
        _in_box(query.box, clauses, values)
    if query.text.strip():
        clause, terms = text_condition(query.text)
        clauses.append(f"feature.n IN ({clause})")
        values.extend(terms)
    for name, value in query.equals.items():
        clauses.append("json_extract(CAST(feature.json AS TEXT), ?) = ?")
        values.extend((f'$.properties."{name}"', value))
    return " AND ".join(clauses) or "1", values


def _in_box(box: Box, clauses: list[str], values: list[Any]) -> None:
    west, south, east, north = box
    # RFC 7946 §5.2: a box whose west lies east of its east crosses the antimeridian
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    rough = " UNION ".join(["SELECT n FROM feature_box WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"] * len(spans))
    exact = " OR ".join(["(feature.maxx >= ? AND feature.minx <= ?)"] * len(spans))
    # The R-tree holds 32-bit numbers rounded outward; the columns of `feature` hold the exact box.
    clauses.append(f"feature.n IN ({rough}) AND ({exact}) AND feature.maxy >= ? AND feature.miny <= ?")
    for left, right in spans:
        values.extend((left, right, south, north))
    for left, right in spans:
        values.extend((left, right))
    values.extend((south, north))


def words(text: str) -> list[str]:
    """Return the folded words of a query, each of which must occur.

    >>> words("ＡＥＤ　市役所")
    ['aed', '市役所']
    """
    return [folded for folded in (fold(word) for word in text.split()) if folded]


def text_condition(text: str) -> tuple[str, list[str]]:
    """Return a SELECT of the row numbers that contain every word, and its parameters.

    Words of three characters and more are answered by the trigram index, shorter ones by reading the folded text.
    """
    terms = words(text)
    long = [term for term in terms if len(term) >= _TRIGRAM]
    short = [term for term in terms if len(term) < _TRIGRAM]
    clauses = ["(instr(title, ?) OR instr(body, ?))"] * len(short)
    values = [term for term in short for _ in range(2)]
    if long:
        clauses.append("n IN (SELECT rowid FROM feature_text WHERE feature_text MATCH ?)")
        values.append(" AND ".join('"' + term.replace('"', '""') + '"' for term in long))
    where = " AND ".join(clauses) or "0"
    return f"SELECT n FROM feature_folded WHERE {where}", values  # noqa: S608  (only our own text)


def _stored(row: Mapping[str, Any]) -> StoredFeature:
    return StoredFeature(row["n"], row["id"], row["title"] or row["id"], row["lon"], row["lat"], bytes(row["json"]))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
