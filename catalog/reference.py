"""Reference: a definition's word that values stand in another dataset of the town, shaped as Table Schema's foreignKeys.

https://specs.frictionlessdata.io/table-schema/#foreign-keys, with a dataset in the place of a resource.
"""

from pydantic import model_validator

from catalog.strict import Model


class Referenced(Model):
    """The other dataset, and its columns in the same order."""

    dataset: str
    fields: tuple[str, ...]


class Reference(Model):
    """Columns whose values together must stand in one row of the other dataset."""

    fields: tuple[str, ...]
    reference: Referenced

    @model_validator(mode="after")
    def _as_many(self) -> "Reference":
        if not self.fields or len(self.fields) != len(self.reference.fields):
            raise ValueError("references: as many fields must be named on both sides, at least one")
        return self
