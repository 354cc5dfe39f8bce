"""A page that stands alone: no script, no request, every text in it escaped. The producing side's door to its templates."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def stand_alone(template: Path, **values: object) -> str:
    """Render one template file; a value that it names and is not given is an error."""
    environment = Environment(
        loader=FileSystemLoader(template.parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template.name).render(values)
