"""A page that stands alone: no script, no request, every text in it escaped. The producing side's door to its templates."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def stand_alone(template: Path, **values: object) -> str:
    """Render one template file, which may extend `paper_page.html.j2` (A4, legible, accessible).

    A value that it names and that is not given is an error.
    """
    loader = FileSystemLoader([template.parent, Path(__file__).parent])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(template.name).render(values)
