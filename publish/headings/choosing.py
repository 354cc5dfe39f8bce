"""Choosing: which definition a file is, by its headings, its name and the kind of its geometry; or that none fits."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.code_list import CodeList
from catalog.dataset import BODY_CODE, BODY_NAME, Dataset
from catalog.folding import heading_key
from catalog.library import Library
from gis.geometry import KINDS, from_wkb, type_ids
from publish.headings.dating import dated_outside
from publish.headings.evidence import by_values, is_coded, sample
from publish.headings.matching import BY_HEADING, Match, Words, match, spoken, vocabularies
from publish.headings.refusing import lacking, turned, undecided
from publish.parsers.code_alias import code_reader
from publish.parsers.name_date import date_in_name
from publish.table.table import RawTable

OURS = frozenset({BODY_CODE, BODY_NAME, "municipality_code"})
"""Keys of what is filled from the town's settings; a file need not have them."""
COMMON = {
    *("全国地方公共団体コード", "地方公共団体名", "市区町村コード"),
    *("ID", "名称", "名称_カナ", "名称_英字", "名称_英語", "所在地_全国地方公共団体コード", "町字ID", "所在地_連結表記"),
    *("所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下", "建物名等(方書)", "緯度", "経度", "高度の種別"),
    *("高度の値", "設置位置", "電話番号", "内線番号", "連絡先メールアドレス", "連絡先FormURL", "連絡先備考（その他、SNSなど）"),
    *("郵便番号", "法人番号", "団体名", "利用可能曜日", "開始時間", "終了時間", "利用開始時間", "利用終了時間"),
    *("利用可能日時特記事項", "利用可能時間特記事項", "URL", "画像", "画像_ライセンス", "備考"),
}
"""Items that all facility tables of the national standard share: they say that it is a facility, not of which kind."""
_TECHNICAL = re.compile(
    r"(?:fid|objectid|gid|id_?\d*|item\d+|sauid|saupdate|saangle|sasize|sasymbolno|shape_\w+)", re.IGNORECASE
)
_ENOUGH = 0.5
_NEARLY_ALL = 0.8
_SEVERAL = 2
_TURNED = 4
"""Headings one below the other that are no chance."""
_TITLE = 60
"""Letters of a line above the headings that can be a title; a longer one explains something."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """How well a definition fits a file."""

    dataset: Dataset
    matches: tuple[Match, ...]
    joined: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    """Required fields that nothing fills."""
    contradicted: bool
    """True when a required column of codes holds no code at all."""
    hint: float
    """How much of the name of file or sheet, or of the title, speaks for it, 0 to 1."""
    share: float
    """Share of the columns with content that have a field."""

    telling: bool
    """True when headings occur that no other definition and not every facility table has, or a column of its own codes."""
    together: bool
    """True when no other definition has all the headings that are not those of every facility table."""

    @property
    def score(self) -> float:
        """For comparing candidates of one file."""
        return 3 * self.hint + 2 * self.share - len(self.missing)

    @property
    def fits(self) -> bool:
        """True when headings or the file's name speak for it, and what is required is there (or most of the rest)."""
        if self.contradicted:
            return False
        if self.missing:
            return self.share >= _ENOUGH and (self.hint >= _ENOUGH or (self.telling and self.share >= _NEARLY_ALL))
        if self.together and self.share >= _NEARLY_ALL:
            return True
        return self.hint > 0 or (self.telling and self.share >= _ENOUGH)


def weigh(raw: RawTable, name: str, dataset: Dataset, library: Library) -> Candidate:
    """Return how well one definition fits a file that has been read."""
    lists = library.code_lists
    found, joined = match(raw.cells.column_names, dataset, library)
    matches = by_values(found, raw, dataset, lists, date_in_name(name))
    speaking = [one for one in matches if not _TECHNICAL.fullmatch(one.heading)]
    hits = sum(1 for one in speaking if one.field) + len(joined)
    share = hits / (len(speaking) + len(joined)) if speaking or joined else 0.0
    contrary = {one.field for one in matches if _contradicts(raw, one, dataset, lists)}
    dated = dated_outside(raw, name, dataset, matches)
    missing = tuple(field for field in _missing(name, dataset, matches, contrary, lists) if field not in dated)
    against = not contrary.isdisjoint(missing)
    hint = 1.0 if _is_layer(raw, dataset) else max(_hint(said, dataset, lists) for said in (name, *_titles(raw)))
    own = [one for one in matches if one.field and one.field not in COMMON and one.sure != "guess"]
    coded = any(is_coded(sample(raw, one.heading), dataset.field(one.field), lists) for one in own)
    rivals = _rivals(raw, dataset, library)
    telling, together = coded or _telling(own, hits, rivals), _together(own, rivals)
    return Candidate(dataset, matches, joined, missing, against, hint, share, telling, together)


def _missing(
    name: str, dataset: Dataset, matches: tuple[Match, ...], contrary: set[str], lists: Mapping[str, CodeList]
) -> tuple[str, ...]:
    """Return the required fields that no column, no name and no setting of the town fills."""
    filled = {field for one in matches if one.why != "double" for field in (one.field, *one.fields)} - contrary
    filled |= {field.code_of for field in dataset.fields if field.code_of and field.name in filled}
    required = [field.name for field in dataset.fields if field.constraints.required and field.key not in OURS]
    return tuple(field for field in required if field not in filled and not named(_stem(name), dataset, field, lists))


