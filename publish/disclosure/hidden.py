"""Hidden matter as it is told: what each kind is called, which stops publication and which is only mentioned."""

from collections.abc import Callable, Iterator, Mapping

from publish.disclosure.beside import table_beside
from publish.disclosure.names.person import person_in
from publish.disclosure.numbers import bank_account, birth_date, mobile_phone, my_numbers
from publish.table.file_facts import Hidden
from publish.table.table import Table

_CALLED = {
    "sheet": ("非表示のシート", "a hidden sheet"),
    "very-hidden": ("Excel の画面では戻せない非表示のシート", "a sheet hidden beyond Excel’s own menu"),
    "rows": ("非表示の行(表の中なら公開されます)", "hidden rows, published where they belong to the table"),
    "columns": ("非表示の列(項目に結びつければ公開されます)", "hidden columns, published where they feed a field"),
    "unseen": ("白い字などの見えないセル", "cells in white or otherwise unseen letters"),
    "comments": ("コメント(メモ)", "comments"),
    "pivot": ("ピボットテーブルの元データ", "the source data of pivot tables"),
    "embedded": ("埋め込まれたファイルやマクロ", "embedded files or macros"),
    "external": ("ほかのファイルから写した値とその場所", "values of other files and their paths"),
    "revision": ("変更の履歴", "a history of changes"),
    "members": ("別の文書", "other documents"),
    "beside": ("見出しのない所にある別の表", "another table under no heading"),
    "outside": ("表の外の個人のことらしいセル", "cells outside the table that look private"),
    "tables": ("地図に出ない別の表", "tables that are no layers"),
}
_HARMLESS = {
    "names": ("名前の定義", "defined names"),
    "properties": ("印刷や文書管理の設定", "settings of printers and document systems"),
    "author": ("作成者などの名前", "the names of its authors"),
    "paths": ("保存した場所の記録", "the folder that it was saved in"),
}
"""What office software writes by itself."""
_NAMED = 5
_BESIDE = frozenset(("title", "comment", "note", "section"))
"""Rows that reading sets aside because they are no rows of the table."""
_OWN: tuple[Callable[[str], object], ...] = (mobile_phone, birth_date, my_numbers, bank_account)
_LIST = 2
"""Names from which on cells outside a table are a list of persons."""


def hidden(table: Table, *, harmless: bool) -> Iterator[tuple[int, Hidden]]:
    """Give by part what its file hides, either what stops publication or what is harmless."""
    kinds = _HARMLESS if harmless else _CALLED
    for number, part in enumerate(table.parts):
        yield from ((number, one) for one in part.facts.hidden if one.kind in kinds)
        if not harmless:
            texts = _outside(table, number)
            found = {"outside": _private(table, number, texts), "beside": table_beside(part, texts)}
            yield from ((number, Hidden(kind, part.sheet, cells)) for kind, cells in found.items() if cells)


def _outside(table: Table, number: int) -> Mapping[str, str]:
    """Return the cells of a part that stand under no heading and in no column of its table."""
    part = table.parts[number]
    headings = table.headings[number] if number < len(table.headings) else {}
    used = {part.columns.get(heading, "") for heading in headings.values()}
    return {cell: text for cell, text in part.facts.outside.items() if cell.rstrip("0123456789") not in used}


def _private(table: Table, number: int, outside: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells and rows outside the table of a part that look private.

    One name is that of whom to ask, in a title or a note; two and more, or a number that is somebody's own, are a list.
    """
    texts = dict(outside)
    texts |= {str(one.row): one.text for one in table.asides if one.part == number and one.reason in _BESIDE and one.text}
    named = [cell for cell, text in texts.items() if person_in(text)]
    own = [cell for cell, text in texts.items() if any(search(text) for search in _OWN)]
    return tuple(dict.fromkeys([*own, *(named if len(named) >= _LIST or own else ())]))


def told(found: Hidden) -> Mapping[str, str]:
    """Return what the sentence names: the kind in both languages, and where the first of it are.

    Places are no part of what is accepted: a comment in another cell is the same kind of matter on the same sheet.
    """
    ja, en = (_CALLED | _HARMLESS)[found.kind]
    listed = ", ".join(found.cells[:_NAMED]) + (" …" if len(found.cells) > _NAMED else "")
    where = ": ".join(text for text in (found.holder, listed) if text)
    return {"what_ja": ja, "what_en": en, "found_cells": where or found.kind}
