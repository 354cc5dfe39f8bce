"""Commands that an answer tells a person to type, ready to copy."""

from publish.answering.answer import Answer
from publish.answering.quoting import quoted
from publish.answering.visible import visible
from publish.answering.words import words

_LONGEST = 1000


def see_all(answer: Answer) -> str:
    """Return the command that tells every finding of a source, "" where it cannot be asked for again or its name be typed."""
    given = (answer.asked, answer.taken_as, answer.town)
    if not answer.asked or any(visible(text, _LONGEST) != text for text in given):
        return ""
    return _command("check", answer.asked, **{"--as": answer.taken_as, "--town": answer.town}) + " --all"


def accept_command(recipe: str, code: str, column: str, town: str, lang: str, *, cell: str = "") -> str:
    """Return the command that accepts warnings of one code; in one column, or in all that have them where none is named.

    `cell`: the one that is meant, of what is accepted one at a time.
    """
    command = _command("accept", recipe, code, **{"--column": column, "--cell": cell, "--town": town})
    return f"{command} --reason {words('option.reason', lang)}"


def show_definition(dataset: str) -> str:
    """Return the command that shows what may stand in every column of a dataset."""
    return _command("datasets", dataset)


def _command(*arguments: str, **options: str) -> str:
    given = [part for name, value in options.items() if value for part in (name, quoted(value))]
    return " ".join(["machizu", *map(quoted, arguments), *given])
