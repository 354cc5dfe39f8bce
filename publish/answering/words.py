"""Words of answers in the reader's language, from `publish/locale/<lang>.yaml` and `publish/locale/changes/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from catalog.errors import DefinitionError
from catalog.message import names, render
from catalog.strict import parse
from catalog.text import Text
from catalog.yaml_text import read_yaml

FOLDER = Path(__file__).resolve().parents[1] / "locale"


class Count(int):
    """A number in a phrase: {n} is 1,234; {n:row|rows} is "1 row" or "1,234 rows"."""

    def __format__(self, spec: str) -> str:
        one, _, many = spec.partition("|")
        return " ".join(filter(None, (f"{int(self):,}", one if self == 1 else many)))


def words(name: str, lang: str, **values: object) -> str:
    """Return one phrase with its values filled in."""
    return render(FOLDER, name, lang, **counted(values))


def counted(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a phrase with numbers as `Count`."""
    return {key: Count(value) if isinstance(value, int) else value for key, value in values.items()}


def has_words(name: str, lang: str) -> bool:
    """Say whether there is a phrase of that name."""
    return name in names(FOLDER, lang)


def both(name: str) -> Text:
    """Return one phrase in both languages."""
    return Text(ja=words(name, "ja"), en=words(name, "en"))


def change_title(reason: str) -> Text:
    """Return what one reason of a change is called."""
    return change_titles().get(reason) or both("tell.change_other")


@cache
def change_titles() -> dict[str, Text]:
    """Return what a reason of a change is called, by its code: one file each under `changes/`."""
    paths = sorted((FOLDER / "changes").glob("*.yaml"))
    return {path.stem: parse(Text, read_yaml(path, DefinitionError), f"changes/{path.name}", DefinitionError) for path in paths}
