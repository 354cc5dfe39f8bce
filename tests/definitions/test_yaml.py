"""YAML is read as text, whichever loader reads it; what is wrong is one sentence with a line."""

from pathlib import Path

import pytest

from catalog import yaml_text
from catalog.errors import RecipeError
from catalog.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("api", "datasets", "publish") for path in (ROOT / folder).rglob("*.yaml"))


def test_a_towns_file_says_what_our_own_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [read_yaml(path, RecipeError) for path in OURS]
    monkeypatch.setattr(yaml_text, "_OURS", tmp_path)
    assert [read_yaml(path, RecipeError) for path in OURS] == quick


@pytest.mark.parametrize("folder", ["town", "ours"])
def test_words_codes_and_dates_stay_text(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_OURS", tmp_path / "ours")
    path = tmp_path / folder / "a.yaml"
    path.parent.mkdir()
    path.write_text("NO: 011002\nday: 2026-04-01\nopen: yes\nnone: null\n", "utf-8")
    assert read_yaml(path, RecipeError) == {"NO": "011002", "day": "2026-04-01", "open": "yes", "none": "null"}
    path.write_text("columns: {}\nvalues: {}\ncolumns: {}\n", "utf-8")
    with pytest.raises(RecipeError, match=r"a\.yaml, line 3: key 'columns' is written twice"):
        read_yaml(path, RecipeError)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000], ids=["brackets", "dashes"])
def test_a_towns_file_nested_without_end_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(RecipeError):
        read_yaml(path, RecipeError)
