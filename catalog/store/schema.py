"""The tables of serve.sqlite, for the writer (`publish.releasing.prepared`) and the readers beside this module.

One file per dataset version. `feature.json` holds the bytes of the GeoJSON Feature as `/ogc` serves it, with national
item names; rows without a place are features with null geometry, so that a population table is served alike.

Search: every text goes through `catalog.folding.fold`, cell by cell, and the folded cells of a row are joined by one
space (fold removes spaces, so no hit can run from one cell into the next). A trigram index cannot answer one or two
characters, which Japanese queries often are (橋, 公園): those are looked for in `feature_folded` itself, which the index
also uses as its content, so the text is stored once.
"""

FORMAT = 1

TABLES = """
CREATE TABLE meta (
  key TEXT PRIMARY KEY,             -- format (FORMAT), dataset, version, count (of rows), bbox, geometry
  value TEXT NOT NULL               -- bbox: JSON [w,s,e,n] or empty; geometry: kind or empty
) WITHOUT ROWID;
CREATE TABLE feature (
  n INTEGER PRIMARY KEY,            -- order of the published rows, from 1
  id TEXT NOT NULL UNIQUE,          -- the key's values joined with ~, or h-<12 hex>
  title TEXT NOT NULL,
  minx REAL, miny REAL, maxx REAL, maxy REAL,   -- exact box, EPSG:4326 degrees, null without a place
  lon REAL, lat REAL,               -- a point on the feature
  json BLOB NOT NULL
);
CREATE VIRTUAL TABLE feature_box USING rtree(n, minx, maxx, miny, maxy);  -- float32 rounded outward: re-check the exact box
CREATE TABLE feature_folded (
  n INTEGER PRIMARY KEY,            -- feature.n
  title TEXT NOT NULL,              -- fold(title)
  body TEXT NOT NULL                -- fold(cell) of every published string field, joined with one space
);
CREATE INDEX feature_title ON feature_folded (title);  -- whole names and their beginnings come first, however many rows match
CREATE VIRTUAL TABLE feature_text USING fts5(
  title, body, content='feature_folded', content_rowid='n', tokenize='trigram'
);
"""

INDEX_TEXT = "INSERT INTO feature_text(feature_text) VALUES ('rebuild');"
"""The writer runs this once after `feature_folded` is filled."""
