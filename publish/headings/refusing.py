"""Refusing: the sentence for a file of which no definition, or more than one, can be said."""

from collections.abc import Sequence

from catalog.dataset import Dataset
from catalog.errors import UnusableSource
from publish.table.table import RawTable

_LISTED = 8


class NoKind(UnusableSource):
    """A file that was read, but of which nobody can say what kind of data it is; `raw` is the file as read."""

    raw: RawTable | None = None

    def of(self, raw: RawTable) -> "NoKind":
        """Return the refusal with what was read of the file, so that its rows can be accounted for all the same."""
        self.raw = raw
        return self


def undecided(name: str, datasets: Sequence[Dataset]) -> NoKind:
    """Return the refusal of a file that fits several definitions equally."""
    listed_ja = "、".join(f"{one.title.ja}({one.id})" for one in datasets)
    listed_en = ", ".join(f"{one.title.en} ({one.id})" for one in datasets)
    return NoKind(
        f"{name} がどの種類のデータか決められません(候補 {listed_ja})。",
        f"Which kind of data {name} is cannot be decided (candidates: {listed_en}).",
        fix_ja=f"うしろに --as と種類を付けてください(例 --as {datasets[0].id})。",
        fix_en=f"Say which: add --as and its name (such as --as {datasets[0].id}).",
        code="which-dataset",
    )


def turned(name: str) -> NoKind:
    """Return the refusal of a file whose headings stand one below the other in the first column."""
    return NoKind(
        f"{name} は、見出しが左の列に縦に並んでいるようです。1件を1行に書いた表だけを読めます。",
        f"The headings of {name} seem to stand in its first column, one below the other; each thing must be a row.",
        fix_ja="表をコピーし、「形式を選択して貼り付け」の「行/列の入れ替え」で貼り付けて、保存し直してください。",
        fix_en="Copy the table, paste it with “Paste Special”, “Transpose”, and save it again.",
        code="rows-and-columns",
    )


def lacking(name: str, headings: Sequence[str], near: Dataset | None, missing: Sequence[str], *, said: bool = False) -> NoKind:
    """Return the refusal of a file that fits nothing, or that lacks what the definition it resembles requires.

    `said`: staff named the definition themselves.
    """
    if near is None:
        return _fits_nothing(name, headings)
    wanted = "、".join(missing)
    ja, en = _has(name, headings)
    return NoKind(
        f"{ja}。「{near.title.ja}」に必要な項目({wanted})が読み取れません。",
        f"{en}; what {near.title.en} requires ({wanted}) is not there.",
        fix_ja=f"{wanted} の列があるファイルを受け取り直してください。"
        + ("" if said else "種類が違うときは、うしろに --as と種類を付けてください(例 --as aed)。"),
        fix_en=f"Ask for a file with a column for {wanted}."
        + ("" if said else " If it is another kind of data, add --as and its name (such as --as aed)."),
        code="no-fitting-heading",
    )


def _fits_nothing(name: str, headings: Sequence[str]) -> NoKind:
    ja, en = _has(name, headings)
    return NoKind(
        f"{ja}。これに合う種類のデータがありません。",
        f"{en}; no kind of data fits.",
        fix_ja="種類が分かっていれば、うしろに --as と種類を付けてください(例 --as aed)。種類の一覧: machizu datasets。"
        "それが見出しでなくデータなら、上に見出しの行を足してください。",
        fix_en="See the kinds with: machizu datasets. If you know which it is, add --as and its name (such as --as aed). "
        "If that row holds data and no headings, put a row of headings above it.",
        code="no-fitting-heading",
    )


def _has(name: str, headings: Sequence[str]) -> tuple[str, str]:
    listed_ja = "、".join(headings[:_LISTED]) + (" など" if len(headings) > _LISTED else "")
    listed_en = ", ".join(headings[:_LISTED]) + (" …" if len(headings) > _LISTED else "")
    if not headings:
        return f"{name} には列が1つもありません", f"{name} has no column at all"
    if len(headings) <= 2:
        return f"{name} には列が {listed_ja} しかありません", f"{name} has only {listed_en}"
    return f"{name} の見出しは {listed_ja} です", f"The headings of {name} are {listed_en}"
