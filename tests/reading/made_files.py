"""Text files as offices make them, with what stands in every cell of them; the same ones in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

HEADINGS = ("名称", "名称_カナ", "住所", "緯度", "経度", "備考")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp")
NEWLINES = ("\r\n", "\n", "\r", "mixed")
DELIMITERS = (",", ",", ",", "\t", ";", "|")
QUOTINGS = ("few", "all", "spaced")
_NAMES = (
    "みほん会館",
    "中央ホール",
    "さくら公園",
    "市役所",
    "①番館",
    "㈱みほん",
    "Ａ棟",
    "表の家",
    "ソ連坂",
    "～とおり～",
    "―",
    "十文字∥",
)
_WINDOWS = ("髙橋医院", "山﨑ビル", "德永邸")
_KANA = ("ﾐﾎﾝｶｲｶﾝ", "ﾁｭｳｵｳﾎｰﾙ", "サクラコウエン", "ｼﾔｸｼｮ", "ﾊﾟｰｸ", "")
_PLACES = ("見本市栄町１－２", "見本市本町3-4", "見本市 北 5", "")
_REMARKS = (
    "",
    "",
    "2階",
    "夜間は\n使えません",
    '通称"旧館"',
    "月;火;水",
    "A|B",
    "土足可, 禁煙",
    "  前後に空白 ",
    "0123",
    "1e5",
    "―",
    "'80年代",
)
_NOTES = ("※ 夜間は使えません", "出典: 見本市", "注: 概数です")


@dataclass
class Made:
    """One file: its bytes, how it was made, and what is to be read of it."""

    data: bytes
    ways: dict[str, object]
    rows: dict[int, list[str]] = field(default_factory=dict)
    """Row as a spreadsheet counts → cells from column A, without the blank ones at the end."""
    asides: dict[int, str] = field(default_factory=dict)
    """Row → why it is no row of the table."""
    heading: int = 1


def made(count: int, seed: int) -> Iterator[Made]:
    """Yield that many files; every pair of ways meets often."""
    chance = random.Random(seed)
    for number in range(count):
        ways: dict[str, object] = {
            "encoding": ENCODINGS[number % len(ENCODINGS)],
            "newline": chance.choice(NEWLINES),
            "delimiter": chance.choice(DELIMITERS),
            "quoting": chance.choice(QUOTINGS),
            "said": chance.random() < 0.2,
            "comments": chance.choice((0, 0, 2)),
            "titles": chance.choice((0, 0, 1, 3)),
            "notes": chance.choice((0, 0, 2)),
            "blanks": chance.random() < 0.3,
            "ragged": chance.choice(("", "", "short", "long")),
            "phantom rows": chance.choice((0, 0, 30)),
            "phantom columns": chance.choice((0, 0, 3)),
            "end": chance.choice(("newline", "none", "ctrl-z")),
            "rows": chance.choice((1, 3, 12, 40)),
        }
        yield _file(ways, chance)


def _file(ways: dict[str, object], chance: random.Random) -> Made:
    file = Made(b"", ways)
    records = [*_above(file), list(HEADINGS)]
    file.heading = len(records)
    for _ in range(int(str(ways["rows"]))):
        if ways["blanks"] and chance.random() < 0.2:
            file.asides[len(records) + 1] = "blank"
            records.append([""] * len(HEADINGS))
        records.append(_row(ways, chance))
        file.rows[len(records)] = _without_blanks(records[-1])
    for note in chance.sample(_NOTES, int(str(ways["notes"]))):
        file.asides[len(records) + 1] = "note"
        records.append([note])
    file.data = _bytes(records, ways, chance)
    return file


def _above(file: Made) -> list[list[str]]:
    comments = [["#lang", "ja"], ["# 見本市 オープンデータ"]][: int(str(file.ways["comments"]))]
    titles = [["施設一覧"], ["", "", "", "令和8年4月1日現在"], [""]][: int(str(file.ways["titles"]))]
    above = [*comments, *titles]
    reasons = ["comment"] * len(comments) + ["title", "title", "blank"][: len(titles)]
    file.asides.update(dict(enumerate(reasons, start=1)))
    return above


def _row(ways: dict[str, object], chance: random.Random) -> list[str]:
    names = _NAMES if ways["encoding"] == "euc_jp" else _NAMES + _WINDOWS
    place = [f"{chance.uniform(34, 35):.6f}", f"{chance.uniform(135, 136):.6f}"]
    row = [chance.choice(names), chance.choice(_KANA), chance.choice(_PLACES), *place, chance.choice(_REMARKS)]
    if ways["ragged"] == "short" and chance.random() < 0.3:
        return row[:5]
    if ways["ragged"] == "long" and chance.random() < 0.1:
        return [*row, "はみ出し"]
    return row


def _without_blanks(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def _bytes(records: list[list[str]], ways: dict[str, object], chance: random.Random) -> bytes:
    delimiter = str(ways["delimiter"])
    wide = len(HEADINGS) + int(str(ways["phantom columns"]))
    records = [row + [""] * (wide - len(row)) if ways["phantom columns"] else row for row in records]
    records = [*records, *[[""] * wide for _ in range(int(str(ways["phantom rows"])))]]
    lines = [delimiter.join(_cell(cell, place, ways, chance) for place, cell in enumerate(row)) for row in records]
    if ways["said"]:
        lines.insert(0, f"sep={delimiter}")
    ends = [_end(line, str(ways["newline"]), chance) for line in lines]
    text = "".join(line + end for line, end in zip(lines, ends, strict=True))
    if ways["end"] == "none" and not ways["phantom rows"]:
        text = text.rstrip("\r\n")
    return _encoded(text + ("\x1a" if ways["end"] == "ctrl-z" else ""), str(ways["encoding"]))


def _end(line: str, newline: str, chance: random.Random) -> str:
    if newline != "mixed":
        return newline
    return chance.choice(NEWLINES[:3]) if line else "\r\n"  # a line feed alone would belong to the return before it


def _cell(cell: str, place: int, ways: dict[str, object], chance: random.Random) -> str:
    quoted = '"' + cell.replace('"', '""') + '"'
    needed = any(one in cell for one in '"\n\r' + str(ways["delimiter"]))
    if ways["quoting"] == "spaced" and place and cell and (needed or chance.random() < 0.5):
        return " " + quoted
    return quoted if needed or (ways["quoting"] == "all" and cell) else cell


def _encoded(text: str, encoding: str) -> bytes:
    if encoding != "euc_jp":
        return text.encode(encoding)
    return text.translate({ord("～"): "〜", ord("∥"): "‖", ord("－"): "−"}).encode("euc_jis_2004")
