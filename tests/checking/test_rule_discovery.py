"""Rules are found by folder; one that is incomplete or takes another's code stops everything with a sentence."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.errors import DefinitionError
from catalog.town import Town
from publish.checking import rule
from publish.checking.neighbourhood import JAPAN, neighbourhood

WHOLE = """
from catalog.text import Text
CODE, SEVERITY, USES, ALLOWS = "a-rule", "info", frozenset(), False
TITLE = MESSAGE = FIX = Text(ja="あ", en="a")
def check(table, layer, context): return ()
"""


def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *modules: str) -> list[str]:
    name = f"rules_{tmp_path.name}"
    package = tmp_path / name
    package.mkdir()
    (package / "__init__.py").touch()
    for number, text in enumerate(modules):
        (package / f"m{number}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(rule, "_folder", SimpleNamespace(__path__=[str(package)], __name__=name))
    try:
        return list(rule.rules.__wrapped__())
    finally:
        for module in [module for module in sys.modules if module.startswith(name)]:
            del sys.modules[module]


def test_a_module_in_the_folder_is_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(tmp_path, monkeypatch, WHOLE) == ["a-rule"]


def test_a_code_can_be_taken_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DefinitionError, match="used twice"):
        found(tmp_path, monkeypatch, WHOLE, WHOLE)


def test_a_rule_without_words_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DefinitionError, match="MESSAGE"):
        found(tmp_path, monkeypatch, WHOLE.replace("MESSAGE = ", ""))


def town(code: str, **place: float) -> Town:
    return Town.model_validate({"format": 1, "code": code, "name": {"ja": "町", "en": "Town"}, "map": place})


def test_the_neighbourhood_is_the_centre_then_the_prefecture_then_japan() -> None:
    yaizu = neighbourhood(town("222127"))
    assert yaizu.west < 138.32 < yaizu.east < 139.4
    assert yaizu.south < 34.87 < yaizu.north < 35.9
    assert neighbourhood(town("222127", longitude=138.3, latitude=34.9)) == (137.8, 34.4, 138.8, 35.4)
    assert neighbourhood(town("999997")) == neighbourhood(None) == JAPAN
