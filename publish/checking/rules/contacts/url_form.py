"""A cell for a web address that holds something else."""

import re
from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, Rows, findings, rows_that
from publish.checking.meaning import fields, having, is_address_of_web
from publish.checking.octets import Octets
from publish.checking.rule import Use
from publish.checking.searching import Searched
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "url-form"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="ホームページのアドレスではありません",
    en="Not a web address",
)
MESSAGE = Text(
    ja="{column}「{value}」は、開くことのできるアドレスの形ではありません。",
    en="{column} “{value}” is not an address that can be opened.",
)
FIX = Text(
    ja="{likely}「https://」から始まるアドレスを一つだけ書いてください。言葉は備考の列へ移し、ないときは空にしてください。",
    en="{likely}Write one address that begins with “https://”; move words to a remark, leave it blank if there is none.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_address_of_web)

_ADDRESS = re.compile(r"https?://(?:[^\s@/?#]+@)?(?P<host>[^\s/?#:@]+)(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}\.?|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|xn--[a-z0-9-]+", re.IGNORECASE
)
_USUAL = r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?\.)+[A-Za-z]{2,30}(?::[0-9]{1,5})?(?:[/?#][!-+\--:<-~]*)?"
"""RE2: nearly all addresses, of which nothing has to be asked."""
_NEXT = re.compile(r"[,;、，；]\s*https?://", re.IGNORECASE)
"""Where a second address begins; one inside another (an archive's) follows a slash or an equals sign."""
_FEW = 100
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+/")
_PLAIN = bytes(set(range(0x21, 0x7F)) - set(b",;"))
"""What may follow the first slash of an address."""
_INSIDE = re.compile(r"https?://[!-;=?-~]+", re.IGNORECASE)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of web addresses (RFC 3986; a host has a dot). Whether a page answers is not asked."""
    for field in fields(table.dataset, is_address_of_web):
        wrong = rows_that(table, field.name, lambda text: not can_be_opened(text), _doubtful)
        yield from findings(table, wrong, CODE, SEVERITY, field=field.name, values=partial(_values, table, field.name))


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than that the text is no address, or not of the pattern."""
    return frozenset((code, field.name) for field in fields(dataset, is_address_of_web) for code in ("type-string", "pattern"))


def can_be_opened(text: str) -> bool:
    """Say whether a text is one http address whose host has a dot; a Japanese domain or path is one too.

    >>> list(map(can_be_opened, ["https://example.jp/a?b=c#d", "HTTP://example.jp", "https://日本語.jp/施設"]))
    [True, True, True]
    >>> list(map(can_be_opened, ["https://a.jp/,https://b.jp/", "https://a.jp/1、https://b.jp/", "https://a.jp/?u=http://b.jp,c"]))
    [False, False, True]
    >>> list(map(can_be_opened, ["www.example.jp", "https://example", "https:// example.jp", "a@example.jp", "なし"]))
    [False, False, False, False, False]
    """
    found = _ADDRESS.fullmatch(text)
    return found is not None and bool(_HOST.fullmatch(found["host"])) and not _NEXT.search(text)


def likely(text: str) -> str:
    """Return the one address that stands between words, or nothing.

    >>> likely("詳しくは http://example.jp/a へ"), likely("http://a.jp、http://b.jp"), likely("なし")
    ('http://example.jp/a', '', '')
    """
    found = [one for one in _INSIDE.findall(text) if can_be_opened(one)]
    return found[0] if len(found) == 1 else ""


def _doubtful(texts: pa.StringArray) -> Rows:
    """Return the positions of what is neither blank nor an address of one site, as nearly all of a column are, nor usual."""
    site = _SITE.match(next((text for text in texts[:_FEW].to_pylist() if text), ""))
    if not site or not can_be_opened(site[0]) or Octets.of(texts).data.tobytes().translate(None, _PLAIN):
        return Searched(texts).unlike(_USUAL)
    others = np.flatnonzero(~np.asarray(pc.starts_with(texts, site[0]), bool))
    return others[Searched(texts.take(pa.array(others))).unlike(_USUAL)]


def _values(table: Table, field: str, row: int) -> Mapping[str, str]:
    return {"nearest": likely(Column.of(table, field).text(row))}
