"""Messages in the reader's language: each package holds its own `locale/<lang>.yaml`, one template per name."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from catalog.errors import DefinitionError
from catalog.yaml_text import read_yaml

LANGUAGES = ("ja", "en")


@cache
def _templates(folder: Path, lang: str) -> Mapping[str, str]:
    templates: dict[str, str] = read_yaml(folder / f"{lang}.yaml", DefinitionError) or {}
    return templates


def render(folder: Path, name: str, lang: str, /, **values: object) -> str:
    """Return the template `name` of a locale folder with its values filled in; DefinitionError when it is missing."""
    try:
        template = _templates(folder, lang if lang in LANGUAGES else "en")[name]
    except KeyError as problem:
        raise DefinitionError(f"文「{name}」({lang})がありません。", f"The message {name!r} ({lang}) is missing.") from problem
    return template.format(**values)


def names(folder: Path, lang: str) -> frozenset[str]:
    """Return the names of every template of a language, for the test that none is missing."""
    return frozenset(_templates(folder, lang))
