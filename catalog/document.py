"""Document: a JSON file that machizu writes and reads again (catalog.json, staged.json, ids/…), strict and in one form."""

import json
from pathlib import Path
from typing import TypeVar

from catalog.errors import OutsideError
from catalog.strict import Model, parse
from catalog.text import Text

D = TypeVar("D", bound="Document")


class Document(Model):
    """The whole of one such file."""

    def dump(self) -> bytes:
        """Return the bytes to write: the same for the same content."""
        data = self.model_dump(mode="json", by_alias=True)
        return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_document(model: type[D], path: Path, *, code: str = "damaged", fix: Text | None = None) -> D:
    """Read one; OutsideError with `code` and advice when it is damaged, FileNotFoundError when there is none."""
    where = f"{path.parent.name}/{path.name}"
    try:
        data = json.loads(path.read_bytes())
    except ValueError as problem:
        raise OutsideError(
            f"{where} が壊れています。",
            f"{where} is damaged.",
            fix_ja=fix.ja if fix else "",
            fix_en=fix.en if fix else "",
            code=code,
        ) from problem
    return parse(model, data, where, OutsideError)
