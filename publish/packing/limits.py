"""Known limits of a release in words: what somebody must know before using it. No cell value, no path, no person."""

from collections import Counter
from collections.abc import Iterator

import shapely

from catalog.dataset import Dataset
from catalog.evidence import grade
from catalog.text import Text
from gis.layer import CRS
from publish.packing.contents import Contents


def limits(contents: Contents, period: str = "") -> Iterator[Text]:
    """Yield the sentences; `period` is the newest one of a series, which completeness counts."""
    if contents.dataset.caveat:
        yield contents.dataset.caveat
    if contents.cls == "view":
        yield Text(
            ja="地図で見ることだけができます。表としての提供はしていません。",
            en="Only to be seen on the map; not offered as a table.",
        )
    if period:
        yield Text(
            ja=f"項目ごとの記入は、いちばん新しい期間({period})の表について数えています。",
            en=f"Completeness is counted for the newest period ({period}).",
        )
    yield from _places(contents)
    yield from _marks(contents.dataset)


def _places(contents: Contents) -> Iterator[Text]:
    geometry, layer = contents.dataset.geometry, contents.layer
    if geometry is None:
        return
    missing = contents.rows if layer is None else int(shapely.is_missing(layer.geometries).sum())
    if missing:
        yield Text(
            ja=f"{contents.rows}件のうち{missing}件は位置が分からず、地図に出ません。",
            en=f"{missing} of {contents.rows} rows have no known place and are not on the map.",
        )
    if layer is not None and layer.source_crs != CRS:
        yield Text(
            ja=f"位置は、元の座標系({layer.source_crs})から日本測地系2011の緯度・経度に直しています。",
            en=f"Positions were transformed from {layer.source_crs} to longitude and latitude of JGD2011.",
        )
    yield _POINT if geometry.kind == "point" else _SHAPE


_POINT = Text(
    ja="位置は代表する1点です。建物や敷地の広がり、入口の場所は表しません。",
    en="A place is one representative point; it shows neither the extent of a building or site nor its entrance.",
)
_SHAPE = Text(
    ja="位置の正確さは、元になった図面によります。境界の確定や測量には使えません。",
    en="Positions are as exact as the drawings they come from: not for surveying, nor for determining boundaries.",
)


def _marks(dataset: Dataset) -> Iterator[Text]:
    grades = Counter(grade(field.evidence) for field in dataset.published)
    if grades["inferred"]:
        yield Text(
            ja=f"必須・推奨・任意の区分のうち{grades['inferred']}項目は、公式の項目定義書で確かめられず、古い版などから推定したものです。",
            en=f"Required, recommended or optional: the marks of {grades['inferred']} published fields were inferred from "
            "older or similar sheets, as the official one could not be seen.",
        )
    if grades["unseen"]:
        yield Text(
            ja=f"必須・推奨・任意の区分のうち{grades['unseen']}項目は、国の印を確かめられていません。",
            en=f"Required, recommended or optional: the national marks of {grades['unseen']} published fields are not known.",
        )
