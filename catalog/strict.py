"""The base of every model read from YAML or TOML: frozen, strict about keys, errors with the nearest valid key."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from yaml.constructor import BaseConstructor

from catalog.errors import MachizuError, did_you_mean

M = TypeVar("M", bound="Model")
_SHOWN = 80
"""Characters of a wrong value that a sentence repeats."""
_OURS = Path(__file__).resolve().parents[1]


class Model(BaseModel):
    """A frozen value that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _construct_mapping(self: BaseConstructor, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is written twice", key.start_mark)
        seen.add(key.value)
    return BaseConstructor.construct_mapping(self, node, deep)


class _TextLoader(yaml.BaseLoader):
    """Every scalar stays text: NO is not false, 011002 not 4610, 2026-04-01 not a date; a key written twice is refused."""

    construct_mapping = _construct_mapping


class _QuickLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # absent without libyaml
    """The same by libyaml, ten times faster, for the files that come with machizu and are all read by every command.

    Not for a town's files: libyaml lets the process crash where brackets are nested without end.
    """

    construct_mapping = _construct_mapping


def read_yaml(path: Path, error: type[MachizuError]) -> Any:
    """Read one YAML file with all scalars as text; raise `error` naming file and line."""
    loader = _QuickLoader if path.resolve().is_relative_to(_OURS) else _TextLoader
    try:
        return yaml.load(path.read_text("utf-8-sig"), Loader=loader)  # noqa: S506  (builds only text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(problem, "problem", None) or str(problem)
        raise error(
            f"{path.name} の {line} 行目を読めません: {what}",
            f"{path.name}, line {line}: {what}",
            fix_ja="YAML の書き方(字下げ・記号)を直してください。",
            fix_en="Correct the YAML (indentation, punctuation).",
        ) from problem


def parse(model: type[M], data: Any, where: str, error: type[MachizuError]) -> M:
    """Validate `data` as `model`; raise `error` with file, key and the nearest valid key."""
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        ja, en = _first_sentence(model, problem, where)
        raise error(ja, en) from problem


def _first_sentence(model: type[Model], problem: ValidationError, where: str) -> tuple[str, str]:
    first = problem.errors()[0]
    path = ".".join(str(step) for step in first["loc"]) or "(file)"
    if first["type"] == "extra_forbidden":
        hint_ja, hint_en = did_you_mean(str(first["loc"][-1]), _keys_of(model))
        return (
            f"{where}: 「{path}」という項目はありません。{hint_ja}",
            f"{where}: unknown key {path!r}.{hint_en}",
        )
    if first["type"] == "missing":
        return f"{where}: 「{path}」が書かれていません。", f"{where}: {path!r} is missing."
    why = first["msg"].removeprefix("Value error, ")
    if isinstance(first["input"], dict | list | Model):  # a sentence, not the file again
        at = f"{path!r}: " if first["loc"] else ""
        return f"{where}: {at}書き方が正しくありません({why})。", f"{where}: {at}{why}."
    value = _short(repr(first["input"]))
    return f"{where}: 「{path}」の値 {value} が正しくありません({why})。", f"{where}: {path!r} has the value {value}: {why}."


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _keys_of(model: type[Model]) -> set[str]:
    """Return the keys of a model and of the models inside it: among them the nearest valid one is suggested."""
    keys: set[str] = set()
    stack: list[type[BaseModel]] = [model]
    seen: set[type[BaseModel]] = set()
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, info in current.model_fields.items():
            keys.add(info.alias or name)
            stack.extend(_models_in(info.annotation))
    return keys


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in getattr(annotation, "__args__", ()) for found in _models_in(inner)]
