"""Running a command: language, JSON envelope, exit code; one clear sentence instead of a traceback.

Exit codes (DESIGN 6): 0 done, 1 content, 2 setting or usage, 3 outside, 4 disclosure, 5 wait; several: 4, 2, 1, 3, 5.
"""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from typing import Any, NoReturn

from api.cli.console import Console, system_language
from catalog.errors import MachizuError, OutsideError, UsageError, of_system

_ORDER = (4, 2, 1, 3, 5, 0)
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gives back: the text for people, the value for programs, problems that did not stop the others."""

    text: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    problems: Sequence[MachizuError] = ()
    exit_codes: Sequence[int] = ()
    """Of what the text already tells."""


Body = Callable[[Console], Answer]


def run(command: str, lang: str | None, as_json: bool, body: Body) -> NoReturn:
    """Run the body of a command and leave the process with its exit code."""
    console = Console(lang or system_language(), as_json)
    try:
        if lang not in (None, "ja", "en"):
            raise UsageError(f"--lang は ja か en です(「{lang}」)。", f"--lang is ja or en, not {lang!r}.")
        answer = body(console)
    except MachizuError as problem:
        answer = Answer(problems=[problem])
    except OSError as problem:
        answer = Answer(problems=[of_system(problem)])
    except (BrokenExecutor, MemoryError):
        answer = Answer(problems=[_out_of_memory()])
    except KeyboardInterrupt:
        console.note("interrupted")
        sys.exit(INTERRUPTED)
    sys.exit(tell(command, console, answer))


def tell(command: str, console: Console, answer: Answer) -> int:
    """Say an answer, to people or to a program, and return the exit code."""
    code = worst([*answer.exit_codes, *(problem.exit_code for problem in answer.problems)])
    if answer.text and not console.as_json:
        console.say(answer.text)
    for problem in answer.problems:
        console.err.write(problem.in_language(console.lang) + "\n")
    if console.as_json:
        errors = [problem.told(console.lang) for problem in answer.problems]
        console.answer({"command": command, "ok": code == 0, "exit": code, "result": answer.result, "errors": errors})
    return code


def worst(codes: Sequence[int]) -> int:
    """Return the exit code that stands for several.

    >>> worst([0, 1, 4]), worst([5, 3]), worst([0])
    (4, 3, 0)
    """
    return min(codes, key=_ORDER.index, default=0)


def _out_of_memory() -> OutsideError:
    return OutsideError(
        "メモリが足りないため、途中で止まりました。公開中のものは変わっていません。",
        "The memory did not suffice and the work stopped; what is public has not changed.",
        fix_ja="ほかのプログラムを閉じるか、データセットを1つずつ指定して、もう一度実行してください。",
        fix_en="Close other programs, or name one dataset at a time, and run it again.",
        code="memory",
    )
