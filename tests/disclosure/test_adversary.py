"""What towns have published by mistake, handed in: refused, and after all that a clerk may accept, not to be found anywhere."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hiding import HEADINGS, SECRETS, rows, working_copy
from unpacking import findable, pieces

REMARK = "鍵は管理人の備田考子さん 080-5550-0002"
OWNERS = ("持田主一", "持田主二", "持田主三", "持田主子", "持田主美", "持田主代")
TRADERS = tuple(
    f"{surname}{given}" for surname in ("商田", "佐藤", "鈴木", "高橋", "田中") for given in ("太郎", "花子", "一郎", "正雄")
)
LEFT = ("備田考子", "080-5550-0002", *OWNERS, *TRADERS, *SECRETS, "職員")
SETTINGS = """format = 1
code = "999997"
name = {ja = "見本町", en = "Mihon", kana = "みほんちょう"}
"""


def recipe(source: str, columns: Mapping[str, str]) -> str:
    lines = "".join(f'  "{theirs}": "{ours}"\n' for theirs, ours in columns.items())
    return f'format: "1"\ndataset: {{}}\nsource: {source}\nas_of: "2026-04-01"\ncolumns:\n{lines}'


def own(columns: list[str]) -> dict[str, str]:
    return {name: name for name in columns}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "mihon"
    for name in ("sources", "recipes"):
        (folder / name).mkdir(parents=True)
    (folder / "machizu.toml").write_text(SETTINGS, "utf-8")
    _workbook(folder / "sources" / "aed.xlsx")
    _owners(folder / "sources" / "toilet.csv")
    _traders(folder / "sources" / "facility.csv")
    recipes = {
        "aed": recipe("aed.xlsx", own(HEADINGS)) + "reject: [required]\n",
        "public_toilet": recipe(
            "toilet.csv", {**own(["ID", "名称", "所在地_連結表記", "緯度", "経度", "設置位置"]), "所有者": "備考"}
        ),
        "public_facility": recipe("facility.csv", own(["ID", "名称", "所在地_連結表記", "緯度", "経度", "団体名"])),
    }
    for name, text in recipes.items():
        (folder / "recipes" / f"{name}.yaml").write_text(text.format(name), "utf-8")
    return folder


def _workbook(path: Path) -> None:
    book = openpyxl.load_workbook(working_copy(path), keep_vba=True)
    book["台帳"]["H2"] = REMARK
    book.save(path)
    book.vba_archive.close()  # openpyxl leaves it open, which is told in whatever test the collector runs in


def _owners(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [["ID", "名称", "所在地_連結表記", "緯度", "経度", "設置位置", "所有者"]]
            + [[f"FF{n:010d}", f"便所{n}号", f"本町{n}", "34.86", f"138.3{n}", "裏", who] for n, who in enumerate(OWNERS, 1)]
        )


def _traders(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ID", "名称", "所在地_連結表記", "緯度", "経度", "団体名"])
        for n in range(2_000):
            name = TRADERS[n % len(TRADERS)]
            writer.writerow([f"FF{n:010d}", f"事業所{n}号", f"見本町本町{n}", f"34.8{n:04d}", f"138.3{n:04d}", name])


def edit(office: Path, name: str, old: str, new: str) -> None:
    path = office / "recipes" / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_of_it_is_published_and_after_all_that_may_be_accepted_nothing_can_be_found(
    office: Path, machizu: Callable[..., Any]
) -> None:
    refused = machizu("publish", "--yes", "--town", office)
    assert refused.exit == 4
    assert [word for word in LEFT if word in refused.err] == []
    assert machizu("check", "--town", office).exit == 1
    assert findable(office / "site", LEFT) == []

    assert machizu("accept", "aed", "hidden-matter", "--reason", "表だけを公開する", "--town", office).exit == 0
    assert machizu("accept", "public_facility", "person-column", "--reason", "よい", "--town", office).exit == 2
    assert machizu("accept", "public_toilet", "person-heading", "--reason", "よい", "--town", office).exit == 0
    assert machizu("publish", "--yes", "--town", office).exit == 4
    assert findable(office / "site", LEFT) == []

    edit(office, "public_facility", '"団体名": "団体名"', '"団体名": "ignore"')
    edit(office, "public_toilet", '"所有者": "備考"', '"所有者": "ignore"')
    book = openpyxl.load_workbook(office / "sources" / "aed.xlsx")
    book["台帳"]["H2"] = None
    book.save(office / "sources" / "aed.xlsx")
    told = machizu("check", "--town", office, "--json").out
    waiting = [f for s in json.loads(told)["result"]["sources"] for f in s["findings"] if f["severity"] != "info"]
    for code, column in {(f["code"], f["column"] or "") for f in waiting if f["severity"] == "warning"}:
        machizu("accept", "aed", code, *(["--column", column] if column else []), "--reason", "確認済み", "--town", office)
    done = machizu("publish", "--yes", "--town", office)
    public = json.loads((office / "site" / "catalog.json").read_text("utf-8"))["datasets"]
    assert set(public) == {"aed", "public_toilet", "public_facility"}, done.err
    assert findable(office / "site", LEFT) == []
    assert findable(office / "staged", LEFT) == []


def test_the_search_itself_finds_what_is_there(office: Path, machizu: Callable[..., Any]) -> None:
    (office / "sources" / "aed.xlsx").unlink()
    (office / "recipes" / "aed.yaml").unlink()
    edit(office, "public_facility", '"団体名": "団体名"', '"団体名": "ignore"')
    edit(office, "public_toilet", '"所有者": "備考"', '"所有者": "ignore"')
    assert machizu("publish", "--yes", "--town", office).exit in (0, 1)
    found = {Path(place.split("!")[0]).suffix for place, _ in findable(office / "site", ("事業所7号",))}
    assert found >= {".csv", ".xlsx", ".geojson", ".gpkg", ".sqlite"}
    assert rows()
    assert list(pieces(office / "site"))
