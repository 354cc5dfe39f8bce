"""Addressing: a heading as a recipe writes it to the heading as the file has it."""

from collections.abc import Iterable

from catalog.errors import RecipeError, did_you_mean
from catalog.folding import heading_key


class Addresses:
    """The headings of a source, found exactly or by their key (widths, spaces and brackets make no difference)."""

    def __init__(self, headings: Iterable[str], file: str) -> None:
        self.headings = tuple(headings)
        self._file = file
        self._by_key: dict[str, list[str]] = {}
        for heading in self.headings:
            self._by_key.setdefault(heading_key(heading), []).append(heading)

    def find(self, heading: str) -> str | None:
        """Return the file's own heading, or None when it has none like it."""
        if heading in self.headings:
            return heading
        found = self._by_key.get(heading_key(heading), [])
        return found[0] if len(found) == 1 else None

    def get(self, heading: str, where: str) -> str:
        """Return the file's own heading; RecipeError naming file, the recipe's entry and the nearest heading."""
        found = self.find(heading)
        if found is not None:
            return found
        hint_ja, hint_en = did_you_mean(heading, self.headings)
        listed = "、".join(self.headings[:12])
        raise RecipeError(
            f"{self._file} に「{heading}」という見出しがありません(recipe の {where})。{hint_ja}",
            f"{self._file} has no heading {heading!r} (recipe: {where}).{hint_en}",
            fix_ja=f"recipe の見出しをファイルに合わせてください。ファイルの見出しは {listed} です。",
            fix_en=f"Make the recipe's heading agree with the file. Its headings are: {listed}.",
            code="unknown-heading",
        )
