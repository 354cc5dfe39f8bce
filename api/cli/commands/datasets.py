"""machizu datasets: what the town has, lacks and is late with; and the item definition (データ項目定義) of one dataset."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town, now
from api.cli.running import Answer, run
from catalog.describing.item_value import item_value
from catalog.describing.items import item_definition
from catalog.errors import UsageError
from catalog.library import read_library
from catalog.town import FILE


def datasets(
    dataset: Annotated[str, typer.Argument(metavar="[ID]")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    town: Town = HERE,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Tell how every dataset stands, list the definitions outside a town, or print one."""

    def body(console: Console) -> Answer:
        here = town if (town / FILE).is_file() else None
        if dataset:
            return _one(dataset, here, output, console)
        if output:
            raise UsageError(
                "-o で書き出すのは、1種類のデータ項目定義です。",
                "-o writes the item definition of one dataset.",
                fix_ja="例: machizu datasets aed -o aed.csv",
                fix_en="For example: machizu datasets aed -o aed.csv",
            )
        return _town(here, console) if here else _shelf(console)

    run("datasets", lang, as_json, body)


def _one(dataset: str, town: Path | None, output: Path | None, console: Console) -> Answer:
    from api.cli.item_text import item_text, write_items

    library = read_library(town)
    definition = item_definition(library.find(dataset), library.code_lists)
    if output is None:
        return Answer(item_text(definition, console), item_value(definition))
    write_items(definition, output)
    done = console.text("datasets.written", output=output, count=len(definition.items))
    return Answer(done, {**item_value(definition), "output": str(output)})


def _town(town: Path, console: Console) -> Answer:
    from api.cli.listing import town_text
    from api.cli.standing import standings, summary, value

    found = standings(town, now())
    result = {"summary": summary(found), "datasets": [value(one, console) for one in found]}
    return Answer(town_text(found, console), result)


def _shelf(console: Console) -> Answer:
    from api.cli.listing import shelf_text, shelf_value

    library = read_library()
    return Answer(shelf_text(library, console), shelf_value(library))
