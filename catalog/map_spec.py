"""How a dataset is drawn on the public map, as its definition says."""

from typing import Annotated, Literal

from pydantic import Field as Key
from pydantic import StringConstraints

from catalog.strict import Model
from catalog.text import Text

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Paint(Model):
    """How one class of features is drawn; colour never stands alone (a short label or dash goes with it)."""

    fill: Colour | Literal[""] = ""
    stroke: Colour | Literal[""] = "#444444"
    width: float = 2.0
    dash: Annotated[str, StringConstraints(pattern=r"^([0-9]+(\.[0-9]+)?( |$))*$")] = ""
    """Lengths of dash and gap in pixels: "6 4"."""
    short: Annotated[str, StringConstraints(max_length=8)] = ""
    label: Text | None = None
    """Legend text when the stored value itself is not readable."""


class Style(Model):
    """Paint by the value of a field, with a default for every other value."""

    by: str | None = None
    symbol: Annotated[str, StringConstraints(max_length=3)] = ""
    """Text in the marker of a point: AED, WC, 避."""
    default: Paint
    cases: dict[str, Paint] = {}
    classes: Annotated[int, Key(ge=0, le=5)] = 0
    """For a number: so many classes of about equal size, limits computed from the released values."""


class MapSpec(Model):
    """How the layer stands on the public map."""

    style: Style
    label: str | None = None
    min_zoom: int = 10
    tile_fields: tuple[str, ...] = ()
    show: bool = False
    order: int = 50
    """Lower numbers come first in the layer list."""
