"""The item definition (データ項目定義): one value, the same in text, Markdown, CSV and JSON."""

import csv
import io
import json
import re
from typing import Any

import pytest

from api.cli.console import Console
from api.cli.item_text import item_text, write_items
from catalog.code_list import CodeList
from catalog.dataset import Dataset
from catalog.describing.item_page import item_page
from catalog.describing.item_table import HEADINGS, item_rows
from catalog.describing.item_value import item_value
from catalog.describing.items import Item, item_definition, unit_of
from catalog.errors import UsageError
from catalog.library import read_library
from catalog.text import Text

LIBRARY = read_library()
CODES = CodeList.model_validate(
    {
        "format": "1",
        "id": "yes",
        "title": {"ja": "可否", "en": "Yes or no"},
        "codes": [
            {"value": "1", "label": {"ja": "できる", "en": "Yes"}, "easy": "できます"},
            {"value": "", "label": {"ja": "わからない", "en": "Unknown"}, "aliases": ["-"]},
        ],
    }
)


def made(fields: list[dict[str, Any]], **more: Any) -> Dataset:
    text = {"ja": "説明です。", "en": "About it."}
    whole = [{"key": f"key_{n}", "title_en": f"Item {n}", "description": text, **field} for n, field in enumerate(fields)]
    return Dataset.model_validate(
        {
            "format": "1", "id": "bench", "standard": {"name": "標準外(独自)", "local": True},
            "title": {"ja": "いす", "en": "Benches"}, "description": text, "fields": whole,
            "page": {"list": [fields[0]["name"]], "title": fields[0]["name"]},
            "example": {"given": [], "yields": []}, **more,
        }
    )  # fmt: skip


def only(field: dict[str, Any]) -> Item:
    return item_definition(made([{"name": "名称"}, {"name": "項目", **field}]), {"yes": CODES}).items[1]


@pytest.mark.parametrize(
    ("field", "ja", "en"),
    [
        ({"constraints": {"pattern": "^[0-9]{6}$"}}, "数字6桁", "6 digits"),
        ({"constraints": {"pattern": r"\d{13}"}}, "数字13桁", "13 digits"),
        ({"constraints": {"pattern": "^[A-Z]+$"}}, "決まった書き方(説明のとおり)", "a fixed form, as described"),
        ({"type": "integer", "constraints": {"minimum": "0"}}, "0以上", "0 or more"),
        ({"type": "number", "constraints": {"maximum": "46"}}, "46以下", "46 or less"),
        ({"type": "number", "constraints": {"minimum": "20", "maximum": "46"}}, "20から46まで", "from 20 to 46"),
        ({"constraints": {"minLength": 3, "maxLength": 3}}, "3文字", "3 characters"),
        ({"constraints": {"minLength": 1, "maxLength": 3}}, "1文字から3文字まで", "1 to 3 characters"),
        ({"constraints": {"unique": True}}, "同じ値は1回だけ", "no value twice"),
        ({"constraints": {"required": True}}, "空欄にできない", "never blank"),
        ({"type": "time", "format": "%H:%M"}, "09:30 の形", "like 09:30"),
        ({"type": "date"}, "2026-04-01 の形", "like 2026-04-01"),
        ({"type": "date", "format": "%Y/%m/%d"}, "2026/04/01 の形", "like 2026/04/01"),
        ({"format": "email"}, "メールアドレス", "e-mail address"),
    ],
)
def test_forms_and_constraints_are_told_in_words_and_never_as_a_pattern(field: dict[str, Any], ja: str, en: str) -> None:
    (limit,) = only(field).limits
    assert (limit.ja, limit.en) == (ja, en)


def test_values_carry_their_labels_and_a_blank_is_none_of_them() -> None:
    item = only({"codes": "yes"})
    assert [(code.value, code.label.ja, code.easy) for code in item.codes] == [("1", "できる", "できます")]
    bare = only({"constraints": {"enum": ["甲", "乙"]}})
    assert [code.value for code in bare.codes] == ["甲", "乙"]


