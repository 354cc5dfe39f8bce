"""Expressions that RE2 answers in place of Python: what it accepts, Python accepts."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.checking.expression import for_re2

PIECES = r"""a b 1 \d \w \s . [ab] [^a] [^\d] [a-c1] \. \- ( (?: ) | * + ? {2} {1,2} {,2} *? ++ ^ $ \b \D (?= (?i) \1 有
    \p{L}"""

TEXTS = st.text("abx1１有無.-\n ", max_size=4)


@pytest.mark.parametrize("pattern", ["[0-9]{6}", "^[A-Z]{2}[0-9]+$", r"\(?\d{2,5}\)?-\d{3}", "有|無", "(?:a|b)*", r"[^<>&]*"])
def test_common_expressions_are_taken_over(pattern: str) -> None:
    assert for_re2(pattern)


@pytest.mark.parametrize(
    "pattern", [r"a{,2}", r"[^\d]", r"\D", r"(?i)a", r"(?=a)b", r"(a)\1", r"a^b", r"a++", r"\bab", r"(a", r"\p{L}"]
)
def test_what_the_two_read_differently_is_left_to_python(pattern: str) -> None:
    assert for_re2(pattern) is None


@settings(max_examples=1_000, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=6),
    st.lists(st.text("abx1１有無.-\n ", max_size=4), min_size=1, max_size=8),
)
def test_whatever_re2_accepts_python_accepts(pieces: list[str], texts: list[str]) -> None:
    pattern = "".join(pieces)
    try:
        compiled = re.compile(f"^{pattern}$")
    except re.error:  # no definition has such a pattern
        return
    if expression := for_re2(pattern):
        accepted = pc.match_substring_regex(pa.array(texts, pa.string()), expression).to_pylist()
        assert all(compiled.match(text) for text, yes in zip(texts, accepted, strict=True) if yes)
