"""The base of every model read from YAML or TOML: frozen, strict about keys, errors with the nearest valid key."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from catalog.errors import MachizuError, did_you_mean

M = TypeVar("M", bound="Model")
_SHOWN = 80
"""Characters of a wrong value that a sentence repeats."""


class Model(BaseModel):
    """A frozen value that refuses unknown keys."""

    # Built with the first value of a kind: a run needs few of the kinds that it imports.

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


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
