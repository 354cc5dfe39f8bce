"""Results of a survey (測量成果): the approval under which a dataset uses them goes wherever its caveat goes.

The caveat stands in the metadata, on the pages, in print and in every file that can carry words; so does the approval, as the
approvals themselves demand (測量法第29, 30, 43, 44条).
"""

from catalog.dataset import Dataset
from catalog.text import Text
from catalog.town import Town


def lacks_statement(dataset: Dataset, town: Town) -> bool:
    """Say whether a dataset is drawn from results of a survey and the town says nothing of an approval."""
    return dataset.survey and dataset.id not in town.survey


def with_approval(dataset: Dataset, town: Town) -> Dataset:
    """Return the definition with the approval in its caveat; as it is where there is none."""
    use = town.survey.get(dataset.id)
    if use is None or not use.approval:
        return dataset
    said = Text(
        ja=f"測量法に基づく承認を得て、測量成果を使用しています(承認番号 {use.approval})。",
        en=f"Uses results of a survey, approved under the Survey Act ({use.approval}).",
    )
    before = dataset.caveat
    caveat = Text(ja=f"{before.ja}{said.ja}", en=f"{before.en} {said.en}") if before else said
    return dataset.model_copy(update={"caveat": caveat})
