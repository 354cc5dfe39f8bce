"""The shelf of definitions: ours under `datasets/`, a town's own beside its settings overriding by file name."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from catalog.code_list import CodeList, read_code_list
from catalog.dataset import Dataset, Field
from catalog.errors import DefinitionError, UsageError, did_you_mean
from catalog.item import Items, read_items, written_out
from catalog.memo import Memo
from catalog.strict import parse
from catalog.yaml_text import read_yaml

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "definitions"
"""Inside the wheel; in a checkout the folder `datasets/` at the root is used instead."""


def shipped_folder() -> Path:
    """Return the folder of the definitions that come with machizu."""
    return _SHIPPED if _SHIPPED.is_dir() else _HERE.parent / "datasets"


_RESERVED = frozenset({"map"})
"""`site/prepared/map` holds the composed map beside the folders of the datasets."""


class Library(Mapping[str, Dataset]):
    """Definitions by id, in the order national, local, the town's own."""

    def __init__(self, datasets: Mapping[str, Dataset], code_lists: Mapping[str, CodeList]) -> None:
        self._datasets = dict(datasets)
        self.code_lists = dict(code_lists)
        self.memo = Memo()

    def __getitem__(self, key: str) -> Dataset:
        return self._datasets[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._datasets)

    def __len__(self) -> int:
        return len(self._datasets)

    def find(self, dataset: str) -> Dataset:
        """Return a definition by id; UsageError with the nearest id when there is none."""
        if dataset in self._datasets:
            return self._datasets[dataset]
        hint_ja, hint_en = did_you_mean(dataset, self._datasets)
        raise UsageError(
            f"「{dataset}」という種類のデータはありません。{hint_ja}",
            f"There is no dataset {dataset!r}.{hint_en}",
            fix_ja="一覧は machizu datasets で見られます。",
            fix_en="See the list with: machizu datasets.",
            code="unknown-dataset",
        )


def read_library(town: Path | None = None) -> Library:
    """Read every definition; the town's own `datasets/*.yaml` override ours by file name."""
    ours = _shipped()
    if town is None or not (town / "datasets").is_dir():
        return ours
    code_lists = {**ours.code_lists, **_code_lists(town / "datasets" / "codes")}
    own = {path.stem: read_dataset(path, code_lists) for path in sorted((town / "datasets").glob("*.yaml"))}
    return Library({**ours, **own}, code_lists)


@cache
def _shipped() -> Library:
    folder = shipped_folder()
    code_lists = _code_lists(folder / "codes")
    paths = [*sorted((folder / "national").glob("*.yaml")), *sorted((folder / "local").glob("*.yaml"))]
    return Library({path.stem: read_dataset(path, code_lists) for path in paths}, code_lists)


def _code_lists(folder: Path) -> dict[str, CodeList]:
    return {path.stem: read_code_list(path) for path in sorted(folder.glob("*.yaml"))}


@cache
def shared_items() -> Items:
    """Return the shared items that come with machizu; a town's own definitions take them too."""
    return read_items(shipped_folder() / "items")


def read_dataset(path: Path, code_lists: Mapping[str, CodeList]) -> Dataset:
    """Read one definition: shared items written out, every coded field with the values of its code list as `enum`.

    A blank cell needs no mention among the values. DefinitionError says what is wrong where.
    """
    definition = written_out(read_yaml(path, DefinitionError), shared_items(), path.name)
    dataset = parse(Dataset, definition, path.name, DefinitionError)
    if dataset.id != path.stem:
        raise DefinitionError(f"{path.name}: id が「{dataset.id}」です。", f"{path.name}: its id is {dataset.id!r}.")
    if dataset.id in _RESERVED:
        raise DefinitionError(
            f"{path.name}: 「{dataset.id}」という id は使えません。",
            f"{path.name}: the id {dataset.id!r} is reserved.",
            fix_ja="ほかの名前にしてください。",
            fix_en="Choose another name.",
        )
    return dataset.model_copy(update={"fields": tuple(_with_codes(field, code_lists, path.name) for field in dataset.fields)})


def _with_codes(field: Field, code_lists: Mapping[str, CodeList], file: str) -> Field:
    if field.codes is None:
        return field
    if field.codes not in code_lists:
        raise DefinitionError(
            f"{file}: 「{field.name}」のコード表「{field.codes}」がありません。",
            f"{file}: the code list {field.codes!r} of {field.name!r} does not exist.",
        )
    values = tuple(value for value in code_lists[field.codes].values if value)
    constraints = field.constraints.model_copy(update={"enum": values})
    return field.model_copy(update={"constraints": constraints})
