"""The map's pure modules, run where they live: in Chromium, by their own address. And the type checker over all of them."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from looking import Look

Run = Callable[..., Any]
TYPES = Path(__file__).parents[1] / "types"


@pytest.fixture
def run(look: Callable[..., Look]) -> Run:
    """Run a function body with a module of the map as `m` and arguments as `given`."""
    seen = look("/datasets", ready=False)
    page = seen.page.request.get(seen.origin + "/map").text()
    folder = re.search(r'"(/static/[0-9a-f]+/js/map/)main.js"', page)
    assert folder

    def inside(module: str, body: str, *given: object) -> Any:
        script = f"async (given) => {{ const m = await import('{folder[1]}{module}.js'); return (() => {{ {body} }})(); }}"
        return seen.page.evaluate(script, list(given))

    return inside


SQUARE = [0, 0, 10, 10]


@pytest.mark.browser
def test_a_line_is_cut_into_the_pieces_inside(run: Run) -> None:
    cut = "return m.cutLine(given[0], given[1]);"
    assert run("cutting", cut, [-5, 5, 5, 5, 5, 15, 8, 15, 8, 5], SQUARE) == [[0, 5, 5, 5, 5, 10], [8, 10, 8, 5]]
    assert run("cutting", cut, [-5, -5, -5, 20], SQUARE) == []
    assert run("cutting", cut, [2, 2, 3, 3, 4, 2], SQUARE) == [[2, 2, 3, 3, 4, 2]]


@pytest.mark.browser
def test_a_ring_is_cut_to_its_area_inside(run: Run) -> None:
    area = """
      let sum = 0; const r = m.cutRing(given[0], given[1]);
      for (let i = 0, j = r.length - 2; i < r.length; j = i, i += 2) sum += r[j] * r[i + 1] - r[i] * r[j + 1];
      return Math.abs(sum / 2);"""
    assert run("cutting", area, [-5, -5, 5, -5, 5, 5, -5, 5], SQUARE) == 25
    assert run("cutting", area, [-5, -5, 20, -5, 20, 20, -5, 20], SQUARE) == 100
    assert run("cutting", area, [20, 20, 30, 20, 30, 30], SQUARE) == 0


@pytest.mark.browser
def test_what_is_within_has_a_point_there(run: Run) -> None:
    point = "return m.pointWithin({type: given[0], parts: given[1]}, given[2]);"
    assert run("cutting", point, 1, [[11, 5], [3, 4]], SQUARE) == [3, 4]
    assert run("cutting", point, 2, [[-5, 5, 15, 5]], SQUARE)[1] == 5
    assert run("cutting", point, 2, [[-5, 12, 5, 20]], SQUARE) is None
    assert run("cutting", point, 3, [[-50, -50, 50, -50, 50, 50, -50, 50]], SQUARE) == [5, 5]


@pytest.mark.browser
def test_distance_knows_holes_and_the_nearest_piece(run: Run) -> None:
    far = (
        "const d = m.distance({type: given[0], parts: given[1]}, given[2], given[3], given[4]); return d === Infinity ? -1 : d;"
    )
    ring, hole = [0, 0, 10, 0, 10, 10, 0, 10], [4, 4, 6, 4, 6, 6, 4, 6]
    assert run("measuring", far, 3, [ring, hole], 2, 2, 0) == 0
    assert run("measuring", far, 3, [ring, hole], 5, 5, 0) == -1
    assert run("measuring", far, 2, [[0, 0, 10, 0], [0, 9, 10, 9]], 5, 7, 3) == 2
    assert run("measuring", far, 2, [[0, 0, 10, 0]], 5, 7, 3) == -1
    assert run("measuring", far, 1, [[1, 1]], 1, 3, 2) == 2


@pytest.mark.browser
def test_a_text_stands_where_it_fits_and_upright(run: Run) -> None:
    span = run("measuring", "return m.levelSpan(given[0], 100);", [[-20, 10, 60, 10, 60, 30, -20, 30]])
    assert (span["x"], span["y"], span["room"]) == (30, 20, 60)
    line = run("measuring", "return m.straightSpan(given[0], 40);", [[100, 50, 0, 50]])
    assert (line["x"], line["y"], abs(line["angle"])) == (50, 50, 0)
    assert run("measuring", "return m.straightSpan(given[0], 40);", [[0, 0, 30, 0, 0, 1]]) is None


@pytest.mark.browser
def test_points_that_touch_are_gathered_whatever_the_view(run: Run) -> None:
    gather = "return m.gather(given[0], 0, () => given[1]).map((group) => group.map(({id}) => id));"
    spots = [{"id": name, "lines": [[x / 256, y / 256]]} for name, x, y in (("a", 10, 10), ("b", 30, 10), ("c", 100, 10))]
    assert run("clustering", gather, spots, 25) == [["a", "b"], ["c"]]
    assert run("clustering", gather, spots, 15) == [["a"], ["b"], ["c"]]


@pytest.mark.browser
@pytest.mark.parametrize("feature", ["0001", "大字浜田~1番", "a/b:c?d#e%"])
def test_a_state_is_read_as_it_was_written(run: Run, feature: str) -> None:
    state = {"zoom": 15, "lat": 34.5, "lng": 138.25, "layers": ["aed", "road"], "feature": {"layer": "aed", "id": feature}}
    assert run("state", "return m.parse(m.format(given[0]));", state) == state
    bare = {**state, "layers": [], "feature": None}
    assert run("state", "return m.parse(m.format(given[0]));", bare) == bare


@pytest.mark.browser
@pytest.mark.parametrize("bad", ["", "#", "#x/y/z", "#15/35", "#40/35/139", "#15/95/139", "#15/35/999", "#1e3/35/139"])
def test_what_is_no_state_is_none(run: Run, bad: str) -> None:
    assert run("state", "return m.parse(given[0]);", bad) is None


def test_the_type_checker_finds_nothing() -> None:
    checker = TYPES / "node_modules" / ".bin" / "tsc"
    if not checker.exists() or not shutil.which("node"):
        pytest.skip("the type checker is not installed: npm ci --prefix tests/types")
    told = subprocess.run([str(checker), "-p", str(TYPES)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "")


def test_the_type_checkers_lock_names_no_address() -> None:
    text = (TYPES / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    assert json.loads(text)["packages"]
