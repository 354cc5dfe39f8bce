"""The credit line, ready to copy: 「AED設置箇所一覧」（○○町、2026-04-01版）（URL）、CC BY 4.0（URL）.

The form follows the examples of 公共データ利用規約 第1.0版 (出典記載例) with the as-of date of the data.
"""

from catalog.describing.profile import Description


def credit_line(description: Description, lang: str) -> str:
    """Return the credit line of a dataset in Japanese (ja, easy) or English (any other language)."""
    japanese = lang in ("ja", "easy")
    title, page, licence = description.title[lang], description.page[lang], description.licence
    town = description.publisher.name[lang]
    if japanese:
        edition = f"、{description.as_of}版" if description.as_of else ""
        return f"「{title}」（{town}{edition}）（{page}）、{licence.short}（{licence.url[lang]}）"
    edition = f", as of {description.as_of}" if description.as_of else ""
    return f'"{title}" ({town}{edition}) ({page}), {licence.short} ({licence.url[lang]})'
