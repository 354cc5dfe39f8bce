"""A link out of the site, as settings and definitions write one: to web addresses only, in both languages."""

from typing import Annotated

from pydantic import StringConstraints

from catalog.strict import Model

WebAddress = Annotated[str, StringConstraints(pattern=r"^(https?://[^\s\"'<>]+)?$")]
"""An address that a page may link to, or nothing: no other scheme, since a browser would execute some."""


class Link(Model):
    """One link with its words."""

    url: Annotated[WebAddress, StringConstraints(min_length=1)]
    ja: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.ja
