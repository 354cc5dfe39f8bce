"""A definition's own example, written as the file that an office would hand in."""

import csv
import json
from pathlib import Path

from catalog.dataset import Dataset


def handed_in(folder: Path, dataset: Dataset) -> Path:
    """Write the given rows as a CSV; as GeoJSON with a place for each where the shapes come from the file."""
    given = dataset.example.given
    if dataset.geometry and dataset.geometry.source == "file":
        path = folder / f"{dataset.id}.geojson"
        features = [{"type": "Feature", "properties": row, "geometry": _place(dataset.geometry.kind)} for row in given]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
        return path
    path = folder / f"{dataset.id}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(heading for row in given for heading in row)), restval="")
        writer.writeheader()
        writer.writerows(given)
    return path


def _place(kind: str) -> dict[str, object]:
    line = [[138.1, 34.8], [138.2, 34.8], [138.2, 34.9]]
    if kind == "point":
        return {"type": "Point", "coordinates": line[0]}
    if kind == "polygon":
        return {"type": "Polygon", "coordinates": [[*line, line[0]]]}
    return {"type": "LineString", "coordinates": line}
