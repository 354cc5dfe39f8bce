"""A town of two hydrants, made by the command line in a moment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

HYDRANTS = (
    "ID,種別,所在地_連結表記,緯度,経度,口径\n1,消火栓,見本町一丁目1,34.86,138.32,75\n2,消火栓,見本町一丁目2,34.87,138.31,100\n"
)
SOURCE = "消火栓_令和8年4月1日.csv"
Machizu = Callable[..., Any]


def make_town(folder: Path, machizu: Machizu) -> Path:
    """Make the town; its table is taken in and nothing is published."""
    assert machizu("new", folder, "--code", "999997", "--name", "見本町", "--name-en", "Mihon").exit == 0
    (folder / "sources" / SOURCE).write_text(HYDRANTS, "utf-8")
    added = machizu("add", folder / "sources" / SOURCE, "--town", folder, "--as", "fire_hydrant")
    assert added.exit == 0, added.err
    return folder
