"""Text: what a definition, a page or a finding says, in the two languages that everything has."""

from catalog.strict import Model


class Text(Model):
    """One sentence or title in the two languages a definition must carry."""

    ja: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.ja if lang in ("ja", "easy") else self.en
