"""machizu verify: re-hashes every public file here, and with --url from outside as everybody gets it."""

from typing import Annotated

import typer

from api.cli.console import Console
from api.cli.options import HERE, Json, Lang, Town
from api.cli.running import Answer, run


def verify(
    town: Town = HERE, url: Annotated[str, typer.Option("--url")] = "", lang: Lang = None, as_json: Json = False
) -> None:
    """Verify; exit 1 when something is not as it was published."""

    def body(console: Console) -> Answer:
        from publish.releasing.outside import verify_outside
        from publish.releasing.verifying import verify as look
        from publish.town_folder import open_town

        found = [look(open_town(town).path)]
        if url:
            found.append(verify_outside(town / "site", url))
        problems = [problem for one in found for problem in one.problems]
        notes = [note.sentence(console.lang) for one in found for note in one.notes]
        counts = {"releases": found[0].releases, "files": found[0].files}
        first = console.text("verify.bad") if problems else console.text("verify.good", **counts)
        lines = [first, *(problem.sentence(console.lang) for problem in problems), *notes]
        result = {**counts, "problems": [problem.sentence(console.lang) for problem in problems], "notes": notes}
        return Answer("\n".join(lines), result, exit_codes=[1] if problems else [])

    run("verify", lang, as_json, body)
