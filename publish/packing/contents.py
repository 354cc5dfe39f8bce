"""Contents: what the files of one release hold, before any format is chosen: published rows, their ids and places, and
what has to be said about them in every file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from catalog.code_list import CodeList
from catalog.dataset import Dataset
from catalog.describing.vocabularies import LICENCES
from catalog.text import Text
from catalog.town import Town
from gis.layer import Layer
from publish.disclosure.gate import Class
from publish.disclosure.marks import blank_marks


@dataclass(frozen=True, slots=True)
class Contents:
    """N rows. Of a series: the newest period; the tables of the other periods are CSV files of their own."""

    dataset: Dataset
    town: Town | None
    """None where a file is converted outside of a town: nobody publishes it, and under no licence."""
    cells: pa.Table
    """utf8 columns named and ordered as `dataset.published`."""
    layer: Layer | None
    ids: Sequence[str]
    cls: Class
    as_of: str
    code_lists: Mapping[str, CodeList]
    withheld: Sequence[str] = ()
    """Columns in which the mark of suppression may stand."""

    @property
    def numbers(self) -> pa.Table:
        """The cells with a blank where a number is hidden: for formats whose columns hold nothing but numbers."""
        return blank_marks(self.cells, self.withheld)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.cells.num_rows)

    @property
    def stem(self) -> str:
        """File name without suffix: 全国地方公共団体コード and dataset, as the national list of data sets prescribes."""
        return f"{self.town.code}_{self.dataset.id}" if self.town else self.dataset.id

    @property
    def types(self) -> dict[str, str]:
        """Table Schema type of each column."""
        return {field.name: field.type for field in self.dataset.published}

    @property
    def notices(self) -> tuple[Text, ...]:
        """What every file must say: the town's notice (e.g. that it is invented) and the dataset's caveat."""
        return tuple(text for text in (self.town.site.notice if self.town else None, self.dataset.caveat) if text)

    def asks_for(self, format_: str) -> bool:
        """Say whether the definition names this further format."""
        return format_ in self.dataset.formats

    @property
    def about(self) -> dict[str, object]:
        """What a file that can carry metadata says of itself."""
        said: dict[str, object] = {
            "title": self.dataset.title.model_dump(),
            "publisher": self.town.full_name if self.town else "",
            "as_of": self.as_of,
            "licence": LICENCES[self.town.licence].url.ja if self.town else "",
            "notices": [notice.model_dump() for notice in self.notices],
        }
        return said if self.town else {key: value for key, value in said.items() if value}
