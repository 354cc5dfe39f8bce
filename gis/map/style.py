"""Style: how a layer is drawn, from a definition's `map.style` to the brushes that the page's painter takes.

Colour never stands alone: a brush also carries width, dash and a short text. A definition without a style gets a
colour of its own from Okabe and Ito's palette, chosen by its id, so that it is the same on every run.
"""

from dataclasses import dataclass
from typing import TypedDict
from zlib import crc32

from catalog.dataset import Dataset
from catalog.map_spec import Paint, Style

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
"""Okabe and Ito, Color Universal Design (2008): distinguishable with every kind of colour vision."""

RAMP = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
"""YlGnBu in five classes, ColorBrewer 2 (Brewer and Harrower): safe for colour-blind readers and in print."""


class BrushJson(TypedDict):
    """One brush as the page reads it."""

    fill: str
    stroke: str
    width: float
    dash: list[float]
    short: str


class StyleJson(TypedDict):
    """A layer's style as the page reads it; cases in order, the first is drawn on top."""

    by: str
    symbol: str
    default: BrushJson
    cases: list[tuple[str, BrushJson]]
    limits: list[float]
    steps: list[BrushJson]


@dataclass(frozen=True, slots=True)
class Brush:
    """Fill and line of one class. `fill`, `stroke`: #rrggbb or empty for none. `width`, `dash`: CSS pixels."""

    fill: str
    stroke: str
    width: float = 2.0
    dash: tuple[float, ...] = ()
    short: str = ""

    def json(self) -> BrushJson:
        """Return the brush as the page reads it."""
        return {"fill": self.fill, "stroke": self.stroke, "width": self.width, "dash": list(self.dash), "short": self.short}


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """A brush by the value of the field `by`, or by the class of its number (`limits` between the `steps`)."""

    by: str
    symbol: str
    default: Brush
    cases: tuple[tuple[str, Brush], ...] = ()
    limits: tuple[float, ...] = ()
    steps: tuple[Brush, ...] = ()

    @property
    def widest(self) -> float:
        """The widest line of any class, in CSS pixels."""
        return max(brush.width for brush in (self.default, *self.steps, *(brush for _, brush in self.cases)))

    def json(self) -> StyleJson:
        """Return the style as the page reads it."""
        return {
            "by": self.by,
            "symbol": self.symbol,
            "default": self.default.json(),
            "cases": [(value, brush.json()) for value, brush in self.cases],
            "limits": list(self.limits),
            "steps": [brush.json() for brush in self.steps],
        }


def style_of(dataset: Dataset, kind: str, limits: tuple[float, ...] = ()) -> LayerStyle:
    """Return how a dataset of that geometry kind is drawn; `limits` of `classes.class_limits` where its style asks for them."""
    style = dataset.map.style if dataset.map else Style(default=_own_colour(dataset.id, kind))
    default = _brush(style.default)
    return LayerStyle(
        by=style.by or "",
        symbol=style.symbol,
        default=default,
        cases=tuple((value, _brush(paint)) for value, paint in style.cases.items()),
        limits=limits,
        steps=_steps(default, len(limits) + 1) if limits else (),
    )


def _brush(paint: Paint) -> Brush:
    dash = tuple(float(number) for number in paint.dash.split())
    return Brush(paint.fill, paint.stroke, paint.width, dash, paint.short)


def _steps(default: Brush, count: int) -> tuple[Brush, ...]:
    """Spread the ramp over `count` classes; the line stays the default's."""
    colours = [RAMP[round(n * (len(RAMP) - 1) / max(1, count - 1))] for n in range(count)]
    return tuple(Brush(colour, default.stroke, default.width, default.dash) for colour in colours)


def _own_colour(dataset: str, kind: str) -> Paint:
    colour = PALETTE[crc32(dataset.encode()) % len(PALETTE)]
    return Paint(stroke=colour, width=2.5) if kind == "line" else Paint(fill=colour, stroke="#444444", width=1.0)
