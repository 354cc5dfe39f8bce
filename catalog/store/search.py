"""Search by words over every dataset of a town: the whole name first, then its beginning, then anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.store.features import FeatureStore, text_condition, words

_CANDIDATES = 5_000
"""Rows of one dataset that are ranked; a word in more rows than this says too little to rank them all."""


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
        SELECT n, feature.id, feature.title, lon, lat, rank FROM (
          SELECT n, title, CASE WHEN title = ?1 THEN 0 WHEN instr(title, ?1) = 1 THEN 1 WHEN instr(title, ?1) THEN 2 ELSE 3 END
            AS rank FROM feature_folded WHERE n IN ({condition} LIMIT {_CANDIDATES})
        ) AS ranked JOIN feature USING (n) ORDER BY rank, length(ranked.title), n LIMIT ?
    """  # noqa: S608  (only our own text)
    with store.connections.borrow() as db:
        rows = db.execute(sql, [whole, *values, limit]).fetchall()
    return [
        Hit(row["rank"], len(row["title"]), dataset, row["n"], row["id"], row["title"] or row["id"], row["lon"], row["lat"])
        for row in rows
    ]
