"""`?names=ascii`: the same file with the ASCII keys of the definition instead of the national item names, as a stream."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from catalog.dataset import Dataset
from catalog.series import COLUMN, KEY
from catalog.site.release import ReleaseFile

_CHUNK = 1 << 20
_GEOJSON = {"type", "features", "geometry", "properties", "coordinates", "geometries", "id", "bbox"}
"""Members that GeoJSON itself gives a meaning: a column of that name keeps it."""


def renamed(dataset: Dataset, file: ReleaseFile) -> Iterator[bytes] | None:
    """Return the bytes of a CSV or GeoJSON file with ASCII names, or None for any other format."""
    names = {field.name: field.key for field in dataset.published if field.name != field.key}
    if file.name.endswith(".csv"):
        return _csv(file.path, names | ({COLUMN: KEY} if file.all_periods else {}))
    if file.name.endswith(".geojson"):
        return _geojson(file.path, {old: new for old, new in names.items() if old not in _GEOJSON})
    return None


def _csv(path: Path, names: Mapping[str, str]) -> Iterator[bytes]:
    with path.open("rb") as file:
        heading = next(csv.reader([file.readline().decode("utf-8-sig")]))
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(names.get(name, name) for name in heading)
        yield b"\xef\xbb\xbf" + line.getvalue().encode()
        yield from iter(lambda: file.read(_CHUNK), b"")


def _geojson(path: Path, names: Mapping[str, str]) -> Iterator[bytes]:
    # Inside a string every quote is escaped: the bytes `"name":` can only be a member's name.
    keys = {json.dumps(old, ensure_ascii=False).encode() + b":": json.dumps(new).encode() + b":" for old, new in names.items()}
    with path.open("rb") as file:
        yield from replaced(iter(lambda: file.read(_CHUNK), b""), keys)


def replaced(chunks: Iterable[bytes], words: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """Replace words in a stream, also where a word lies across two chunks.

    >>> b"".join(replaced([b"a wo", b"rd, a word"], {b"word": b"name"}))
    b'a name, a name'
    """
    if not words:
        yield from chunks
        return
    pattern = re.compile(b"|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    longest = max(len(word) for word in words)
    rest = b""
    for chunk in chunks:
        rest += chunk
        done, end = _replace_before(rest, max(0, len(rest) - longest), pattern, words)
        yield done
        rest = rest[end:]
    yield pattern.sub(lambda match: words[match[0]], rest)


def _replace_before(text: bytes, cut: int, pattern: re.Pattern[bytes], words: Mapping[bytes, bytes]) -> tuple[bytes, int]:
    """Return the text up to `cut` (or the end of a word that begins before it), replaced, and where it ends."""
    parts, at = [], 0
    for match in pattern.finditer(text):
        if match.start() >= cut:
            break
        parts += [text[at : match.start()], words[match[0]]]
        at = match.end()
    end = max(at, cut)
    return b"".join([*parts, text[at:end]]), end
