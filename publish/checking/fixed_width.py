"""Dates and times of fixed width, read as `datetime.strptime` reads them, but for a whole column at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from publish.checking.octets import Bytes, Mask, Octets

Stamps = npt.NDArray[np.int64]
_WIDTH = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_RANGE = {"Y": (1, 9999), "m": (1, 12), "d": (1, 31), "H": (0, 23), "M": (0, 59), "S": (0, 59)}
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True, slots=True)
class Moments:
    """One way of writing: where in the text every literal byte and every number stands."""

    width: int
    literals: Mapping[int, int]
    numbers: Mapping[str, int]

    @classmethod
    def written(cls, form: str) -> "Moments | None":
        """Read a format of `strptime`; None for one that this module does not prove.

        Proven are %Y %m %d %H %M %S, each once, and letters between them, where every number has all its digits: then
        `strptime` has no choice. A day without year and month is left to it, and so is white space.
        """
        literals: dict[int, int] = {}
        numbers: dict[str, int] = {}
        width, signs = 0, iter(form)
        for sign in signs:
            if sign == "%":
                directive = next(signs, "")
                if directive not in _WIDTH or directive in numbers:
                    return None
                numbers[directive] = width
                width += _WIDTH[directive]
            elif sign.isspace():
                return None
            else:
                octets = sign.encode()
                literals |= {width + number: octet for number, octet in enumerate(octets)}
                width += len(octets)
        if not numbers or ("d" in numbers and not {"Y", "m"} <= set(numbers)):
            return None
        return cls(width, literals, numbers)

    def read(self, octets: Octets) -> tuple[Mask, Stamps]:
        """Say which texts are such moments, and give each a number by which they can be compared (0 elsewhere)."""
        accepted, stamps = np.zeros(len(octets.starts), bool), np.zeros(len(octets.starts), np.int64)
        rows = np.flatnonzero(octets.lengths == self.width)
        accepted[rows], stamps[rows] = self._read(octets.square(rows, self.width))
        stamps[~accepted] = 0
        return accepted, stamps

    def _read(self, texts: Bytes) -> tuple[Mask, Stamps]:
        good, stamps = np.ones(len(texts), bool), np.zeros(len(texts), np.int64)
        for position, octet in self.literals.items():
            good &= texts[:, position] == octet
        parts = {}
        for name, width in _WIDTH.items():
            if name in self.numbers:
                part = np.zeros(len(texts), np.int64)
                for position in range(self.numbers[name], self.numbers[name] + width):
                    digit = texts[:, position] - ord("0")
                    good &= digit <= 9
                    part = part * 10 + digit
                least, most = _RANGE[name]
                good &= (part >= least) & (part <= most)
                parts[name] = part
                stamps = stamps * 100 + part
        if "d" in parts:
            good &= parts["d"] <= _last_day(parts["Y"], np.where(good, parts["m"], 1))
        return good, stamps


def _last_day(year: Stamps, month: Stamps) -> Stamps:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return np.asarray(_DAYS[month] + (leap & (month == 2)))
