"""Series: a dataset that is a table per month or year, its one long table beside them, and the number that stands for it."""

from typing import Any, Literal

from catalog.strict import Model

COLUMN, KEY = "期間", "period"
"""Name and ASCII key of the column by which the long table tells its periods apart; no field of a series has either."""


class Series(Model):
    """One table per period; the newest is also published without suffix."""

    period: Literal["month", "year"]
    headline: str = ""
    """The column of whole numbers whose sum over all rows is told in one sentence (総人口); empty: none is."""

    @property
    def column(self) -> dict[str, str]:
        """Return how Table Schema describes the period: "2026-06" is a yearmonth, "2026" a year."""
        month = self.period == "month"
        return {
            "name": COLUMN,
            "type": "yearmonth" if month else "year",
            "title": "Period",
            "description": "どの月の表か。西暦のYYYY-MM。" if month else "どの年の表か。西暦のYYYY。",
            "machizu:key": KEY,
        }

    def long_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the Table Schema of the long table: the period first, also in the key."""
        key = {"primaryKey": [COLUMN, *schema["primaryKey"]]} if "primaryKey" in schema else {}
        return {**schema, "fields": [self.column, *schema["fields"]], **key}
