"""A build settles first what an interruption left, so that one publish is enough afterwards."""

from pathlib import Path

from hydrant_town import HYDRANTS, SOURCE, Machizu, make_town

from catalog.site.pointer import read_pointer
from publish.releasing.history import Step, append


def test_a_withdrawal_that_was_interrupted_is_finished_before_anything_is_built(tmp_path: Path, machizu: Machizu) -> None:
    town = make_town(tmp_path / "mihon", machizu)
    assert machizu("publish", "--town", town, "--yes").exit == 0
    sequence = read_pointer(town / "site").sequence
    what = {"step": "intent", "kind": "withdraw", "dataset": "fire_hydrant", "versions": ("1.0",), "reason": "誤り"}
    meant = Step.model_validate({"n": sequence + 1, "at": "2026-11-20T09:00:00+09:00", "who": "係", **what})
    append(town, [meant])
    (town / "sources" / SOURCE).write_text(HYDRANTS.replace("75", "150"), "utf-8")
    done = machizu("publish", "--town", town, "--yes")
    assert done.exit == 0, done.err
    entry = read_pointer(town / "site").datasets["fire_hydrant"]
    assert (entry.current, entry.versions["1.0"].withdrawn is not None) == ("1.1", True)
