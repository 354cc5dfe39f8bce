"""Write what editors and readers need of our YAML files: docs/schema/*.schema.json, the tables of docs/definitions.md and
docs/recipes.md, and a page of docs/datasets for every definition.

    python tools/editor_schema.py            write them anew
    python tools/editor_schema.py --check    exit 1 if one of them is stale

What a key means stands once, in docs/schema/keys.yaml, in Japanese and English; shapes come from the models themselves.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from catalog.code_list import CodeList  # noqa: E402
from catalog.dataset import Dataset  # noqa: E402
from catalog.errors import DefinitionError  # noqa: E402
from catalog.item import ItemGroup  # noqa: E402
from catalog.library import read_library, shared_items  # noqa: E402
from catalog.strict import Model  # noqa: E402
from catalog.yaml_text import read_yaml  # noqa: E402
from publish.recipe import Recipe  # noqa: E402
from tools import dataset_pages  # noqa: E402

MODELS: dict[str, type[Model]] = {"dataset": Dataset, "code_list": CodeList, "items": ItemGroup, "recipe": Recipe}
SCHEMAS = ROOT / "docs" / "schema"
PAGES = (ROOT / "docs" / "definitions.md", ROOT / "docs" / "recipes.md")
Json = dict[str, Any]


def main() -> int:
    """Write or compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    wanted = made()
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    left = sorted(set(dataset_pages.FOLDER.glob("*.md")) - set(wanted))
    if check:
        print("\n".join(f"stale: {path.relative_to(ROOT)}" for path in (*stale, *left)) or "editor schema: up to date")
        return 1 if stale or left else 0
    dataset_pages.FOLDER.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(wanted[path], "utf-8", newline="\n")
    for path in left:
        path.unlink()
    return 0


def made() -> dict[Path, str]:
    """Return every generated file with the text it must have."""
    meanings = read_yaml(SCHEMAS / "keys.yaml", DefinitionError)
    schemas = {SCHEMAS / f"{name}.schema.json": _dump(schema(name, meanings)) for name in MODELS}
    return schemas | {path: page(path.read_text("utf-8"), meanings) for path in PAGES} | dataset_pages.made()


def schema(name: str, meanings: dict[str, dict[str, str]]) -> Json:
    """Return the JSON Schema of one kind of file, with the meaning of every key in both languages."""
    model = MODELS[name]
    found = model.model_json_schema(by_alias=True)
    for title, part in {model.__name__: found, **found.get("$defs", {})}.items():
        part.pop("description", None)
        for key, described in part.get("properties", {}).items():
            meaning = meanings[f"{title}.{key}"]
            described["description"] = f"{meaning['ja']} / {meaning['en']}"
    if model is Dataset:
        _let_items_in(found)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_lenient(found)}


def _let_items_in(found: Json) -> None:
    """Let a field be a shared item, by its name alone or with keys beside it: `catalog.item` writes it out before the model."""
    named = {"type": "string", "enum": list(shared_items()), "description": "共通項目 / A shared item, as in datasets/items/"}
    changed = {**found["$defs"]["Field"]["properties"], "item": named}
    beside = {"type": "object", "properties": changed, "required": ["item"], "additionalProperties": False}
    found["properties"]["fields"]["items"] = {"anyOf": [{"$ref": "#/$defs/Field"}, beside, named]}


def _lenient(node: Any) -> Any:
    """Let an unquoted 1 or true stand for text: our reader keeps every scalar as text, an editor does not."""
    if isinstance(node, list):
        return [_lenient(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _lenient(value) for key, value in node.items()}
    if changed.get("const") == "1":
        return {"enum": ["1", 1], **{key: value for key, value in changed.items() if key not in ("const", "type")}}
    if changed.get("type") == "string" and not {"enum", "pattern"} & changed.keys():
        changed["type"] = ["string", "number", "boolean"]
    return changed


def page(text: str, meanings: dict[str, dict[str, str]]) -> str:
    """Return a page with the tables between its markers made anew."""

    def fill(match: re.Match[str]) -> str:
        what = match[1]
        table = shelf() if what == "shelf" else keys(what, meanings)
        return f"<!-- table:{what} -->\n{table}\n<!-- /table -->"

    return re.sub(r"<!-- table:(\w+) -->.*?<!-- /table -->", fill, text, flags=re.DOTALL)


def keys(model: str, meanings: dict[str, dict[str, str]]) -> str:
    """Return the table of one model's keys: name, whether it must be there, meaning in English and Japanese."""
    parts = {name: part for kind in MODELS.values() for name, part in _parts(kind).items()}
    part = parts[model]
    lines = ["| key | | meaning | 意味 |", "|---|---|---|---|"]
    for key in part["properties"]:
        must = "●" if key in part.get("required", ()) else ""
        meaning = meanings[f"{model}.{key}"]
        lines.append(f"| `{key}` | {must} | {_cell(meaning['en'])} | {_cell(meaning['ja'])} |")
    return "\n".join(lines)


def shelf() -> str:
    """Return the table of the definitions that come with machizu."""
    lines = ["| id | title | 題名 | columns | place | class |", "|---|---|---|---|---|---|"]
    for dataset in read_library().values():
        place = dataset.geometry.kind if dataset.geometry else "–"
        title = f"{dataset.title.en} | {dataset.title.ja}"
        page = f"[`{dataset.id}`](datasets/{dataset.id}.md)"
        lines.append(f"| {page} | {title} | {len(dataset.fields)} | {place} | {dataset.disclosure.cls} |")
    return "\n".join(lines)


def _parts(kind: type[Model]) -> dict[str, Json]:
    found = kind.model_json_schema(by_alias=True)
    return {kind.__name__: found, **found.get("$defs", {})}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _dump(found: Json) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
