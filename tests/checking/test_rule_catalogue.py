"""Every code has words in both languages, a page and a golden case; no sentence leaks a programmer's word.

What is asked of sentences and pages is asked of broken ones too (`…_are_noticed`), so that these tests are known to fail.
"""

import ast
import dataclasses
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_golden_cases import CASES, checked

from catalog.errors import DefinitionError
from catalog.message import names
from catalog.yaml_text import read_yaml
from publish.answering.sentence import sentence
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
    *("recipes", "yaml", "columns", "sheet", "xlsx", "o", "txt"),
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
    "write",
    "choose",
    "blank",
    "such",
    "remarks",
    "alike",
    "accept",
    "recipe",
    "key_cell",
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
        said |= {
            f"{code} {part}": getattr(template, part).ja
            for part in ("title", "message", "fix", "alone")
            if getattr(template, part)
        }
    return said


WEIGHTS = {"error": "重さ: 誤り", "warning": "重さ: 注意", "info": "重さ: 参考"}
FIXED, CHANGEABLE = "重さは変えられません", "重さは `machizu.toml` の `[checks]` か定義の `rules:` で変えられます"


def faults(code: str, page: str) -> list[str]:
    """What a page of a code lacks: its heading in both languages, its weight, whether that may be changed, five sections."""
    template = templates()[code]
    sections = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    found = []
    if not page.startswith(f"# `{code}` {template.title.ja}\n\n*{template.title.en}*\n"):
        found.append("title")
    if code in rules() and WEIGHTS[rules()[code].severity] not in page:
        found.append("weight")
    if (CHANGEABLE if template.allows else FIXED) not in page:
        found.append("changeable")
    if sections[1::2] != HEADINGS:
        found.append("sections")
    found += [name for name, text in zip(sections[1::2], sections[2::2], strict=True) if len(text.strip()) < MINIMUM]
    # An example needs no words; everything else is said in both languages.
    spoken = [text for name, text in zip(sections[1::2], sections[2::2], strict=True) if name != "例"]
    found += ["language" for text in spoken if not (re.search("[ぁ-ん]", text) and re.search("[a-z]{3}", text))]
    return found


MINIMUM = 5
"""Characters of a section that says anything."""


@pytest.mark.parametrize("code", sorted(templates()))
def test_every_code_has_a_page_that_says_what_why_how_and_what_not(code: str) -> None:
    assert faults(code, (PAGES / f"{code}.md").read_text("utf-8")) == []


def test_pages_that_lack_something_are_noticed() -> None:
    page = (PAGES / "future-date.md").read_text("utf-8")
    broken = {
        "title": page.replace("Date in the future", "Future"),
        "weight": page.replace("重さ: 注意", "重さ: 参考"),
        "changeable": page.replace(CHANGEABLE, FIXED),
        "sections": page.replace("## 例", "## 例え"),
        "どう直すか": re.sub(r"(?s)(## どう直すか).*?(?=## )", r"\1\n\n", page),
        "language": re.sub(r"\n[A-Z][^\n]*lead[^\n]*", "", re.sub(r"(?m)^Columns of .*$", "", page)),
    }
    assert {name: name in faults("future-date", text) for name, text in broken.items()} == dict.fromkeys(broken, True)


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
    lines = {code: f"| [`{code}`]({code}.md) | " for code in templates()}
    assert [code for code, line in lines.items() if line not in listing] == []
    weights = {code: f"{lines[code]}{rule.severity} | {rule.title.ja} · {rule.title.en} |" for code, rule in rules().items()}
    assert [code for code, line in weights.items() if line not in listing] == []


def test_every_rule_is_shown_at_work_by_a_golden_case_or_a_test_of_its_own() -> None:
    """What looks at workbooks, at other tables or at rows of totals needs more than the CSV of a golden case."""
    golden = [json.loads((case / "findings.json").read_text("utf-8")) for case in CASES]
    found = {finding["code"] for case in golden for finding in case["findings"]}
    others = (path for path in Path(__file__).parents[1].rglob("test_*.py") if path != Path(__file__))
    tests = [path.read_text("utf-8") for path in others]
    named = {code for code in rules() if any(f'"{code}"' in text for text in tests)}
    assert set(rules()) - found - named == set()


