"""Words of the workbook and the page that go back to a clerk, from `publish/answering/locale/`."""

from pathlib import Path

from catalog.message import render
from publish.answering.words import counted

LOCALE = Path(__file__).resolve().parent / "locale"


def say(name: str, lang: str, **values: object) -> str:
    """Return one phrase with its values filled in; numbers as `Count`."""
    return render(LOCALE, name, lang, **counted(values))
