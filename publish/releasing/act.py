"""Act: who makes a change public, when and why. The clock and the person come from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from publish.releasing.history import Step


@dataclass(frozen=True, slots=True)
class Act:
    """One decision; `document` is the number of the paper that records it."""

    who: str
    now: datetime
    reason: str = ""
    document: str = ""
    account: str = ""
    """The computer's user, beside the name that was typed."""

    @property
    def at(self) -> str:
        """The moment as it is written: ISO 8601 to the second."""
        return self.now.isoformat(timespec="seconds")

    def intent(
        self,
        n: int,
        kind: Literal["publish", "rollback", "withdraw", "explain"],
        dataset: str,
        versions: Sequence[str],
        package: str = "",
        approved: str = "",
    ) -> Step:
        """Return the history line that says what is about to be done."""
        return Step(
            n=n,
            step="intent",
            kind=kind,
            dataset=dataset,
            versions=tuple(versions),
            at=self.at,
            who=self.who,
            reason=self.reason,
            document=self.document,
            package=package,
            approved=approved,
        )


def done(intent: Step) -> Step:
    """Return the history line that ends a step."""
    return intent.model_copy(update={"step": "done"})
