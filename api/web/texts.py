"""The words of the pages: `locale/<lang>.yaml`, and `locale/map/<lang>.yaml` for names that begin with map_."""

from pathlib import Path

from catalog.message import render

FOLDER = Path(__file__).resolve().parent / "locale"


def text(name: str, lang: str, /, **values: object) -> str:
    """Return one text in the reader's language; DefinitionError when it is missing (a test sees to that)."""
    return render(FOLDER / "map" if name.startswith("map_") else FOLDER, name, lang, **values)


def day(date: str, lang: str) -> str:
    """Return a date or time of ISO 8601 as people read it; anything else as it is.

    >>> day("2026-04-01", "ja"), day("2026-04-01T09:00:00+09:00", "en"), day("2026-04", "ja"), day("不明", "en")
    ('2026年4月1日', '1 April 2026', '2026年4月', '不明')
    """
    year, _, rest = date[:10].partition("-")
    month, _, day_of_month = rest.partition("-")
    if not (len(year) == 4 and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
        return date
    if lang == "en":
        name = render(FOLDER, "months", "en").split()[int(month) - 1]
        return f"{int(day_of_month)} {name} {year}" if day_of_month.isdecimal() else f"{name} {year}"
    return f"{year}年{int(month)}月" + (f"{int(day_of_month)}日" if day_of_month.isdecimal() else "")


def size(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> size(900), size(12_345), size(3_400_000)
    ('1 KB', '12 KB', '3.4 MB')
    """
    if count < 1_000_000:
        return f"{max(1, round(count / 1000)):,} KB"
    return f"{count / 1_000_000:,.1f} MB"


def tel(number: str) -> str:
    """Return a telephone number as a tel: address dials it.

    >>> tel("(099)999-0001")
    '0999990001'
    """
    return "".join(letter for letter in number if letter in "0123456789+")
