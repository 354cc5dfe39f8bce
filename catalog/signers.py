"""Signers: who may approve a publication where two persons must, their deputies, and how long an approval holds."""

from pydantic import Field as Key
from pydantic import model_validator

from catalog.strict import Model


class Signers(Model):
    """`[signers]` of machizu.toml. Names are those of offices (企画課長) rather than of persons: in April these stay."""

    names: tuple[str, ...] = ()
    deputies: dict[str, tuple[str, ...]] = {}
    """Name → who may sign in their place."""
    days: int = Key(14, ge=1, le=366)
    """Days after which an approval that was not used is none any more."""

    @model_validator(mode="after")
    def _deputies_stand_for_signers(self) -> "Signers":
        unknown = [name for name in self.deputies if name not in self.names]
        if unknown:
            raise ValueError(f"deputies names {unknown[0]!r}, who is not among names")
        return self

    @property
    def everybody(self) -> tuple[str, ...]:
        """Signers and deputies, each once, in the order of the file."""
        return tuple(dict.fromkeys((*self.names, *(name for group in self.deputies.values() for name in group))))

    def roles_of(self, who: str) -> frozenset[str]:
        """Return the signers for whom somebody may sign: themselves, and those whose deputy they are; empty for others."""
        own = {who} & set(self.names)
        return frozenset(own | {name for name, group in self.deputies.items() if who in group})
