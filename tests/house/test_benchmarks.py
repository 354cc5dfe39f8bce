"""The benchmarks are found by folder and chosen by name."""

import pytest

from benchmarks.__main__ import NAMES, wanted


def test_all_are_run_where_none_is_named_and_only_those_named_otherwise() -> None:
    assert {"line", "workbook"} <= set(NAMES)
    assert wanted([]).names == NAMES
    assert wanted(["line", "--rows", "10"]).names == ["line"]
    with pytest.raises(SystemExit):
        wanted(["none"])
