"""Card: what the page says about the layers, in one language: titles, fields, legend, caveat. Data, never markup.

Layers go in, plain values for one JSON file come out. The server draws the layer list from it, the browser the panel and
the list beneath the map; every text ends in `textContent` or an escaped template.
"""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from catalog.code_list import CodeList
from catalog.dataset import BODY_CODE, BODY_NAME, Dataset, Field
from gis.map.layer_list import MapLayer
from gis.map.legend import LegendEntry, code_labels, legend
from gis.map.style import BrushJson

_SAME_EVERYWHERE = (BODY_CODE, BODY_NAME)
"""Keys of the columns that say in every row the same: read last."""

_FEW = 3
"""Columns of a list when a dataset names none that the map carries."""


class EntryCard(TypedDict):
    """One line of a legend."""

    label: str
    lang: str
    brush: BrushJson


class FieldCard(TypedDict):
    """One published column: `name` as in the files, `title` in the reader's language, labels of its codes."""

    name: str
    title: str
    type: str
    unit: str
    codes: dict[str, str]


class LayerCard(TypedDict):
    """One layer as the page describes it."""

    id: str
    version: str
    title: str
    kind: str
    base: bool
    show: bool
    open: bool
    tiled: bool
    min_zoom: int
    symbol: str
    brush: BrushJson
    legend: list[EntryCard]
    fields: list[FieldCard]
    title_field: str
    list_fields: list[str]
    caveat: str
    as_of: str
    rows: int


def cards(layers: Iterable[MapLayer], lang: str) -> list[LayerCard]:
    """Return the cards of all layers in that language, in the order of the list."""
    return [_card(layer, lang) for layer in layers]


def _card(layer: MapLayer, lang: str) -> LayerCard:
    release, dataset = layer.release, layer.release.dataset
    carried = _carried(layer)
    listed = [name for name in dataset.page.list if name in carried] or carried[:_FEW]
    return {
        "id": layer.id,
        "version": release.version,
        "title": dataset.title[lang],
        "kind": layer.kind,
        "base": layer.base,
        "show": layer.show,
        "open": release.cls == "open",
        "tiled": layer.tiled,
        "min_zoom": layer.min_zoom,
        "symbol": layer.style.symbol,
        "brush": layer.style.default.json(),
        "legend": [_entry(entry) for entry in legend(dataset, layer.style, release.code_lists, lang)],
        "fields": [_field(dataset, field, release.code_lists, lang) for field in _in_reading_order(dataset)],
        "title_field": dataset.page.title,
        "list_fields": listed,
        "caveat": dataset.caveat[lang] if dataset.caveat else "",
        "as_of": release.as_of,
        "rows": release.rows,
    }


def _carried(layer: MapLayer) -> list[str]:
    """Return the columns that every drawn feature carries: all of GeoJSON, in tiles those named for them."""
    dataset = layer.release.dataset
    published = [field.name for field in dataset.published]
    if not layer.tiled or not dataset.map:
        return published
    return [name for name in published if name in dataset.map.tile_fields]


def _in_reading_order(dataset: Dataset) -> list[Field]:
    """Return the published fields: what a list shows first, what is the same in every row last."""
    place = {name: number for number, name in enumerate(dataset.page.list)}
    return sorted(dataset.published, key=lambda field: (field.key in _SAME_EVERYWHERE, place.get(field.name, len(place))))


def _field(dataset: Dataset, field: Field, codes: Mapping[str, CodeList], lang: str) -> FieldCard:
    return {
        "name": field.name,
        "title": field.name if lang == "ja" else field.title_en,
        "type": field.type,
        "unit": field.unit,
        "codes": code_labels(dataset, field.name, codes, lang),
    }


def _entry(entry: LegendEntry) -> EntryCard:
    return {"label": entry.label, "lang": entry.lang, "brush": entry.brush.json()}
