"""Headline: the one number of a series that a town tells its residents, and the sentence for the newsletter.

It is worked out when a release is packed and stands in its datapackage.json; whoever shows it only writes the sentence.
"""

from collections.abc import Mapping
from typing import Any

from catalog.errors import OutsideError
from catalog.site.period import Period
from catalog.strict import Model, parse
from catalog.text import Text


class Figure(Model):
    """The sum of the headline column over all rows of one period ("2026-06" or "2026")."""

    period: str
    value: int


class Headline(Model):
    """The newest period's figure and that of the period before it, None where there is none."""

    field: Text
    unit: str = ""
    now: Figure
    before: Figure | None = None

    def sentence(self, lang: str) -> str:
        """Return what the newsletter prints.

        >>> people = Headline(field=Text(ja="総人口", en="Population"), unit="人", now=Figure(period="2026-06", value=25412))
        >>> people.sentence("ja"), people.sentence("en")
        ('総人口 25,412人', 'Population 25,412')
        >>> people.model_copy(update={"before": Figure(period="2026-05", value=25430)}).sentence("ja")
        '総人口 25,412人 (前月比 −18)'
        """
        said = f"{self.field[lang]} {self.now.value:,}{self.unit if self.field[lang] == self.field.ja else ''}"
        if self.before is None:
            return said
        change = signed(self.now.value - self.before.value)
        since = _since(Period.parse(self.before.period), Period.parse(self.now.period))
        return f"{said} ({since.ja} {change})" if since[lang] == since.ja else f"{said} ({change} {since.en})"


def headline_of(descriptor: Mapping[str, Any]) -> Headline | None:
    """Read the headline of a datapackage.json; None where there is none; OutsideError when it is damaged."""
    found = descriptor.get("machizu", {}).get("headline")
    return parse(Headline, found, "datapackage.json", OutsideError) if found else None


def signed(change: int) -> str:
    """Return a difference with its sign, as it is printed.

    >>> signed(-1234), signed(5), signed(0)
    ('−1,234', '+5', '±0')
    """
    return f"{change:+,}".replace("-", "\u2212") if change else "±0"


def _since(before: Period, now: Period) -> Text:
    """Return what the change is measured from: the month or year before by its word, any other by its name."""
    if before.following != now:
        return Text(ja=f"{before.label('ja')}比", en=f"since {before.label('en')}")
    return Text(ja="前月比", en="from the month before") if now.month else Text(ja="前年比", en="from the year before")
