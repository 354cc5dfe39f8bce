"""What a recipe may decide: rows that are dropped, warnings that are right; and nothing else changes the verdict."""

import numpy as np
import pyarrow as pa
import pytest
import shapely
from clerks_table import TODAY, context, table
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import DefinitionError, RecipeError
from catalog.library import read_library
from gis.layer import Layer
from publish.checking.acceptance import acceptance_hash, holds, warnings_by_kind
from publish.checking.checking import check
from publish.recipe import Recipe
from publish.table.finding import Finding
from publish.table.table import Aside, Change

AED = "ID,名称,所在地_連結表記,緯度,経度,電話番号\n"


def recipe(**given: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "aed.csv", **given})


def of_kind(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def test_a_rejected_row_leaves_table_and_layer_together() -> None:
    given = table("aed", AED + "FF1,役場,本町,34.86,138.30,\nFF2,,本町,34.87,138.31,\nFF3,学校,本町,34.88,138.32,\n")
    layer = Layer("point", np.array(shapely.points([[138.30, 34.86], [138.31, 34.87], [138.32, 34.88]]), dtype=object))
    report, smaller = check(given, layer, context(), recipe=recipe(reject=["required"]))
    assert smaller is not None
    assert report.table.column("ID") == ["FF1", "FF3"]
    assert shapely.get_x(smaller.geometries).tolist() == [138.30, 138.32]
    assert report.table.asides == (Aside(0, 3, "reject", "required"),)
    assert [finding.code for finding in report.rejected] == ["required"]
    assert not report.blocked


def test_a_row_is_never_dropped_unless_the_recipe_says_so() -> None:
    report, _ = check(table("aed", AED + "FF1,,本町,34.86,138.30,\n"), None, context(), recipe=recipe())
    assert report.accounting.rejected == 0
    assert report.blocked


def test_the_rest_is_judged_anew_when_rows_are_gone() -> None:
    """The second FF1 is no repetition once the first one is rejected for its missing name."""
    given = table("aed", AED + "FF1,,本町,34.86,138.30,\nFF1,学校,本町,34.88,138.32,\n")
    report, _ = check(given, None, context(), recipe=recipe(reject=["required"]))
    assert not report.blocked


def test_findings_of_earlier_steps_go_with_their_row() -> None:
    given = table("aed", AED + "FF1,役場,本町,34.86,138.30,\nFF2,,本町,34.87,138.31,\n")
    found = (Finding("required", "error", 0, 3, "名称"), Finding("pattern", "error", 0, 2, "電話番号", "x"))
    report, _ = check(given, None, context(), found=found, recipe=recipe(reject=["required"]))
    assert found[1] in report.findings
    assert all(finding.row != 3 for finding in report.findings)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.sampled_from(["名", ""])), max_size=6), st.booleans())
def test_every_row_read_is_kept_or_accounted_for(rows: list[tuple[str, str]], reject: bool) -> None:
    text = AED + "".join(f"{key},{name},本町,34.86,138.30,\n" for key, name in rows)
    asides = (Aside(0, 90, "blank"), Aside(0, 91, "total"))
    codes = ["required", "primary-key", "key-missing"] if reject else []
    report, _ = check(table("aed", text, asides=asides), None, context(), recipe=recipe(reject=codes))
    counted = report.accounting
    assert counted.read == counted.kept + counted.rejected + counted.set_aside == len(rows) + 2
    assert (counted.kept, counted.set_aside) == (report.table.rows, 2)
    assert {finding.row for finding in report.findings if finding.code in codes} == set()


def mobile(*numbers: str) -> list[Finding]:
    return [Finding("mobile-phone", "warning", 0, row, "電話番号", number) for row, number in enumerate(numbers, 2)]


def test_an_acceptance_holds_for_the_same_values_and_for_fewer_but_not_for_others() -> None:
    word = acceptance_hash(mobile("090-0000-0001", "090-0000-0002"))
    assert holds(word, mobile("090-0000-0002", "090-0000-0001", "090-0000-0001"))
    assert holds(word, mobile("090-0000-0002"))
    assert not holds(word, mobile("090-0000-0002", "090-0000-0003"))


def test_an_acceptance_of_many_values_is_one_digest_and_exact() -> None:
    many = mobile(*(f"090-0000-{number:04d}" for number in range(150)))
    word = acceptance_hash(many)
    assert len(word) < 80
    assert holds(word, many)
    assert not holds(word, many[1:])


def test_an_acceptance_of_what_is_told_by_its_cells_outlasts_a_row_put_in_above() -> None:
    """〃 stands in B3 today and in B4 tomorrow; a second 〃 is another thing."""
    above, below = (
        [Finding("ditto-mark", "warning", field="名称", value="〃", values={"count": count, "cells": cells})]
        for count, cells in (("1", "B3"), ("1", "B4"))
    )
    assert holds(acceptance_hash(above), below)
    assert not holds(
        acceptance_hash(above),
        [Finding("ditto-mark", "warning", field="名称", value="〃", values={"count": "2", "cells": "B3, B4"})],
    )


