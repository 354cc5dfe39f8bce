"""What a staged release hides of areas with few people, told to staff: how many, and which was added to which."""

from api.cli.console import Console
from publish.releasing.staged import StagedEntry

_TOLD = 20
"""Areas named one by one; --json names all."""


def tell_hidden(entry: StagedEntry, console: Console) -> list[str]:
    """Return the lines; none where nothing is hidden."""
    if not entry.hidden:
        return [console.text("build.hidden_cells", cells=entry.hidden_cells)] if entry.hidden_cells else []
    lines = [console.text("build.hidden", areas=len({one.area for one in entry.hidden}), cells=entry.hidden_cells)]
    for one in entry.hidden[:_TOLD]:
        lines.append(console.text("build.hidden_area", area=one.area, into=one.into, periods=one.periods))
    if len(entry.hidden) > _TOLD:
        lines.append(console.text("build.hidden_more", count=len(entry.hidden) - _TOLD))
    return lines


def hidden_json(entry: StagedEntry) -> dict[str, object]:
    """Return the same for programs."""
    return {"cells": entry.hidden_cells, "areas": [one.model_dump() for one in entry.hidden]}
