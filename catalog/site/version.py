"""Version: 1.0, then +minor when content changes, +major when its shape does; numbers are never reused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.errors import UsageError


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """major.minor; orders as numbers do (1.10 after 1.9)."""

    major: int
    minor: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Read "1.4"; UsageError otherwise."""
        match = re.fullmatch(r"([1-9][0-9]{0,5})\.([0-9]{1,6})", text)
        if not match:
            raise UsageError(f"「{text}」は版の番号ではありません(例: 1.4)。", f"{text!r} is not a version (example: 1.4).")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def next_version(used: Iterable[str], current: str | None, *, shape_changed: bool) -> Version:
    """Return the number after the current one that was never used, also not by withdrawn or rolled-back versions."""
    taken = [Version.parse(text) for text in used]
    if not taken:
        return Version(1, 0)
    newest = max(taken)
    base = Version.parse(current) if current else newest
    if shape_changed:
        return Version(newest.major + 1, 0)
    return Version(base.major, max(v.minor for v in taken if v.major == base.major) + 1)
