"""Known limits of a release in words: what somebody must know before using it. No path, no person, and no cell value but names
of areas that the tables of two periods show for themselves.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import shapely

from catalog.dataset import Dataset
from catalog.evidence import grade
from catalog.suppression import MARK, Suppression
from catalog.text import Text
from gis.layer import CRS
from publish.checking.breaks import Break
from publish.disclosure.suppression import Suppressed
from publish.packing.contents import Contents

_BREAKS = 5
"""Changes of names that are told one by one."""


def limits(
    contents: Contents, period: str = "", *, suppressed: Suppressed | None = None, breaks: Sequence[Break] = ()
) -> Iterator[Text]:
    """Yield the sentences; `period` is the newest one of a series, which completeness counts, `breaks` its changes of names."""
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
    yield from _breaks(contents.dataset, breaks)
    if suppressed is not None:
        if _below(suppressed.terms, "ja"):
            yield _hidden(suppressed)
        if suppressed.terms.cells:
            yield _hidden_cells(suppressed.terms)
    yield from _places(contents)
    yield from _marks(contents.dataset)


def _breaks(dataset: Dataset, breaks: Sequence[Break]) -> Iterator[Text]:
    """Tell the newest changes of names first: all of them stand in the tables of the two periods."""
    key = Text(ja="・".join(dataset.key), en=", ".join(dataset.field(name).title_en for name in dataset.key))
    for one in list(reversed(breaks))[:_BREAKS]:
        between = f"{one.before.label('en')} and {one.after.label('en')}"
        yield Text(
            ja=f"{one.before.label('ja')}と{one.after.label('ja')}では{key.ja}が違います({one.sides('ja')})。{one.guesses('ja')}",
            en=f"{key.en} differs between {between} ({one.sides('en')}). {one.guesses('en')}".rstrip(),
        )
    if len(breaks) > _BREAKS:
        yield Text(
            ja=f"それより前にも、{key.ja}の変わった期間が{len(breaks) - _BREAKS}回あります。",
            en=f"{key.en} differs between earlier periods, too ({len(breaks) - _BREAKS} times).",
        )


def _hidden_cells(terms: Suppression) -> Text:
    return Text(
        ja=f"{terms.cells}より小さい数と、それを計算でわからなくするための数を「{MARK}」にしています。",
        en=f"Numbers below {terms.cells}, and others that would tell them, are marked {MARK}.",
    )


def _hidden(suppressed: Suppressed) -> Text:
    terms = suppressed.terms
    if not suppressed.areas:
        return Text(
            ja=f"{_below(terms, 'ja')}の地域があれば内訳を伏せますが、いまはありません。",
            en=f"The breakdown of areas with {_below(terms, 'en')} would be hidden; there is none now.",
        )
    return Text(
        ja=f"{_below(terms, 'ja')}の地域は、個人がわからないように内訳を伏せ、近くの地域に加えています"
        f"(すべての期間で{suppressed.areas}地域、「{MARK}」は全部で{suppressed.cells}個)。どこに加えたかは「{terms.note}」にあります。"
        "一度伏せた地域は、前後の表との差からわからないように、しばらく続けて伏せます。",
        en=f"The breakdown of areas with {_below(terms, 'en')} is hidden and added to a neighbour, so that nobody can be "
        f"recognised (areas: {suppressed.areas}, cells marked {MARK}: {suppressed.cells}, in all periods); the remarks say to "
        "which. What was hidden once stays hidden for a while, so that no difference between tables tells it.",
    )


def _below(terms: Suppression, lang: str) -> str:
    persons, households = terms.below_persons, terms.below_households if terms.households else 0
    if lang == "ja":
        return "または".join([f"{persons}人未満"] * (persons > 0) + [f"{households}世帯未満"] * (households > 0))
    return " or ".join([f"fewer than {persons} people"] * (persons > 0) + [f"{households} households"] * (households > 0))


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
