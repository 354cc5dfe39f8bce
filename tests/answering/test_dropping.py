"""check.bat and check.command: what `new` puts into a town folder so that a clerk need not type anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.commands.new import make_town

GOOD = "ID,名称,所在地_連結表記,緯度,経度,設置位置\nFF1,役場,本町1,34.86,138.32,1階\n"


def test_a_new_town_has_both_and_each_has_the_line_ends_of_its_system(tmp_path: Path) -> None:
    town = make_town(tmp_path / "町", "222127", "焼津市", "Yaizu")
    batch, command = (town / "check.bat").read_bytes(), (town / "check.command").read_bytes()
    assert batch.count(b"\r\n") == batch.count(b"\n") > 10
    assert b"\r" not in command
    assert (town / "check.command").stat().st_mode & 0o111
    assert batch.isascii()  # cmd.exe reads it before the code page is set


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("typed", [True, False])
def test_a_dropped_file_is_answered_beside_it_whatever_its_name(tmp_path: Path, typed: bool) -> None:
    town = make_town(tmp_path / "町", "222127", "焼津市", "Yaizu")
    path = tmp_path / "受付 $(touch hacked);'a" / "AED 一覧&.csv"
    path.parent.mkdir()
    path.write_text(GOOD, "utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "machizu").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m api.cli.main "$@"\n')
    (programs / "machizu").chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[2])}
    dropped = "".join(f"\\{sign}" if sign in " $();&'" else sign for sign in str(path))
    arguments = [] if typed else [str(path)]
    done = subprocess.run(
        ["/bin/sh", town / "check.command", *arguments],
        input=dropped + "\n" if typed else "",
        capture_output=True,
        text=True,
        cwd=tmp_path / "bin",
        env=environment,
        check=False,
    )
    assert (path.parent / "AED 一覧&_確認結果.xlsx").is_file(), done.stdout + done.stderr
    assert not (tmp_path / "hacked").exists()
