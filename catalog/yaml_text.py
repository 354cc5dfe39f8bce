"""YAML in which every scalar stays text, with errors that name file and line."""

from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import BaseConstructor

from catalog.errors import MachizuError

_OURS = Path(__file__).resolve().parents[1]


def _refuse_twice(node: yaml.Node) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is written twice", key.start_mark)
        seen.add(key.value)


def _construct_mapping(self: BaseConstructor, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    _refuse_twice(node)
    return BaseConstructor.construct_mapping(self, node, deep)


class _TextLoader(yaml.BaseLoader):
    """Every scalar stays text: NO is not false, 011002 not 4610, 2026-04-01 not a date; a key written twice is refused."""

    construct_mapping = _construct_mapping


class _QuickLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # absent without libyaml
    """The same by libyaml, ten times faster, for the files that come with machizu and are all read by every command.

    Not for a town's files: libyaml lets the process crash where brackets are nested without end.
    """

    def resolve(self, *_scalar: object) -> str:
        """Tell no kinds of scalars apart."""
        return ""

    def construct_document(self, node: yaml.Node) -> Any:
        """Return text, lists and dictionaries without asking what kind each of them is to become."""
        return _built(node)


def _built(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_built(item) for item in node.value]
    _refuse_twice(node)
    return {key.value: _built(value) for key, value in node.value}


def read_yaml(path: Path, error: type[MachizuError]) -> Any:
    """Read one YAML file with all scalars as text; raise `error` naming file and line."""
    loader = _QuickLoader if path.resolve().is_relative_to(_OURS) else _TextLoader
    try:
        return yaml.load(path.read_text("utf-8-sig"), Loader=loader)  # noqa: S506  (builds only text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise _unreadable(problem, path.name, error) from problem


def parse_yaml(text: str, name: str, error: type[MachizuError]) -> Any:
    """Read the text of a YAML file that is not written yet, as `read_yaml` will."""
    try:
        return yaml.load(text, Loader=_TextLoader)  # noqa: S506  (builds only text)
    except (yaml.YAMLError, RecursionError) as problem:
        raise _unreadable(problem, name, error) from problem


def _unreadable(problem: Exception, name: str, error: type[MachizuError]) -> MachizuError:
    mark = getattr(problem, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    what = getattr(problem, "problem", None) or str(problem)
    return error(
        f"{name} の {line} 行目を読めません: {what}",
        f"{name}, line {line}: {what}",
        fix_ja="YAML の書き方(字下げ・記号)を直してください。",
        fix_en="Correct the YAML (indentation, punctuation).",
    )
