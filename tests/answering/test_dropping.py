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


def test_check_bat_is_read_alike_by_a_japanese_windows_and_breaks_on_no_other(tmp_path: Path) -> None:
    batch = (make_town(tmp_path / "町", "222127", "焼津市", "Yaizu") / "check.bat").read_bytes()
    text = batch.decode("cp932")
    assert "check.bat のアイコンの上に落としてください" in text
    assert "Drop the files to check" in text
    assert "chcp" not in text  # what follows would be read in another code page
    second = {letter.encode("cp932")[1] for letter in text if len(letter.encode("cp932")) == 2}
    assert not second & set(b'\\|^&<>%"()!')  # cmd.exe of another code page takes a second byte for a sign
    assert "set /p" not in text  # two files dropped into the window would be read as one name


def test_both_speak_japanese_and_english(tmp_path: Path) -> None:
    town = make_town(tmp_path / "町", "222127", "焼津市", "Yaizu")
    for name, encoding in (("check.bat", "cp932"), ("check.command", "utf-8")):
        text = (town / name).read_text(encoding)
        assert "machizu が入っていません" in text
        assert "machizu is not installed" in text


def run(town: Path, arguments: list[str], typed: str) -> str:
    """Run check.command with a machizu on the path, and return what it says."""
    programs = town / "bin"
    programs.mkdir()
    (programs / "machizu").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m api.cli.main "$@"\n')
    (programs / "machizu").chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[2])}
    command = ["/bin/sh", str(town / "check.command"), *arguments]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, cwd=programs, env=environment, check=False)
    return done.stdout + done.stderr


def dropped(path: Path) -> str:
    """Return a name as the Terminal writes it when a file is dropped into it."""
    return "".join(f"\\{sign}" if sign in " $();&'" else sign for sign in str(path)) + " "


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("way", ["dropped", "typed", "given"])
def test_dropped_files_are_answered_beside_each_whatever_their_names(tmp_path: Path, way: str) -> None:
    town = make_town(tmp_path / "町", "222127", "焼津市", "Yaizu")
    names = ["AED 一覧&.csv"] if way == "typed" else ["AED 一覧&.csv", "AED(二).csv"]
    folder = tmp_path / "受付 $(touch hacked);'a"
    folder.mkdir()
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(GOOD, "utf-8")
    typed = {"dropped": "".join(map(dropped, paths)), "typed": str(paths[0]), "given": ""}[way]
    said = run(town, list(map(str, paths)) if way == "given" else [], typed + "\n")
    for path in paths:
        assert (folder / f"{path.stem}_確認結果.xlsx").is_file(), said
    assert not list(tmp_path.rglob("hacked"))
