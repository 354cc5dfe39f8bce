"""The log behaves as a tuple of changes and stays small."""

import pyarrow as pa
import pytest

from publish.table.change import Change, ChangeLog

ONE = Change(0, 2, "名称", " a", "a", "trimmed")
ALL = Change(1, None, "全国地方公共団体コード", "", "222127", "filled-town-code")


def test_a_log_is_a_tuple_of_changes() -> None:
    log = ChangeLog.of([ONE, ALL])
    assert list(log) == [ONE, ALL]
    assert (len(log), log[0], log[-1]) == (2, ONE, ALL)
    assert log == (ONE, ALL)
    more: tuple[Change, ...] = (ONE,)
    assert log + more == (ONE, ALL, ONE)
    assert more + log == (ONE, ONE, ALL)
    assert ChangeLog.of(log) is log
    assert ChangeLog.of(()) == ()
    with pytest.raises(IndexError):
        log[2]


def test_the_changes_of_rows_that_are_gone_go_with_them() -> None:
    log = ChangeLog.of([ONE, Change(1, 2, "名称", " b", "b", "trimmed"), Change(0, 3, "名称", " c", "c", "trimmed"), ALL])
    gone, none = (pa.array([0, 1], pa.int32()), pa.array([2, 9], pa.int64())), pa.array([], pa.int32())
    assert list(log.without(*gone, pa.array([0, 1], pa.int32()))) == [log[1], log[2], ALL]
    assert list(log.without(*gone, pa.array([0], pa.int32()))) == [log[1], log[2]]
    assert list(log.without(none, none.cast(pa.int64()), pa.array([1], pa.int32()))) == list(log)


def test_a_million_changes_are_counted_without_being_made() -> None:
    size = 1_000_000
    texts = pa.repeat("１", size)
    log = ChangeLog.block(
        pa.repeat(pa.scalar(0, pa.int32()), size),
        pa.array(range(size)),
        "口径",
        (texts, pa.repeat("1", size)),
        pa.repeat("number-width", size),
    )
    assert log.columns.nbytes < 50_000_000
    (line,) = log.summaries()
    assert (line.field, line.reason, line.count, line.example.row) == ("口径", "number-width", size, 0)
