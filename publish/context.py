"""Context: what a rule may know beside the table. Clock and neighbours enter here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog.library import Library
from catalog.town import Town
from publish.table.table import Table


@dataclass(frozen=True, slots=True)
class Context:
    """The town (None outside a town folder), today, the last release's table, the town's other tables by dataset id.

    `others` reads a table when a rule asks for it (`publish.others`), because few rules do; it is empty outside a town.
    """

    town: Town | None
    today: date
    library: Library
    previous: Table | None = None
    others: Mapping[str, Table] = field(default_factory=dict)

    @property
    def fast(self) -> bool:
        """Whether what is provably valid passes without frictionless, as everywhere but where the town decided otherwise."""
        return self.town is None or self.town.check.fast
