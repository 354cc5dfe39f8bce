"""Code lists: the values a field may hold, with labels for people. One YAML file each under `datasets/codes/`."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from catalog.dataset import Slug
from catalog.errors import DefinitionError
from catalog.folding import fold
from catalog.strict import Model, parse
from catalog.text import Text
from catalog.yaml_text import read_yaml


class Code(Model):
    """One value as it is published, its labels, and other writings that mean the same."""

    value: str
    """As published. An empty value lists writings that mean a blank cell, such as × where only 1 is written."""
    label: Text
    easy: str = ""
    """やさしい日本語; empty where the Japanese label is already easy. Item definitions tell it."""
    aliases: tuple[str, ...] = ()


class CodeList(Model):
    """The values of one field, in order."""

    format: Literal["1"]
    id: Slug
    title: Text
    codes: tuple[Code, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The values as published."""
        return tuple(code.value for code in self.codes)

    @cached_property
    def longest(self) -> int:
        """Letters of the longest value, folded."""
        return max((len(fold(value)) for value in self.values), default=0)

    @cached_property
    def writings(self) -> Mapping[str, str | None]:
        """Folded writing → the value it means; None for a writing that two values share, which is nobody's."""
        meanings: dict[str, set[str]] = {}
        for code in self.codes:
            for writing in (code.value, *code.aliases):
                if writing:
                    meanings.setdefault(fold(writing), set()).add(code.value)
        return {writing: values.pop() if len(values) == 1 else None for writing, values in meanings.items()}


def read_code_list(path: Path) -> CodeList:
    """Read one code list; DefinitionError when it is wrong or its id is not its file name."""
    codes = parse(CodeList, read_yaml(path, DefinitionError), f"codes/{path.name}", DefinitionError)
    if codes.id != path.stem:
        raise DefinitionError(f"codes/{path.name}: id が「{codes.id}」です。", f"codes/{path.name}: its id is {codes.id!r}.")
    return codes