@pytest.mark.parametrize("code", sorted(templates()))
def test_both_languages_of_a_code_name_the_same_values(code: str) -> None:
    template = templates()[code]
    for text in (template.title, template.message, template.fix):
        assert text.ja.strip()
        assert text.en.strip()
        # Words that many checks share stand in publish/locale and are named here: {write}{blank}.
        assert re.search(r"[ぁ-んァ-ン一-龥]", text.ja) or not re.sub(r"\{[a-z_]+\}", "", text.ja)
        assert not re.search(r"[ぁ-んァ-ン一-龥]", text.en)
    # A word of one language may be a value of its own: {reason_ja} stands beside {reason_en}.
    named = [
        {re.sub("_(ja|en)$", "", name) for name in placeholders(text)} for text in (template.message.ja, template.message.en)
    ]
    assert named[0] == named[1]
    assert re.search(r"[ぁ-ん]", template.message.ja)


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


CODES = sorted(set(templates()) | set(change_titles()), key=len, reverse=True)


def leaks(sentence: str) -> list[str]:
    """What a clerk cannot understand in a Japanese sentence of ours: foreign words, codes, regular expressions."""
    plain = re.sub(r"\{[^}]*\}", "", sentence)
    found = [word for word in re.findall(r"[A-Za-z]+", plain) if word not in KNOWN]
    found += re.findall(r"[\\^$*|]|\[[^\]]*\]", plain)
    words = re.findall(r"[a-z]+(?:-[a-z]+)+", plain.replace("--format json", ""))
    return found + words + [code for code in CODES if re.search(rf"(?<![a-z-]){re.escape(code)}(?![a-z-])", plain)]


@pytest.mark.parametrize(("name", "said"), japanese().items(), ids=lambda text: text if " " not in text else "")
def test_no_japanese_sentence_leaks_a_programmers_word(name: str, said: str) -> None:
    assert leaks(said) == [], name


def told(case: Path) -> Iterator[tuple[str, str, str]]:
    """Code, Japanese and English of every finding of a golden case, alone and as one for many rows."""
    report = checked(case)
    for finding in (*report.findings, *report.rejected):
        together = dataclasses.replace(finding, members=(finding, dataclasses.replace(finding, row=99)))
        for one in (finding, together) if finding.row is not None else (finding,):
            ja, en = (sentence(one, report.table, lang) for lang in ("ja", "en"))
            theirs = [*report.table.dataset.names, *(field.description.ja for field in report.table.dataset.fields)]
            for said in (f"{ja.message} {ja.fix}", f"{en.message} {en.fix}"):
                assert not re.search(r"\{[a-z_]*\}", said), said
            yield finding.code, _without(f"{ja.message} {ja.fix}", theirs), f"{en.message} {en.fix}"


def _without(said: str, theirs: list[str]) -> str:
    """Take out what is the clerk's: quoted values, names and descriptions of columns, addresses of cells."""
    for name in sorted(filter(None, theirs), key=len, reverse=True):
        said = said.replace(name, "")
    said = re.sub(r"「[^「」]*」", "", said)
    return re.sub(r"(?<![A-Za-z])[A-Z]{1,3}[0-9]+(?::[A-Z]{1,3}[0-9]+)?", "", said)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_sentence_that_a_clerk_reads_leaks_a_programmers_word(case: Path) -> None:
    for code, ja, en in told(case):
        assert leaks(ja) == [], code
        assert "  " not in en.strip(), code
        assert re.search("[ぁ-ん]", ja), code


@pytest.mark.parametrize(
    "broken",
    [
        "この値は enum にありません。",
        "緯度は minimum より小さい値です。",
        "この列は ^[0-9]{6}$ に合いません。",
        "これは future-date です。",
        "「5」は integer ではありません。",
        "型 string の値を書いてください。",
        "値が Error です。",
        "[0-9] の文字を書いてください。",
        "code-alias により直しました。",
    ],
)
def test_sentences_that_leak_are_noticed(broken: str) -> None:
    assert leaks(broken)


def test_both_languages_have_the_same_phrases() -> None:
    assert names(FOLDER, "ja") == names(FOLDER, "en")
