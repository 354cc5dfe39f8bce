"""The numbered menu: what `machizu` alone shows. It asks for what a command needs and runs that same command."""

import sys

import typer

from api.cli.console import Console, system_language

_ITEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("status", ()),
    ("add", ("file",)),
    ("check", ()),
    ("diff", ()),
    ("publish", ()),
    ("verify", ()),
    ("serve", ()),
    ("datasets", ()),
    ("new", ("folder",)),
    ("demo", ()),
)
"""Command and the arguments to ask for, in the order of a working day."""


def menu(context: typer.Context) -> None:
    """Show the numbers, run what is chosen, and leave with its exit code; an empty answer leaves at once."""
    console = Console(system_language())
    console.say(console.text("menu.title"))
    for number, (name, _) in enumerate(_ITEMS, 1):
        console.say(f"{number:3}  {console.text(f'menu.{name}')}")
    chosen = console.ask("menu.ask")
    if not chosen:
        return
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(_ITEMS):
        console.note("menu.unknown", chosen=chosen, most=len(_ITEMS))
        sys.exit(2)
    name, wanted = _ITEMS[int(chosen) - 1]
    arguments = [console.ask(f"menu.ask.{what}") for what in wanted]
    group = context.command
    group.main([name, *arguments], prog_name="machizu", standalone_mode=False)