@pytest.mark.parametrize(("until", "stands"), [("", True), ("2026-11-20", True), ("2026-11-19", False)])
def test_an_acceptance_ends_with_its_last_day(until: str, stands: bool) -> None:
    assert TODAY.isoformat() == "2026-11-20"
    given = table("aed", AED + "FF1,役場,本町,34.86,138.30,090-1111-2222\n")
    word = {"code": "mobile-phone", "column": "電話番号", "hash": acceptance_hash(mobile("090-1111-2222"))}
    report, _ = check(given, None, context(), recipe=recipe(accept=[{**word, "by": "課", "why": "公用", "until": until}]))
    assert (not report.unaccepted) == stands


def test_an_acceptance_may_name_the_column_as_the_clerk_does() -> None:
    given = table("aed", AED + "FF1,役場,本町,34.86,138.30,090-1111-2222\n", headings=({"電話番号": "TEL", "ID": "NO"},))
    word = {
        "code": "mobile-phone",
        "column": "TEL",
        "hash": acceptance_hash(mobile("090-1111-2222")),
        "by": "課",
        "why": "公用",
    }
    report, _ = check(given, None, context(), recipe=recipe(accept=[word]))
    assert report.accepted == {("mobile-phone", "電話番号")}
    assert list(warnings_by_kind(report.findings)) == [("mobile-phone", "電話番号")]


@pytest.mark.parametrize("given", [{"reject": ["requird"]}, {"accept": [{"code": "x", "hash": "", "by": "", "why": ""}]}])
def test_a_code_that_does_not_exist_is_refused_with_the_nearest(given: dict[str, object]) -> None:
    with pytest.raises(RecipeError):
        check(table("aed", AED), None, context(), recipe=recipe(**given))


def test_a_definition_may_change_a_severity_only_where_the_rule_allows_it() -> None:
    aed = read_library()["aed"]
    given = AED + "FF1,役場,本町,34.86,138.30,090-1111-2222\n"
    raised, _ = check(table(aed.model_copy(update={"rules": {"mobile-phone": "error"}}), given), None, context())
    silent, _ = check(table(aed.model_copy(update={"rules": {"mobile-phone": "off"}}), given), None, context())
    assert raised.blocked
    assert not of_kind(silent.findings, "mobile-phone")
    for code in ("required", "no-such-rule"):
        with pytest.raises(DefinitionError):
            check(table(aed.model_copy(update={"rules": {code: "off"}}), given), None, context())


def test_a_finding_quotes_the_cell_as_the_clerk_wrote_it() -> None:
    changes = (
        Change(0, 2, "緯度", "　９９．５", "９９．５", "trimmed"),
        Change(0, 2, "緯度", "９９．５", "99.5", "number-width"),
    )
    report, _ = check(table("aed", AED + "FF1,役場,本町,99.5,138.30,\n", changes=changes), None, context())
    (finding,) = of_kind(report.findings, "maximum")
    assert finding.value == "　９９．５"


def test_the_key_of_a_series_holds_within_a_period() -> None:
    text = "調査年月日,地域名,総人口\n2026-01-01,本町,1\n2026-02-01,本町,1\n2026-02-01,本町,1\n"
    given = table("population", text, period=pa.array(["2026-01", "2026-02", "2026-02"]))
    (finding,) = of_kind(check(given, None, context())[0].findings, "primary-key")
    assert (finding.row, finding.values["first_row"]) == (4, "0:3")


def test_a_required_column_that_no_file_has_is_one_finding_and_not_one_per_row() -> None:
    given = table("aed", "ID,名称\n" + "".join(f"FF{row},名\n" for row in range(50)))
    report, _ = check(given, None, context())
    assert [finding.field for finding in of_kind(report.findings, "missing-column")] == ["所在地_連結表記"]
    assert not of_kind(report.findings, "required")


def test_a_shape_without_words_is_blank_in_a_town_and_has_its_place_outside_of_one() -> None:
    """A town's code is filled in before checking; a file that is looked at anywhere has no town yet."""
    given = table("planned_road", '路線名\n""\n""\n')
    line = shapely.linestrings([[138.30, 34.86], [138.31, 34.87]])
    layer = Layer("line", np.array([line, None], dtype=object))
    outside, _ = check(given, layer, context(town=None))
    inside, _ = check(given, layer, context())
    assert [finding.row for finding in of_kind(outside.findings, "blank-row")] == [3]
    assert [finding.row for finding in of_kind(inside.findings, "blank-row")] == [2, 3]


def test_an_error_cell_is_told_once_and_its_row_is_still_dropped_where_the_recipe_says_so() -> None:
    given = table("aed", AED + "FF1,役場,本町,#REF!,138.30,\nFF2,学校,本町,#REF,138.30,\n")
    broken = [Finding("error-cell", "error", 0, 2, "緯度", "#REF!")]
    told, _ = check(given, None, context(), found=broken, recipe=recipe())
    assert [(one.code, one.row) for one in told.findings if one.field == "緯度"] == [("error-cell", 2), ("type-number", 3)]
    left, _ = check(given, None, context(), found=broken, recipe=recipe(reject=["type-number"]))
    assert left.table.rows == 0
