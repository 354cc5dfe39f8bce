"""machizu datasets: the kinds of table machizu knows, and the item definition (データ項目定義) of one."""

from typing import Annotated, Any

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run
from catalog.dataset import Dataset, Field
from catalog.library import Library, read_library
from catalog.site.pointer import read_pointer
from catalog.town import FILE


def datasets(
    dataset: Annotated[str, typer.Argument(metavar="[ID]")] = "", town: Town = HERE, lang: Lang = None, as_json: Json = False
) -> None:
    """List the definitions, or print one."""

    def body(console: Console) -> Answer:
        library = read_library(town if (town / FILE).is_file() else None)
        if dataset:
            found = library.find(dataset)
            return Answer(_definition(found, console), found.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        return _listing(
            library, {name for name, entry in read_pointer(town / "site").datasets.items() if entry.current}, console
        )

    run("datasets", lang, as_json, body)


def _listing(library: Library, published: set[str], console: Console) -> Answer:
    lines: list[str] = []
    rows: list[dict[str, Any]] = []
    for local in (False, True):
        lines.append(console.text("datasets.local" if local else "datasets.national"))
        for found in (found for found in library.values() if found.standard.local == local):
            public = found.id in published
            mark = console.text("datasets.public") if public else "　　"
            lines.append(f"  {mark} {found.id:22} {found.title[console.lang]}")
            rows.append({"id": found.id, "title": found.title.model_dump(), "local": local, "public": public})
    lines.append(console.text("datasets.more"))
    return Answer("\n".join(lines), {"datasets": rows})


def _definition(dataset: Dataset, console: Console) -> str:
    lang = console.lang
    standard = " ".join(part for part in (dataset.standard.name, dataset.standard.version) if part)
    lines = [
        f"{dataset.title[lang]} ({dataset.id})",
        dataset.description[lang],
        console.text("datasets.standard", standard=standard),
    ]
    lines += [_item(number, field, console) for number, field in enumerate(dataset.fields, 1)]
    return "\n".join(lines)


def _item(number: int, field: Field, console: Console) -> str:
    about = field.description[console.lang].replace("\n", " ")
    codes = "/".join(code or "-" for code in field.constraints.enum or ())
    name = field.name if console.lang == "ja" else f"{field.name} ({field.title_en})"
    parts = [console.text(f"requirement.{field.requirement}"), console.text(f"type.{field.type}"), about, codes[:80]]
    return f"{number:3} {name}: " + " · ".join(part for part in parts if part)
