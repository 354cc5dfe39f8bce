"""Converting: a checked table as one file in the standard form, without a town, a release or a catalogue.

The definition's allow-list holds here too: what may never be published is not written.
"""

from pathlib import Path

from catalog.errors import UsageError
from gis.formats import geojson
from gis.layer import Layer
from publish.packing.feature_id import feature_ids
from publish.packing.writers.csv import write_cells
from publish.table.finding import Report


def write(report: Report, layer: Layer | None, output: Path) -> None:
    """Write OUT.csv or OUT.geojson; UsageError for another suffix, or for GeoJSON of a table without places."""
    dataset = report.table.dataset
    cells = report.table.cells.select([field.name for field in dataset.published])
    suffix = output.suffix.lower()
    if suffix == ".csv":
        write_cells(cells, output)
    elif suffix == ".geojson" and layer is not None:
        types = {field.name: field.type for field in dataset.published}
        geojson.write(output, cells, types, layer, ids=feature_ids(dataset, cells, layer))
    elif suffix == ".geojson":
        raise UsageError(
            f"{dataset.title.ja}には位置がないので、GeoJSON にはできません。",
            f"{dataset.title.en} has no places, so it cannot become GeoJSON.",
            fix_ja="-o に .csv で終わる名前を指定してください。",
            fix_en="Give -o a name that ends in .csv.",
        )
    else:
        raise UsageError(
            f"「{output.name}」の形には書き出せません。",
            f"Cannot write the form of {output.name!r}.",
            fix_ja="-o に .csv か .geojson で終わる名前を指定してください。",
            fix_en="Give -o a name that ends in .csv or .geojson.",
        )
