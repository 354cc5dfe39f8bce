"""machizu: finds its commands by folder, speaks the reader's language, shows a numbered menu when nothing is asked."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import typer
import typer.core
import typer.main

from api.cli.console import LOCALE, Console, system_language
from api.cli.menu import menu
from api.cli.running import INTERRUPTED, Answer, tell
from catalog.message import names, render

_FOLDER = Path(__file__).parent / "commands"
_WRONG_USE: type[Exception] = typer.BadParameter.__bases__[0]
"""What the option parser raises for any wrong option; typer names only this subclass in public."""


def command_names() -> list[str]:
    """Return the commands in the order of the folder's files, as they are typed: emergency-card."""
    return sorted(path.stem.replace("_", "-") for path in _FOLDER.glob("[a-z]*.py"))


def build(lang: str, arguments: Sequence[str] = ()) -> typer.core.TyperGroup:
    """Return the command line with every help text in `lang`; of the one command alone where the arguments begin with it."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(_start)
    known = command_names()
    for name in arguments[:1] if arguments[:1] and arguments[0] in known else known:
        stem = name.replace("-", "_")
        function = getattr(import_module(f"api.cli.commands.{stem}"), stem)
        app.command(name, help=render(LOCALE, f"help.{name}", lang))(function)
    command = typer.main.get_command(app)
    assert isinstance(command, typer.core.TyperGroup)  # noqa: S101  (several commands always make a group)
    _translate(command, lang)
    return command


def _start(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        menu(context)


def _translate(command: typer.core.TyperGroup, lang: str) -> None:
    command.help = render(LOCALE, "help", lang)
    known = names(LOCALE, lang)
    for name, sub in command.commands.items():
        for param in sub.params:
            said = next((key for key in (f"option.{name}.{param.name}", f"option.{param.name}") if key in known), None)
            if said and isinstance(param, typer.core.TyperOption | typer.core.TyperArgument):
                param.help = render(LOCALE, said, lang)


def _language(arguments: list[str]) -> str:
    for before, after in pairwise([*arguments, ""]):
        if before == "--lang" and after in ("ja", "en"):
            return after
        if before in ("--lang=ja", "--lang=en"):
            return before[-2:]
    return system_language()


def _wrong_use(arguments: list[str], lang: str, problem: Exception) -> int:
    """Tell of a wrong option, in the envelope too where a program asked for it."""
    from api.cli.wrong_use import wrong_use

    commands = command_names()
    command = next((word for word in arguments if word in commands), "")
    return tell(command, Console(lang, "--json" in arguments), Answer(problems=[wrong_use(problem, command, commands)]))


def main() -> None:
    """Run the command line."""
    # Packages that happen to be installed beside us have no say in what is read, and looking for them takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What a command makes lives to its end, and hardly any of it in cycles: looking for them again and again takes a tenth of
    # a small check, and looking once more on the way out another.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    lang = _language(sys.argv[1:])
    try:
        sys.exit(build(lang, sys.argv[1:]).main(prog_name="machizu", standalone_mode=False))
    except _WRONG_USE as problem:
        sys.exit(_wrong_use(sys.argv[1:], lang, problem))
    except typer.Abort:
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
