"""The words of every code: beside the rule, or in `publish/locale/findings/<code>.yaml` for what other steps find."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from catalog.errors import DefinitionError
from catalog.strict import Model, parse
from catalog.text import Text
from catalog.yaml_text import read_yaml
from publish.checking.rule import rules

FOLDER = Path(__file__).resolve().parents[1] / "locale" / "findings"


class Template(Model):
    """Title, the sentence, what to do. Placeholders: those of `publish.answering.facts` and the finding's values."""

    title: Text
    message: Text
    fix: Text
    alone: Text | None = None
    """What to do with a file that no town's recipe reads, where that is something else."""
    allows: bool = False
    """True where a definition's `rules:` may change the severity."""


@cache
def templates() -> Mapping[str, Template]:
    """Return the words of every code that machizu can find; DefinitionError when a code is used twice."""
    found = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}
    for code, rule in rules().items():
        if code in found:
            raise DefinitionError(f"符号「{code}」が2度使われています。", f"The code {code!r} is used twice.")
        found[code] = Template(title=rule.title, message=rule.message, fix=rule.fix, alone=rule.alone, allows=rule.allows)
    return found


def template(code: str) -> Template:
    """Return the words of one code; DefinitionError when it has none."""
    try:
        return templates()[code]
    except KeyError as problem:
        raise DefinitionError(f"指摘「{code}」の文がありません。", f"There are no words for the finding {code!r}.") from problem


def _read(path: Path) -> Template:
    return parse(Template, read_yaml(path, DefinitionError), f"findings/{path.name}", DefinitionError)
