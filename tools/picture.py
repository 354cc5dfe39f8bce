"""Make docs/picture.png: one AED table of the example town from the workbook as handed in to the map on a phone.

    python tools/picture.py [FILE]        needs chromium and fonts for Japanese (tools/set-up system)

Nothing is drawn by hand: the cells come from the workbook, the texts from `machizu check` and `machizu diff`, the map from
`machizu serve`, all of a town that is made for this and thrown away.
"""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "picture.png"
TOWN = "mihon"
BAD_FILE = f"{TOWN}/example-of-a-bad-file/AED一覧_まちがい.xlsx"
COLUMNS, ROWS = "BEGIJLQRT", 17
"""Of the workbook, what fits into the frame; the letters tell that columns are left out."""
PLACE = "町立図書館"
"""The row that the reader follows: handed in, changed next month, published."""
PHONE = ViewportSize(width=360, height=1020)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> int:
    """Make the picture; return the exit code."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("chromium is missing: run tools/set-up system\n")
        return 1
    with TemporaryDirectory() as room, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 800}, device_scale_factor=1.5)
        page.set_content(_page(Path(room), browser))
        taken = page.locator("main").screenshot()
        browser.close()
    # A palette of 256 colours is a third of the bytes; letters and flat colours lose nothing that the eye sees.
    with Image.open(BytesIO(taken)) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    return 0


def _page(room: Path, browser: Browser) -> str:
    """Run the demo in `room` and return the picture as HTML."""
    _machizu(room, "demo", TOWN, "--no-serve")
    checked = _machizu(room, "check", BAD_FILE, "--town", TOWN, expected=1)
    compared = _machizu(room, "diff", "aed", "--town", TOWN)
    _machizu(room, "publish", "aed", "--town", TOWN, "--yes")
    with _served(room) as address:
        phone = _phone(browser, address)
    environment = Environment(loader=FileSystemLoader(ROOT / "tools"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("picture.html.j2").render(
        letters=COLUMNS,
        rows=_cells(room / BAD_FILE),
        file=Path(BAD_FILE).name,
        checked=_until(checked, "参考"),
        compared=compared.splitlines(),
        phone=b64encode(phone).decode(),
    )


def _machizu(room: Path, *arguments: str, expected: int = 0) -> str:
    """Run one command as a reader would, in Japanese; return what it prints."""
    with _started(room, *arguments) as command:
        printed, complaints = command.communicate()
    if command.returncode != expected:
        raise SystemExit(f"machizu {' '.join(arguments)}: {command.returncode}\n{complaints}")
    return printed


@contextmanager
def _served(room: Path) -> Iterator[str]:
    with _started(room, "serve", "--town", TOWN, "--port", "0") as server:
        yield str(server.stdout.readline()).strip().rstrip("/") if server.stdout else ""
        server.terminate()


def _started(room: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "ja_JP.UTF-8", "LC_ALL": "", "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(  # noqa: S603  (our own command line)
        [sys.executable, "-m", "api.cli.main", *arguments],
        cwd=room,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _cells(path: Path) -> list[list[str]]:
    """Return the cells as a spreadsheet shows them, by row."""
    sheet = load_workbook(path).worksheets[0]
    title = [[str(sheet.cell(row, 1).value or "")] for row in (1, 2, 3)]
    wanted = [number for number in range(1, sheet.max_column + 1) if get_column_letter(number) in COLUMNS]
    rows = [[str(sheet.cell(row, number).value or "") for number in wanted] for row in range(4, ROWS + 1)]
    return [*title, *rows]


def _until(text: str, heading: str) -> list[str]:
    """Return the lines before a heading, which the picture has no room for."""
    return text.partition(f"\n{heading}\n")[0].rstrip().splitlines()


def _phone(browser: Browser, address: str) -> bytes:
    """Return a picture of the map with the place tapped, 360 pixels wide at twice the density."""
    with urlopen(f"{address}/files/aed/latest/999997_aed.geojson") as answer:  # noqa: S310  (our own server)
        features = json.load(answer)["features"]
    x, y = next(one["geometry"]["coordinates"] for one in features if one["properties"]["名称"] == PLACE)
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{address}/map#16/{y}/{x}/aed.zoning.road", wait_until="networkidle")
    ground = page.locator(".leaflet-container")
    if box := ground.bounding_box():
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 14)
    page.locator(f"h2:text-is('{PLACE}')").wait_for()
    ground.evaluate("map => window.scrollBy(0, map.getBoundingClientRect().top)")
    page.wait_for_timeout(1500)  # the map moves the place out from under the panel
    return page.screenshot()


if __name__ == "__main__":
    sys.exit(main())