def _contradicts(raw: RawTable, one: Match, dataset: Dataset, lists: Mapping[str, CodeList]) -> bool:
    """Say whether a column of codes holds texts of which none is a code (最低敷地面積 under 用途地域)."""
    codes = lists.get(dataset.field(one.field).codes or "") if one.field else None
    if codes is None:
        return False
    samples = sample(raw, one.heading)
    return bool(samples) and not any(map(code_reader(codes), samples))


def _rivals(raw: RawTable, dataset: Dataset, library: Library) -> list[Words]:
    """Return the words of every other definition that a file with such geometry can be.

    Plots of farmland and their pins have the same columns; areas and points tell them apart.
    """
    kind = geometry_kind(raw)
    known = vocabularies(library).items()
    return [words for name, words in known if name != dataset.id and _can_be(library[name], kind)]


def _telling(own: Sequence[Match], matched: int, rivals: Sequence[Words]) -> bool:
    """Say whether headings speak for one definition alone: a word of its own, or two of its aliases.

    One alias (担当課, 対象) among many headings of any facility may be chance; it counts where it is half of all that matched.
    A heading that is only known by its values (位置 over pairs of coordinates) says nothing: any facility has a place.
    """
    said = [one for one in own if one.why in BY_HEADING]
    alone = [one for one in said if not any(heading_key(one.heading) in words for words in rivals)]
    certain = any(one.sure == "certain" for one in alone)
    return certain or len(alone) >= _SEVERAL or (bool(alone) and 2 * len(alone) >= matched)


def _together(own: Sequence[Match], rivals: Sequence[Words]) -> bool:
    """Say whether several headings stand together in one definition only, though each may stand in others too."""
    words = {heading_key(one.heading) for one in own}
    return len(words) > _SEVERAL and not any(words <= known.keys() for known in rivals)


def named(stem: str, dataset: Dataset, field: str, lists: Mapping[str, CodeList]) -> str:
    """Return the value of a coded field that a file's name itself is (商業地域.shp), "" when it is none."""
    codes = lists.get(dataset.field(field).codes or "")
    reading = code_reader(codes)(stem) if codes else None
    return reading.text if reading else ""


def choose(raw: RawTable, name: str, library: Library) -> Candidate:
    """Return the definition that fits a file best; NoKind when none fits, saying what is lacking."""
    kind = geometry_kind(raw)
    ranked = sorted(
        (weigh(raw, name, dataset, library) for dataset in library.values() if _can_be(dataset, kind)),
        key=lambda one: -one.score,
    )
    fitting = [one for one in ranked if one.fits]
    if fitting and (len(fitting) == 1 or fitting[0].score - fitting[1].score > 0.1):
        return fitting[0]
    if fitting:
        raise undecided(name, [one.dataset for one in fitting[:4]]).of(raw)
    if _is_turned(raw, spoken(library)):
        raise turned(name).of(raw)
    near = next((one for one in ranked if one.hint > 0), None)
    raise lacking(name, raw.cells.column_names, near.dataset if near else None, near.missing if near else ()).of(raw)


def _is_turned(raw: RawTable, words: Collection[str]) -> bool:
    """Say whether the first column holds what definitions call their columns: each row is a column of the table."""
    heading = raw.cells.column_names[0] if raw.cells.num_columns > 1 else ""
    texts = [heading, *sample(raw, heading)] if heading else []
    known = sum(heading_key(text) in words for text in texts)
    return known >= _TURNED and 2 * known >= len(texts)


def _can_be(dataset: Dataset, kind: str) -> bool:
    spec = dataset.geometry
    if spec is None or spec.source == "join":
        return not kind
    return kind in ("", spec.kind) if spec.source == "columns" else kind == spec.kind


def geometry_kind(raw: RawTable) -> str:
    """Return point, line or polygon by the first geometry of a file, "" when it has none."""
    if raw.geometry is None:
        return ""
    first = type_ids(from_wkb(raw.geometry.drop_null().slice(0, 1))[0]).tolist()
    return next((kind for kind, ids in KINDS.items() if first and first[0] in ids), "")


def _is_layer(raw: RawTable, dataset: Dataset) -> bool:
    """Say whether a file's layer is called what a standard calls this dataset (uro:WaterPipe)."""
    layers = dataset.geometry.layers if dataset.geometry else ()
    return any(part.sheet in layers for part in raw.parts)


def _titles(raw: RawTable) -> list[str]:
    """Return what the table is called inside its file: the sheet's name, and short lines above the headings."""
    sheets = [part.sheet for part in raw.parts if part.sheet]
    return sheets + [aside.text for aside in raw.asides if aside.reason == "title" and len(aside.text) <= _TITLE]


def _hint(name: str, dataset: Dataset, lists: Mapping[str, CodeList]) -> float:
    """Return how strongly a path speaks for a definition: its id, a piece of its title, or a value of a required code."""
    text = unicodedata.normalize("NFKC", name)
    if re.search(rf"(?<![A-Za-z]){dataset.id}(?![A-Za-z])", text.lower()):
        return 1.0
    words = [word for word in re.split(r"[・()]|一覧", unicodedata.normalize("NFKC", dataset.title.ja)) if len(word) >= 2]
    words += [dataset.portal_tag] if dataset.portal_tag else []
    for field in dataset.fields:
        if field.constraints.required and field.codes in lists:
            words += [value for value in lists[field.codes or ""].values if len(value) >= 4]
    longest = max((len(word) for word in words if unicodedata.normalize("NFKC", word) in text), default=0)
    return min(longest, 6) / 6


def _stem(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
