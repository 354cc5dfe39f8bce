"""Proving: after applying, the portal is asked again and every file is read back as a stranger and compared."""

from dataclasses import dataclass

from publish.portal.client import Client
from publish.portal.memory import Placed
from publish.portal.plan import plan
from publish.portal.standing import Standing, standing
from publish.portal.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Proof:
    """How it stands, files whose bytes are not those of the release, and whether anything else differs from what is wanted."""

    stands: Standing | None
    wrong: tuple[str, ...]
    complete: bool

    @property
    def holds(self) -> bool:
        """True when the portal gives to a stranger exactly what was released."""
        return self.complete and not self.wrong


def prove(wanted: Wanted, client: Client, placed: Placed | None) -> Proof:
    """Ask the portal for the package and read back every file that it should have."""
    package = client.package(wanted.name)
    if package is None:
        return Proof(None, (), complete=False)
    stands = standing(package, placed)
    wrong = tuple(
        file.name
        for file in wanted.files
        if file.name in stands.ours and client.download(str(stands.ours[file.name]["url"])) != file.sha256
    )
    return Proof(stands, wrong, plan(wanted, stands, placed).empty)
