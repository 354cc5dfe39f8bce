"""Wrong use: what is wrong with the words behind `machizu`, said to a clerk; the option parser says it in English only."""

import re
from collections.abc import Sequence
from typing import Any

from api.cli.console import LOCALE
from catalog.errors import UsageError, did_you_mean
from catalog.message import names, render

_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)")
_COMMAND = re.compile(r"No such command '(?P<words>.*?)'")
_LANGUAGES = ("ja", "en")


def wrong_use(problem: Exception, command: str, commands: Sequence[str]) -> UsageError:
    """Return the error of the option parser as one of ours; `command`: what was asked for, "" where none was."""
    ja, en = (_said(problem, command, commands, lang) for lang in _LANGUAGES)
    see = f"machizu {command} --help" if command else "machizu --help"
    fix_ja, fix_en = (render(LOCALE, "wrong-use.see", lang, command=see) for lang in _LANGUAGES)
    return UsageError(ja, en, fix_ja=fix_ja, fix_en=fix_en, code="wrong-use")


def _said(problem: Exception, command: str, commands: Sequence[str], lang: str) -> str:
    option = str(getattr(problem, "option_name", ""))
    param = getattr(problem, "param", None)
    if option and hasattr(problem, "possibilities"):
        return render(LOCALE, "wrong-use.option", lang, option=option) + _perhaps(option, problem.possibilities or (), lang)
    if option:
        return render(LOCALE, "wrong-use.bare", lang, option=option)
    if param is not None:
        kind = "missing" if hasattr(problem, "param_type") else "value"
        return render(LOCALE, f"wrong-use.{kind}", lang, name=_called(param, command, lang))
    if found := _EXTRA.search(str(problem)):
        return render(LOCALE, "wrong-use.extra", lang, words=found["words"])
    if found := _COMMAND.search(str(problem)):
        return render(LOCALE, "wrong-use.command", lang, name=found["words"]) + _perhaps(found["words"], commands, lang)
    return render(LOCALE, "wrong-use.other", lang, what=str(problem))


def _called(param: Any, command: str, lang: str) -> str:
    """Return what the help calls a word, with the option in front of it."""
    known = names(LOCALE, lang)
    keys = (f"option.{command}.{param.name}", f"option.{param.name}")
    said = next((render(LOCALE, key, lang) for key in keys if key in known), param.name)
    option = next((word for word in param.opts if word.startswith("--")), "")
    return f"{option} {said}" if option else said


def _perhaps(word: str, known: Sequence[str], lang: str) -> str:
    return did_you_mean(word, known)[_LANGUAGES.index(lang)]
