"""The scenes of `machizu demo`: the town made and published, a bad file, next month's table, three addresses to try."""

from pathlib import Path
from urllib.parse import quote

from api.cli.building import build_all
from api.cli.checking import answers
from api.cli.console import Console
from api.cli.options import act_of, now
from api.cli.publishing import Wish, to_site
from api.demo.areas import CODE
from api.demo.town import apply_next_month, bad_file
from api.demo.town import make as make_town
from catalog.errors import CheckFailed, SettingError, UsageError
from catalog.site.prepared import store_path
from catalog.site.release import read_release
from catalog.store.features import FeatureStore, Query
from catalog.town import read_town
from publish.answering.text import tell_all
from publish.diff.comparing import compare
from publish.diff.summary import tell
from publish.releasing.staging import Staged
from publish.town_folder import open_town

_NEXT = "aed"


def make(folder: Path, console: Console) -> bool:
    """Make and publish the town; False when it is already there, UsageError when something else is."""
    if folder.exists() and any(folder.iterdir()):
        if not _is_mihon(folder):
            raise UsageError(
                f"{folder} には別のものがあります。",
                f"Something else is in {folder}.",
                fix_ja="新しいフォルダーの名前を付けてください: machizu demo 名前",
                fix_en="Name a new folder: machizu demo NAME",
            )
        console.say(console.text("demo.there", folder=folder))
        return False
    make_town(folder)
    console.say(console.text("demo.made", folder=folder))
    act = act_of("machizu demo", "demo")
    answer = to_site(open_town(folder), (), act, console, Wish(agree=lambda: True))
    console.say(answer.text)
    if answer.problems:
        raise CheckFailed(answer.problems[0].message["ja"], answer.problems[0].message["en"])
    return True


def show_bad_file(folder: Path, console: Console) -> None:
    """Print what a clerk would read about a file with mistakes."""
    path = bad_file(folder)
    console.say("\n" + console.text("demo.bad", file=path.name))
    _, found = answers([str(path)], folder, now().date())
    console.say(tell_all(found, console.lang))


def show_next_month(folder: Path, console: Console) -> None:
    """Put next month's AED table in, and print what publishing it would change."""
    apply_next_month(folder)
    console.say("\n" + console.text("demo.next"))
    for outcome in build_all(open_town(folder), [_NEXT], now(), console):
        if isinstance(outcome.result, Staged):
            console.say(tell(compare(folder, outcome.dataset), console.lang))


def try_these(folder: Path, base: str, console: Console) -> None:
    """Print three addresses: a road, a toilet, a download."""
    prefix = "" if console.lang == "ja" else f"/{console.lang}"
    console.say("\n" + console.text("demo.try"))
    for name, dataset in (("road", "road"), ("toilet", "public_toilet")):
        console.say(console.text(f"demo.{name}", url=f"{base}{prefix}/datasets/{dataset}/{_first(folder, dataset)}"))
    file = read_release(folder / "site", _NEXT).of_format("geojson")
    console.say(console.text("demo.download", url=f"{base}/files/{_NEXT}/latest/{file.name if file else ''}"))


def _first(folder: Path, dataset: str) -> str:
    release = read_release(folder / "site", dataset)
    store = FeatureStore(store_path(folder / "site", dataset, release.version))
    (feature,) = store.page(Query(), limit=1)
    store.close()
    return quote(feature.id)


def _is_mihon(folder: Path) -> bool:
    try:
        return read_town(folder).code == CODE
    except SettingError:
        return False
