"""machizu new: an empty town folder with settings to fill in."""

import re
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import Json, Lang
from api.cli.running import Answer, run
from catalog.body_code import is_valid
from catalog.errors import UsageError

_FOLDERS = ("sources", "recipes", "ids", "datasets", "reference", "log")
_TEMPLATE = Path(__file__).parents[1] / "town_template.toml"
_DROP = Path(__file__).parents[1] / "drop"
"""Files of a town folder on which a clerk drops a workbook."""


def new(
    folder: Path,
    code: Annotated[str, typer.Option("--code")] = "",
    name: Annotated[str, typer.Option("--name")] = "",
    name_en: Annotated[str, typer.Option("--name-en")] = "",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Make a town folder; asks for code and name when they are not given and a person is there."""

    def body(console: Console) -> Answer:
        asked = console.interactive()
        made = make_town(
            folder,
            code or (console.ask("new.ask.code") if asked else ""),
            name or (console.ask("new.ask.name") if asked else ""),
            name_en or (console.ask("new.ask.name_en") if asked else ""),
        )
        return Answer(console.text("new.done", folder=made), {"folder": str(made)})

    run("new", lang, as_json, body)


def make_town(folder: Path, code: str, name: str, name_en: str) -> Path:
    """Write machizu.toml and the folders of DESIGN 5; UsageError when something is already there or the code is wrong."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} は空ではありません。",
            f"{folder} is not empty.",
            fix_ja="新しい名前を選んでください。",
            fix_en="Choose a new name.",
        )
    _require_valid(code)
    if not name:
        raise UsageError(
            "町の名前がありません。",
            "The town's name is missing.",
            fix_ja="--name 見本町 のように書いてください。",
            fix_en="Write it as --name 見本町.",
        )
    for inner in _FOLDERS:
        (folder / inner).mkdir(parents=True, exist_ok=True)
    text = _TEMPLATE.read_text("utf-8").format(code=code, name=_quoted(name), name_en=_quoted(name_en or name))
    (folder / "machizu.toml").write_text(text, "utf-8", newline="\n")
    _put_drops(folder)
    return folder


def _put_drops(folder: Path) -> None:
    """Write check.bat as a Japanese Windows reads it (CP932, CRLF), and check.command so that a Mac may run it."""
    for path in sorted(_DROP.iterdir()):
        encoding, ends = ("cp932", "\r\n") if path.suffix == ".bat" else ("utf-8", "\n")
        (folder / path.name).write_text(path.read_text("utf-8"), encoding, newline=ends)
        (folder / path.name).chmod(0o755)


def _require_valid(code: str) -> None:
    if not is_valid(code):
        raise UsageError(
            f"「{code}」は全国地方公共団体コードではありません。" if code else "全国地方公共団体コードが書かれていません。",
            f"{code!r} is not a local government code." if code else "The local government code is missing.",
            fix_ja="検査数字を含む6桁を --code で指定してください(例: 焼津市は 222127)。",
            fix_en="Give the six digits including the check digit with --code (Yaizu: 222127).",
            code="body-code",
        )


def _quoted(text: str) -> str:
    return re.sub(r'[\\"\x00-\x1f]', "", text)
