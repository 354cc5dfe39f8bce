"""Names around a table: of its file and sheet, in titles and notes, in what old workbooks and maps carry beside it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hiding import HEADINGS, SECRETS, document, old_working_copy, rows
from unpacking import findable

SETTINGS = 'format = 1\ncode = "999997"\nname = {ja = "見本町", en = "Mihon", kana = "みほんちょう"}\n'
AROUND = ("名田名子", "札田札子", "題田題子", "注田注子", "文田文子", "折田折子", "説田説子", "拡田拡子", "090-5550-0003")


def recipe(folder: Path, dataset: str, source: str, columns: Mapping[str, str]) -> None:
    lines = "".join(f'  "{theirs}": "{ours}"\n' for theirs, ours in columns.items())
    text = f'format: "1"\ndataset: {dataset}\nsource: {source}\nas_of: "2026-04-01"\nreject: [required]\ncolumns:\n{lines}'
    (folder / "recipes" / f"{dataset}.yaml").write_text(text, "utf-8")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    for name in ("sources", "recipes"):
        (tmp_path / "mihon" / name).mkdir(parents=True)
    (tmp_path / "mihon" / "machizu.toml").write_text(SETTINGS, "utf-8")
    return tmp_path / "mihon"


def accept_warnings(machizu: Callable[..., Any], town: Path) -> None:
    told = json.loads(machizu("check", "--town", town, "--json").out)["result"]["sources"]
    for source in told:
        codes = {one["code"] for one in source["findings"] if one["severity"] == "warning"}
        for code in sorted(codes):
            machizu("accept", source["dataset"], code, "--reason", "確認済み", "--town", town)


def test_names_of_files_sheets_titles_and_descriptions_are_in_no_byte_of_the_site(
    town: Path, machizu: Callable[..., Any]
) -> None:
    _titled(town / "sources" / "名田名子_aed.xlsx")
    _map(town / "sources" / "toilet.kml")
    recipe(town, "aed", "名田名子_aed.xlsx", {name: name for name in HEADINGS})
    own = {name: name for name in ("ID", "所在地_連結表記", "設置位置")}
    recipe(town, "public_toilet", "toilet.kml", {"Name": "名称", "name": "名称", **own})
    accept_warnings(machizu, town)
    done = machizu("publish", "--yes", "--town", town)
    public = json.loads((town / "site" / "catalog.json").read_text("utf-8"))["datasets"]
    assert set(public) == {"aed", "public_toilet"}, done.err
    assert findable(town / "site", AROUND) == []
    assert findable(town / "site", ("見本会館3号", "便所3号"))


@pytest.mark.parametrize(("make", "name"), [(old_working_copy, "aed.xls"), (document, "aed.ods")])
def test_old_and_open_working_copies_are_refused_and_nothing_hidden_in_them_is_published(
    make: Callable[[Path], Path], name: str, town: Path, machizu: Callable[..., Any]
) -> None:
    make(town / "sources" / name)
    recipe(town, "aed", name, {column: column for column in HEADINGS})
    accept_warnings(machizu, town)
    assert machizu("publish", "--yes", "--town", town).exit == 4
    assert findable(town / "site", SECRETS) == []
    assert machizu("accept", "aed", "hidden-matter", "--reason", "表だけを公開する", "--town", town).exit == 0
    assert machizu("publish", "--yes", "--town", town).exit == 0
    assert findable(town / "site", (*SECRETS, "職員")) == []
    assert findable(town / "site", ("見本会館3号",))


def _titled(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "札田札子の台帳"
    for row in [["AED一覧 作成 題田題子"], [], HEADINGS, *rows(), ["※ 注田注子に聞く"]]:
        book.active.append(row)
    book.properties.creator = "machizu"
    book.save(path)


def _map(path: Path) -> None:
    def said(name: str, value: str) -> str:
        return f'<Data name="{name}"><value>{value}</value></Data>'

    places = "".join(
        f"<Placemark><name>便所{n}号</name><description>説田説子 090-5550-0003</description><ExtendedData>"
        f"{said('ID', f'FF{n:010d}')}{said('所在地_連結表記', f'本町{n}')}{said('設置位置', '裏')}{said('管理', '拡田拡子')}"
        f"</ExtendedData><Point><coordinates>138.3{n},34.86{n}</coordinates></Point></Placemark>"
        for n in range(1, 7)
    )
    folder = f"<Document><name>文田文子</name><Folder><name>折田折子</name>{places}</Folder></Document>"
    path.write_text(f'<kml xmlns="http://www.opengis.net/kml/2.2">{folder}</kml>', "utf-8")
