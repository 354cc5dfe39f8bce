"""Search by words over every dataset of a town: the whole name first, then its beginning, then anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.store.features import FeatureStore, text_condition, words

_CANDIDATES = 5_000
"""Rows of one dataset that are ranked; a word in more rows than this says too little to rank them all."""

_LAST = chr(0x10FFFF)
"""Sorts after everything that can follow the beginning of a name."""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One feature found; sorts by rank, then the shorter name, then dataset and row."""

    rank: int
    """0 the whole title, 1 its beginning, 2 inside it, 3 elsewhere in the row."""
    length: int
    dataset: str
    n: int
    id: str
    title: str
    lon: float | None
    lat: float | None


def search(stores: Mapping[str, FeatureStore], text: str, *, limit: int) -> list[Hit]:
    """Return the best hits over all stores (dataset id → store), best first; nothing for an empty text."""
    if not words(text):
        return []
    return sorted(hit for dataset, store in stores.items() for hit in _in_store(dataset, store, text, limit))[:limit]


def _in_store(dataset: str, store: FeatureStore, text: str, limit: int) -> Iterable[Hit]:
    condition, values = text_condition(text)
    whole = "".join(words(text))
    sql = f"""
        WITH candidate (n) AS (
          SELECT n FROM (SELECT n FROM feature_folded WHERE title >= ?1 AND title < ?1 || ?2 ORDER BY title LIMIT {_CANDIDATES})
          UNION SELECT n FROM ({condition} LIMIT {_CANDIDATES})
        )
        SELECT n, feature.id, feature.title, lon, lat, CASE
            WHEN folded.title = ?1 THEN 0 WHEN instr(folded.title, ?1) = 1 THEN 1 WHEN instr(folded.title, ?1) THEN 2 ELSE 3
          END AS rank
        FROM candidate JOIN feature_folded AS folded USING (n) JOIN feature USING (n)
        ORDER BY rank, length(folded.title), n LIMIT ?
    """  # noqa: S608  (only our own text)
    with store.connections.borrow() as db:
        rows = db.execute(sql, [whole, _LAST, *values, limit]).fetchall()
    return [
        Hit(row["rank"], len(row["title"]), dataset, row["n"], row["id"], row["title"] or row["id"], row["lon"], row["lat"])
        for row in rows
    ]