def test_what_is_not_published_and_what_is_personal_is_said() -> None:
    dataset = made([{"name": "名称"}, {"name": "メモ", "publish": False}, {"name": "管理者", "personal": "person"}])
    definition = item_definition(dataset, {})
    assert [item.published for item in definition.items] == [True, False, False]
    page = item_page(definition)
    assert "公開しない · not published" in page
    assert "個人に関わるため公開しない" in page


def test_evidence_of_the_marks_is_told_once_and_referred_to() -> None:
    definition = item_definition(LIBRARY["aed"], LIBRARY.code_lists)
    assert len(set(definition.evidence)) == len(definition.evidence)
    for item in definition.items:
        assert definition.evidence[definition.note(item) - 1] == item.evidence
    assert {definition.note(item) for item in item_definition(LIBRARY["road"], {}).items} == {0}


def test_text_of_a_definition_cannot_break_out_of_its_cell() -> None:
    dataset = made([{"name": "a|b"}, {"name": "<img src=x>", "aliases": ["[x](y)", "`z`"]}])
    page = item_page(item_definition(dataset, {}))
    assert "**a\\|b**" in page
    assert "\\<img src=x\\>" in page
    assert "\\[x\\](y)、\\`z\\`" in page


@pytest.mark.parametrize("name", list(LIBRARY))
def test_every_item_of_every_definition_stands_in_every_form(name: str, tmp_path: Any) -> None:
    definition = item_definition(LIBRARY[name], LIBRARY.code_lists)
    rows = list(item_rows(definition))
    assert rows[0] == HEADINGS
    assert [row[1] for row in rows[1:]] == list(LIBRARY[name].names)
    value = json.loads(json.dumps(item_value(definition)))
    assert [item["name"] for item in value["items"]] == list(LIBRARY[name].names)
    for lang in ("ja", "en"):
        text = item_text(definition, Console(lang, out=io.StringIO()))
        assert all(
            field.name in text and field.key in text and field.description[lang] in text for field in LIBRARY[name].fields
        )
    write_items(definition, tmp_path / "items.csv")
    written = (tmp_path / "items.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == len(rows)
    assert [tuple(row) for row in csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))] == rows


def test_a_form_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Any) -> None:
    with pytest.raises(UsageError, match="no form"):
        write_items(item_definition(LIBRARY["aed"], {}), tmp_path / "items.xlsx")
    assert list(tmp_path.iterdir()) == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_narrow_terminal_no_line_is_wider_than_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "80")
    for lang in ("ja", "en"):
        text = item_text(item_definition(LIBRARY["aed"], LIBRARY.code_lists), Console(lang, out=_Terminal()))
        assert max(map(cell_len, text.splitlines())) <= 80


def test_the_text_of_one_item_reads_as_it_should() -> None:
    usable = {
        "name": "使えるか", "key": "usable", "title_en": "Usable", "codes": "yes", "requirement": "required",
        "evidence": "◎ 公式", "old": ["可否"], "aliases": ["使用", "利用"], "constraints": {"required": True},
    }  # fmt: skip
    definition = item_definition(made([{"name": "名称"}, usable], key=["名称"]), {"yes": CODES})
    assert (
        item_text(definition, Console("ja", out=io.StringIO()))
        == """\
いす (bench)
説明です。

番号            標準外(独自)
準拠する標準    標準外(独自)
更新            未定
行を決める項目  名称
場所            なし
公開区分        公開

 1  名称  key_0  Item 0
    [任意] 文字
    説明です。
 2  使えるか  usable  Usable
    [必須(1)] 文字、空欄にできない
    説明です。
    値: 1=できる
    前の推奨データセットの見出し: 可否
    ほかに読める見出し: 使用、利用

記入の印(必須・推奨・任意)の根拠
  (1) ◎ 公式"""
    )


def test_every_unit_that_is_a_japanese_word_has_an_english_one() -> None:
    units = {field.unit for dataset in read_library().values() for field in dataset.fields}
    assert {unit for unit in units if re.search("[ぁ-んァ-ン一-龥]", unit_of(unit).en)} == set()
    assert unit_of("人").ja == "人"
    assert unit_of("kcal") == Text(ja="kcal", en="kcal")
