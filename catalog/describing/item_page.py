"""The item definition as a page of Markdown, Japanese and English together: for docs/datasets and `machizu datasets ID -o`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from catalog.code_list import Code
from catalog.describing.items import CLASSES, LOCAL, PERIODS, PERSONAL, PLACES, REQUIREMENTS, Item, ItemDefinition
from catalog.describing.vocabularies import FREQUENCIES
from catalog.text import Text

_SPECIAL = re.compile(r"([\\|*\[\]`<>])")


def item_page(definition: ItemDefinition) -> str:
    """Return the page: what the table is, its items, values, evidence of the marks, and other headings that are read."""
    parts = [
        f"# {_both(definition.title)}",
        plain(definition.description.ja),
        plain(definition.description.en),
        *([f"> {plain(definition.caveat.ja)}  \n> {plain(definition.caveat.en)}"] if definition.caveat else []),
        _table(("", ""), _facts(definition)),
        "## 項目 · Items",
        _table(_ITEM_HEADINGS, (_item(definition, item) for item in definition.items)),
        *_values(definition.items),
        *_evidence(definition),
        *_headings(definition.items),
    ]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    r"""Return text of a definition so that Markdown shows it as it stands, on one line.

    >>> plain("a|b\n<c>")
    'a\\|b \\<c\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


_ITEM_HEADINGS = ("", "項目名 · Item", "区分 · Need", "型と書き方 · Type and form", "説明 · Description")


def _facts(definition: ItemDefinition) -> Iterator[tuple[str, str]]:
    standard = definition.standard
    name = plain(standard.called())
    yield "番号 · Number", definition.number or _both(LOCAL)
    yield "ID", f"`{definition.id}`"
    yield "準拠する標準 · Standard", f"[{name}]({standard.url})" if standard.url else name
    yield "更新 · Updated", _both(FREQUENCIES[definition.frequency])
    if definition.period:
        yield "期間 · Periods", _both(PERIODS[definition.period])
    yield "行を決める項目 · Key", "、".join(plain(name) for name in definition.key) or "–"
    yield "場所 · Place", _both(PLACES[definition.place])
    yield "公開区分 · Class", _both(CLASSES[definition.cls])
    if definition.reason:
        yield "理由 · Reason", _lines(definition.reason)


def _item(definition: ItemDefinition, item: Item) -> tuple[str, ...]:
    note = definition.note(item)
    need = [f"{_both(REQUIREMENTS[item.requirement])}{f' ({note})' if note else ''}"]
    if not item.published:
        need.append("公開しない · not published")
    if item.personal != "none":
        need.append(_both(PERSONAL[item.personal]))
    name = (f"**{plain(item.name)}**", f"`{item.key}`", plain(item.title_en))
    form = [_both(item.kind), *map(_both, item.limits)]
    if item.codes:
        form.append("値の表から · one of the values below")
    return str(item.number), "<br>".join(name), "<br>".join(need), "<br>".join(form), _lines(item.description)


def _values(items: Sequence[Item]) -> Iterator[str]:
    """Yield each list of values once, under the names of all items that draw from it."""
    lists = dict.fromkeys(item.codes for item in items if item.codes)
    if lists:
        yield "## 値 · Values"
    for codes in lists:
        yield f"### {'、'.join(plain(item.name) for item in items if item.codes == codes)}"
        yield _table(("値 · Value", "意味", "やさしい日本語", "Meaning"), map(_code, codes))


def _code(code: Code) -> tuple[str, ...]:
    return plain(code.value), plain(code.label.ja), plain(code.easy), plain(code.label.en)


def _evidence(definition: ItemDefinition) -> Iterator[str]:
    if definition.evidence:
        yield "## 区分の根拠 · Evidence of the marks"
        yield "\n".join(f"{number}. {plain(text)}" for number, text in enumerate(definition.evidence, 1))


def _headings(items: Sequence[Item]) -> Iterator[str]:
    rows = [item for item in items if item.aliases or item.old]
    if rows:
        yield "## 読みかえる見出し · Other headings that are read"
        headings = ("項目名 · Item", "前の推奨データセット · Older standard", "ほかの表 · Other tables")
        yield _table(headings, ((plain(item.name), _list(item.old), _list(item.aliases)) for item in rows))


def _list(names: Iterable[str]) -> str:
    return "、".join(map(plain, names))


def _both(text: Text) -> str:
    return " · ".join(dict.fromkeys((plain(text.ja), plain(text.en))))


def _lines(text: Text) -> str:
    return f"{plain(text.ja)}<br>{plain(text.en)}"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (f"| {' | '.join(row)} |" for row in (headings, ["---"] * len(headings), *rows))
    return "\n".join(lines)
