"""A small town of four toilets, two months of inhabitants and pipes that only the counter shows, made by the real line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from publish.build import build
from publish.releasing.act import Act
from publish.releasing.staging import Staged
from publish.releasing.writing import release
from publish.town_folder import TownFolder, open_town

NOW = datetime.fromisoformat("2026-11-20T09:00:00+09:00")
SETTINGS = """format = 1
code = "{code}"
[name]
ja = "見本町"
en = "Mihon"
[site]
notice = {{ ja = "見本です(架空の町)。", en = "An example (an invented town)." }}
[[section]]
id = "kankyo"
name = {{ ja = "環境課", en = "Environment" }}
phone = "(0999)00-1041"
datasets = ["public_toilet", "water_pipe"]
[disclosure.water_pipe]
class = "counter"
reason = "埋設位置は窓口で確かめていただくためです。"
decided = "2026-04-01"
document = "上下水第12号"
review = "2027-04-01"
[[portal]]
name = "test"
url = "{url}"
organization = "{organization}"
token_env = "MACHIZU_TOKEN_OF_TEST"
"""
TOILETS = """format: 1
dataset: public_toilet
source: toilets.csv
as_of: 2026-04-01
columns: {名称: 名称, 住所: 所在地_連結表記, 場所: 設置位置, 緯度: 緯度, 経度: 経度}
"""
PEOPLE = """format: 1
dataset: population
source: people_*.csv
parts: all
period: {from: filename, pattern: 'people_([0-9-]+)'}
as_of: 2026-03-01
columns: {調査年月日: 調査年月日, 地域名: 地域名, 総人口: 総人口}
"""
NAMES = ("駅前", "港", "丘", "森")
MONTHS = ("2026-02", "2026-03")


@dataclass
class SmallTown:
    """A town folder, and what its clerks do."""

    path: Path
    days: int = 0

    @property
    def folder(self) -> TownFolder:
        return open_town(self.path)

    @property
    def now(self) -> datetime:
        return NOW + timedelta(days=self.days)

    def hand_in(self, *, names: Sequence[str] = NAMES, months: Sequence[str] = MONTHS) -> None:
        """Write the sources."""
        rows = (f"{name},見本町{n}丁目1,入口,34.{n}5,138.{n}5\n" for n, name in enumerate(names, 1))
        (self.path / "sources" / "toilets.csv").write_text("名称,住所,場所,緯度,経度\n" + "".join(rows), "utf-8")
        for path in (self.path / "sources").glob("people_*"):
            path.unlink()
        for month in months:
            counts = "".join(f"{month}-01,{area},{1000 + int(month[-2:])}\n" for area in ("本町", "浜田"))
            (self.path / "sources" / f"people_{month}.csv").write_text("調査年月日,地域名,総人口\n" + counts, "utf-8")

    def publish(self, *datasets: str) -> tuple[str, ...]:
        """Build and release what has changed; return it."""
        self.days += 1
        outcomes = list(build(self.folder, datasets, self.now))
        assert all(outcome.problem is None and not outcome.blocked for outcome in outcomes), outcomes
        changed = tuple(outcome.dataset for outcome in outcomes if isinstance(outcome.result, Staged))
        release(self.path, changed, Act("情報係", self.now), library=self.folder.library)
        return changed


def make_town(path: Path, *, code: str = "999997", url: str = "http://portal.test", organization: str = "mihon") -> SmallTown:
    """Make the folder and publish its two datasets."""
    for name in ("sources", "recipes"):
        (path / name).mkdir(parents=True)
    (path / "machizu.toml").write_text(SETTINGS.format(code=code, url=url, organization=organization), "utf-8")
    (path / "recipes" / "toilets.yaml").write_text(TOILETS, "utf-8")
    (path / "recipes" / "people.yaml").write_text(PEOPLE, "utf-8")
    town = SmallTown(path)
    town.hand_in()
    town.publish()
    return town
