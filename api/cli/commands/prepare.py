"""machizu prepare: makes anew what the site serves from (search, features, map) out of the releases."""

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run


def prepare(town: Town = HERE, lang: Lang = None, as_json: Json = False) -> None:
    """Rebuild `site/prepared/`; nothing public changes."""

    def body(console: Console) -> Answer:
        from publish.releasing.prepared import prepare_all
        from publish.releasing.prepared_map import prepare_map
        from publish.town_folder import open_town

        folder = open_town(town)
        made = prepare_all(folder.site)
        prepare_map(folder.site)
        return Answer(console.text("prepare.done", count=len(made)), {"prepared": len(made)})

    run("prepare", lang, as_json, body)
