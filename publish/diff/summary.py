"""A diff told: the counts on the first line, then some of the rows; as text in the reader's language, or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from catalog.message import LANGUAGES, render
from catalog.site.period import Period
from publish.diff.periods import period_of
from publish.diff.periods_line import LOCALE, periods_line
from publish.diff.rows import CellChange, Diff

_FIELDS = 10
"""Columns whose completeness the text names: those that changed most."""
_ROWS = 20
"""Rows of each kind that the text names; the JSON names all that the diff holds."""


def first_line(diff: Diff, lang: str) -> str:
    """Return the counts in one line; of a series, which months or years came, went or are corrected.

    >>> first_line(Diff(added=("1", "2"), changed=("3",)), "ja")
    '追加2・変更1・削除0・移動0件'
    """
    if diff.first:
        return _say("first", lang, added=len(diff.added))
    if diff.periods:
        return periods_line(diff.periods, lang)
    if not any(diff.counts.values()) and not diff.columns_added and not diff.columns_removed:
        return _say("none", lang)
    return _say("counts", lang, **diff.counts, metres=_most(diff, lang))


def tell(diff: Diff, lang: str) -> str:
    """Return the whole text: counts, the headline, changed columns, changed quality, and up to twenty rows of each kind."""
    lines = [first_line(diff, lang), *headline(diff, lang), *_columns(diff, lang), *_quality(diff, lang)]
    return "\n".join([*lines, *_rows(diff.told, lang)])


def headline(diff: Diff, lang: str) -> Iterator[str]:
    """Give the sentence for the newsletter, where the series has one."""
    if diff.headline:
        yield _say("headline", lang, sentence=diff.headline.sentence(lang))


def as_json(diff: Diff) -> dict[str, Any]:
    """Return the diff as JSON: counts of all rows, and the rows that the diff holds one by one."""
    return {
        "first": diff.first,
        "counts": diff.counts,
        "columns": {"added": list(diff.columns_added), "removed": list(diff.columns_removed)},
        "quality": {
            "completeness": [{"field": one.field, "before": one.before, "after": one.after} for one in diff.quality.fields],
            "rules": [{"code": one.code, "before": one.before, "after": one.after} for one in diff.quality.rules],
        },
        "added": [_named(diff, name) for name in diff.added[: len(diff.titles)]],
        "removed": [_named(diff, name) for name in diff.removed[: len(diff.titles)]],
        "changed": [
            {**_named(diff, cell.id), "field": cell.field, "before": cell.before, "after": cell.after} for cell in diff.cells
        ],
        "moved": [{**_named(diff, move.id), "metres": round(move.metres, 1)} for move in diff.moved],
        "periods": [asdict(one) for one in diff.periods],
        "headline": {lang: diff.headline.sentence(lang) for lang in LANGUAGES} if diff.headline else None,
    }


def _named(diff: Diff, name: str) -> dict[str, str]:
    return {"id": name, "title": diff.titles.get(name, "")}


def _most(diff: Diff, lang: str) -> str:
    if not diff.moved:
        return ""
    furthest = _metres(max(move.metres for move in diff.moved))
    return _say("metres-one" if len(diff.moved) == 1 else "metres-most", lang, metres=furthest)


def _metres(metres: float) -> str:
    """Return whole metres, decimetres below ten: 12, 0.4."""
    return f"{metres:.0f}" if metres >= 9.95 else f"{metres:.1f}"


def _columns(diff: Diff, lang: str) -> Iterator[str]:
    for name, columns in (("columns-added", diff.columns_added), ("columns-removed", diff.columns_removed)):
        if columns:
            yield _say(name, lang, columns="、".join(columns) if lang == "ja" else ", ".join(columns))


def _quality(diff: Diff, lang: str) -> Iterator[str]:
    for one in diff.quality.fields[:_FIELDS]:
        yield _say("filled", lang, field=one.field, before=one.before, after=one.after)
    yield from _more(len(diff.quality.fields) - _FIELDS, lang)
    for rule in diff.quality.rules:
        name = "rule-new" if rule.before is None else "rule-gone" if rule.after is None else "rule"
        yield _say(name, lang, title=rule.title[lang], before=rule.before, after=rule.after)


def _rows(diff: Diff, lang: str) -> Iterator[str]:
    if diff.first:
        return
    yield from _listed("added", diff, diff.added, lang)
    yield from _listed("removed", diff, diff.removed, lang)
    shown = diff.cells[:_ROWS]
    yield from (_cell(diff, cell, lang) for cell in shown)
    yield from _more(len(diff.changed) - len({cell.id for cell in shown}), lang)
    for move in diff.moved[:_ROWS]:
        yield _say("moved", lang, row=_row(diff, move.id, lang), metres=_metres(move.metres))
    yield from _more(len(diff.moved) - _ROWS, lang)


def _listed(name: str, diff: Diff, ids: Sequence[str], lang: str) -> Iterator[str]:
    yield from (_say(name, lang, row=_row(diff, id_, lang)) for id_ in ids[:_ROWS])
    yield from _more(len(ids) - _ROWS, lang)


def _cell(diff: Diff, cell: CellChange, lang: str) -> str:
    row = _row(diff, cell.id, lang)
    if not cell.field:
        return _say("placed" if cell.after else "unplaced", lang, row=row)
    return _say("cell", lang, row=row, field=cell.field, before=cell.before, after=cell.after)


def _more(count: int, lang: str) -> Iterator[str]:
    if count > 0:
        yield _say("more", lang, count=count)


def _row(diff: Diff, id_: str, lang: str) -> str:
    title = diff.titles.get(id_, "")
    if diff.periods:
        return f"{Period.parse(period_of(id_)).label(lang)} {title or id_.partition('/')[2]}"
    return f"{id_} {title}" if title else id_


def _say(name: str, lang: str, **values: object) -> str:
    return render(LOCALE, name, lang, **values)
