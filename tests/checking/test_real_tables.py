"""Real municipal tables: what is right passes, what is wrong is found. Skipped where the shared folder is absent."""

from datetime import date
from pathlib import Path

from catalog.library import read_library
from publish.checking.checking import check
from publish.context import Context
from publish.normalising import normalise
from publish.reading.source import read
from publish.recipe import Recipe
from publish.table.finding import Report


def report(realdata: Path, path: str, **given: object) -> Report:
    recipe = Recipe.model_validate({"format": "1", "source": Path(path).name, **given})
    raw = read(realdata / path, name=Path(path).name, recipe=recipe)
    library = read_library()
    table, found = normalise(raw, recipe, library[recipe.dataset])
    return check(table, None, Context(None, date(2026, 11, 20), library), found=found, recipe=recipe)[0]


def bands() -> dict[str, str]:
    """Takamatsu numbers its bands: man1, woman1 are 0-4歳, man18, woman18 85歳以上."""
    ages = [f"{first}-{first + 4}歳" for first in range(0, 85, 5)] + ["85歳以上"]
    words = {"man": "男性", "woman": "女性"}
    return {f"{theirs}{n}": f"{age}の{ours}" for n, age in enumerate(ages, 1) for theirs, ours in words.items()}


def test_the_population_of_takamatsu_adds_up(realdata: Path) -> None:
    columns = {
        **{"surveyDate": "調査年月日", "regionName": "地域名", "totalPopulation": "総人口", "male": "男性", "woman": "女性"},
        **bands(),
    }
    found = report(
        realdata,
        "population/takamatsu/0066_201811.csv",
        dataset="population",
        columns=columns,
        period="2018-11",
        as_of="2018-11-01",
    )
    assert found.table.rows > 200
    assert sum(map(int, filter(None, found.table.column("85歳以上の女性")))) > 10_000
    assert not {finding.code for finding in found.findings} & {"population-sum", "age-band-sum"}


def test_the_defibrillators_of_yaizu_need_no_correction(realdata: Path) -> None:
    columns = {name: name for name in ("名称", "名称_カナ", "緯度", "経度", "設置位置", "電話番号", "備考")}
    columns |= {"NO": "ID", "住所": "所在地_連結表記"}
    found = report(realdata, "aed/yaizu/222127_aed.csv", dataset="aed", columns=columns, as_of="2026-04-01")
    assert found.accounting.kept == 82
    assert not found.blocked
