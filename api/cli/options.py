"""The options that commands share; their help stands in `locale/` under `option.<name>`."""

from pathlib import Path
from typing import Annotated

import typer

Town = Annotated[Path, typer.Option("--town")]
Lang = Annotated[str | None, typer.Option("--lang")]
Json = Annotated[bool, typer.Option("--json")]
Yes = Annotated[bool, typer.Option("--yes")]
Reason = Annotated[str, typer.Option("--reason")]
Who = Annotated[str, typer.Option("--who")]
BreakLock = Annotated[bool, typer.Option("--break-lock")]
HERE = Path()
