"""Legend: what each class of a layer is called, in the reader's language, beside the brush it is drawn with.

The same entries are shown as text beside the map and printed under it; a label that exists only in Japanese says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from catalog.code_list import CodeList
from catalog.dataset import Dataset
from catalog.map_spec import Paint
from catalog.message import render
from gis.map.style import Brush, LayerStyle

LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend. `lang`: language of the label, for the page's `lang` attribute."""

    label: str
    lang: str
    brush: Brush


def legend(dataset: Dataset, style: LayerStyle, codes: Mapping[str, CodeList], lang: str) -> tuple[LegendEntry, ...]:
    """Return the lines of a layer's legend; none for a layer that is drawn in one way only."""
    if style.steps:
        return _step_entries(dataset, style, lang)
    if not style.cases or not dataset.map:
        return ()
    labels = code_labels(dataset, style.by, codes, lang)
    paints = dataset.map.style.cases
    named = [_named(value, paints[value], labels, brush, lang) for value, brush in style.cases]
    other = dataset.map.style.default.label
    return (*named, LegendEntry(other[lang] if other else render(LOCALE, "other", lang), lang, style.default))


def code_labels(dataset: Dataset, name: str, codes: Mapping[str, CodeList], lang: str) -> dict[str, str]:
    """Return the label of each code of a field; empty when the field has no code list or its values speak for themselves."""
    field = next((field for field in dataset.fields if field.name == name), None)
    found = codes.get(field.codes) if field and field.codes else None
    return {code.value: code.label[lang] for code in found.codes if code.label[lang] != code.value} if found else {}


def _named(value: str, paint: Paint, labels: Mapping[str, str], brush: Brush, lang: str) -> LegendEntry:
    if paint.label:
        return LegendEntry(paint.label[lang], lang, brush)
    return LegendEntry(labels[value], lang, brush) if value in labels else LegendEntry(value, "ja", brush)


def _step_entries(dataset: Dataset, style: LayerStyle, lang: str) -> tuple[LegendEntry, ...]:
    unit = dataset.field(style.by).unit
    limits = [f"{limit:,g}" if limit < 1e6 else f"{limit:,.0f}" for limit in style.limits]
    texts = [render(LOCALE, "below", lang, limit=limits[0], unit=unit)]
    texts += [render(LOCALE, "between", lang, low=low, high=high, unit=unit) for low, high in pairwise(limits)]
    texts.append(render(LOCALE, "from", lang, limit=limits[-1], unit=unit))
    texts.append(render(LOCALE, "unknown", lang))
    return tuple(LegendEntry(text, lang, brush) for text, brush in zip(texts, (*style.steps, style.default), strict=True))
