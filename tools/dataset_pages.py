"""The pages of docs/datasets: the shelf (README.md), and the item definition of every dataset that comes with machizu.

tools/editor_schema.py writes them together with its own; the item definition itself is what `machizu datasets ID` shows.
"""

from collections.abc import Iterator
from pathlib import Path

from catalog.coverage import GENERATED, Coverage, Line, coverage, read_national_list
from catalog.describing.item_page import item_page, plain
from catalog.describing.items import CLASSES, LOCAL, PLACES, item_definition
from catalog.library import Library, read_library
from catalog.text import Text

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "datasets"
_BACK = "\n[データの一覧 · All datasets](README.md)\n"


def made() -> dict[Path, str]:
    """Return every page with the text it must have."""
    library = read_library()
    pages = {name: item_page(item_definition(dataset, library.code_lists)) for name, dataset in library.items()}
    shelf = {FOLDER / "README.md": _shelf(library)}
    return shelf | {FOLDER / f"{name}.md": page + _BACK for name, page in pages.items()}


def _shelf(library: Library) -> str:
    national = read_national_list()
    lines = coverage(library)
    defined = len({line.number for line in lines.national if line.dataset or line.generated})
    return "\n".join(
        [
            "# データの種類 · Datasets",
            "",
            f"国の{lines.numbers()}種類のうち{defined}種類の項目の定義です。残りは、列の仕様を確かめられるまで想像で書きません。",
            "",
            f"machizu knows the items of {defined} of the {lines.numbers()} national datasets. The others are not invented:"
            " they are listed with the reason.",
            "",
            "この一覧は `datasets/` から作られます。町のフォルダーでは `machizu datasets` が、公開しているもの、",
            "まだのもの、遅れているものを伝えます。",
            "",
            "Made from `datasets/`; in a town folder, `machizu datasets` tells what is public, lacking and late.",
            "",
            f"## [{national.name.ja}]({national.url}) {national.version} · {national.name.en}",
            "",
            "| 番号 · No. | データ · Dataset | ID | 項目 · Items | 場所 · Place | 冊 · Book |",
            "| --- | --- | --- | --- | --- | --- |",
            *(_national(line, library) for line in lines.national),
            "",
            *_reasons(lines),
            f"## {LOCAL.ja} · {LOCAL.en}",
            "",
            "国が列を決めていない表です。もっとも近い国の仕様に合わせています。",
            "",
            "Tables whose columns no national standard prescribes. They follow the nearest national specification.",
            "",
            "| データ · Dataset | ID | 項目 · Items | 場所 · Place | 公開区分 · Class |",
            "| --- | --- | --- | --- | --- |",
            *(_local(line, library) for line in lines.local),
            "",
        ]
    )


def _national(line: Line, library: Library) -> str:
    book = line.entry.book if line.entry else ""
    if not line.dataset:
        unknown = "確認できていません · not known" if line.status == "unknown" else "–"
        return _row(line.number, _title(line.title), "", unknown, "", book)
    return _row(line.number, *_known(line, library), book)


def _local(line: Line, library: Library) -> str:
    return _row(*_known(line, library), _title(CLASSES[library[line.dataset].disclosure.cls]))


def _known(line: Line, library: Library) -> tuple[str, ...]:
    dataset = library[line.dataset]
    place = PLACES[dataset.geometry.kind] if dataset.geometry else Text(ja="–", en="–")
    page = f"[`{line.dataset}`]({line.dataset}.md)"
    return _title(line.title), page, str(len(dataset.fields)), _title(place)


def _reasons(lines: Coverage) -> Iterator[str]:
    """Yield why columns are not known, each reason once with its numbers, and what the list that we make ourselves is."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for line in lines.national:
        if line.status == "unknown" and line.entry and (why := line.entry.unknown):
            reasons.setdefault((why.ja, why.en), []).append(line.number)
    for (ja, en), numbers in reasons.items():
        yield f"- {'・'.join(numbers)}: {ja} · {en}"
    for line in lines.national:
        if line.entry and line.entry.slug == GENERATED:
            yield f"- {line.number}: 公開しているものから machizu が作ります。 · Made by machizu from what is published."
    yield ""


def _title(text: Text) -> str:
    return " · ".join(dict.fromkeys((plain(text.ja), plain(text.en))))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
