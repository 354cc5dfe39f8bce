"""Every code has words in both languages and a page; no Japanese sentence leaks a programmer's word."""

import ast
import re
import string
from pathlib import Path

import pytest

from catalog.errors import DefinitionError
from catalog.message import names
from catalog.strict import read_yaml
from publish.answering.words import FOLDER, change_titles
from publish.checking.rule import rules
from publish.checking.templates import templates

PAGES = Path(__file__).parents[2] / "docs" / "rules"
KNOWN = {
    "ID",
    "AED",
    "CSV",
    "GIS",
    "crs",
    "m",
    "period",
    "ignore",
    "URL",
    "as",
    "of",
    "https",
    "true",
    "false",
    "format",
    "json",
}
"""Latin words that a clerk meets in headings, file names and recipes, or types as they stand."""
STANDARD = {
    "where",
    "column",
    "cell",
    "value",
    "target",
    "expected",
    "example",
    "likely",
    "dash",
    "like",
    "length",
    "about",
    "nearest",
    "key",
}
HEADINGS = ["何を見るか", "なぜ見るか", "例", "どう直すか", "見ないもの"]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def japanese() -> dict[str, str]:
    said = read_yaml(FOLDER / "ja.yaml", DefinitionError)
    said |= {f"change {code}": title.ja for code, title in change_titles().items()}
    for code, template in templates().items():
        said |= {f"{code} {part}": getattr(template, part).ja for part in ("title", "message", "fix")}
    return said


@pytest.mark.parametrize("code", sorted(templates()))
def test_every_code_has_a_page_that_says_what_why_how_and_what_not(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text("utf-8")
    assert page.startswith(f"# `{code}` {templates()[code].title.ja}\n")
    assert templates()[code].title.en in page
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == HEADINGS


def test_every_code_that_is_found_anywhere_has_words() -> None:
    found = set()
    for path in (PAGES.parents[1] / "publish").rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        named = (call.args[0] for call in calls if getattr(call.func, "id", "") == "Finding" and call.args)
        found |= {code.value for code in named if isinstance(code, ast.Constant)}
    assert found - set(templates()) == set()


def test_no_page_is_left_of_a_code_that_is_gone() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == set(templates())


def test_the_list_of_pages_names_every_code_with_its_severity() -> None:
    listing = (PAGES / "README.md").read_text("utf-8")
    missing = [code for code in templates() if f"[`{code}`]({code}.md)" not in listing]
    assert not missing


@pytest.mark.parametrize("code", sorted(rules()))
def test_both_languages_of_a_rule_name_the_same_values(code: str) -> None:
    rule = rules()[code]
    for text in (rule.title, rule.message, rule.fix):
        assert text.ja.strip()
        assert text.en.strip()
    assert placeholders(rule.message.ja) == placeholders(rule.message.en)
    assert re.search(r"[ぁ-ん]", rule.message.ja)
    assert not re.search(r"[ぁ-んァ-ン一-龥]", rule.message.en + rule.fix.en)


def test_schema_sentences_name_only_values_that_every_finding_has() -> None:
    for path in (FOLDER / "findings").glob("*.yaml"):
        if path.stem in {"unique", "primary-key"} or path.stem not in SCHEMA:
            continue
        template = templates()[path.stem]
        for text in (template.message, template.fix):
            assert placeholders(text.ja) | placeholders(text.en) <= STANDARD, path.stem


SCHEMA = {f"type-{kind}" for kind in ("string", "integer", "number", "date", "time", "year", "boolean")} | {
    *("required", "enum", "pattern", "minimum", "maximum", "length", "unique", "primary-key", "key-missing"),
    *("blank-row", "missing-column"),
}


def test_every_schema_error_has_words() -> None:
    assert set(templates()) >= SCHEMA


@pytest.mark.parametrize(("name", "sentence"), japanese().items(), ids=lambda text: text if " " not in text else "")
def test_no_japanese_sentence_leaks_a_programmers_word(name: str, sentence: str) -> None:
    plain = re.sub(r"\{[^}]*\}", "", sentence)
    assert set(re.findall(r"[A-Za-z]+", plain)) <= KNOWN, name
    assert not re.search(r"[\\^$*|]|\[[^]]*\]", plain), name
    assert not re.search(r"[a-z]+-[a-z]+", re.sub(r"--format json", "", plain)), name


def test_both_languages_have_the_same_phrases() -> None:
    assert names(FOLDER, "ja") == names(FOLDER, "en")
