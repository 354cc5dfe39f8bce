"""Pages from Jinja2 templates: everything escaped, nothing undefined, no script and no style inside the page."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.web.texts import day, size, tel
from catalog.describing.vocabularies import LICENCES

if TYPE_CHECKING:
    from api.web.visit import Visit

FOLDER = Path(__file__).resolve().parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["day"] = day
    environment.filters["size"] = size
    environment.filters["tel"] = tel
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["ld_json"] = ld_json
    return environment


def render(visit: "Visit", template: str, values: Mapping[str, object]) -> str:
    """Return the page; templates see the visit's `t`, `url`, `static`, `lang`, `town` beside the values.

    Every page has a `section` to ask (the first, unless the page is about another's data), a `nav` entry and the `licence`.
    """
    shared = {
        "visit": visit,
        "t": visit.t,
        "url": visit.url,
        "static": visit.static,
        "lang": visit.lang,
        "town": visit.town,
        "section": visit.town.section_of(""),
        "licence": LICENCES[visit.town.licence],
        "nav": "",
        "plain_title": False,
    }
    return _environment().get_template(template).render({**shared, **values})


def ld_json(value: object) -> Markup:
    """Return JSON for a data block of a page; no `<` is left in it, so that no text of the data can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
