import pytest
from geo_samples import dbf

from catalog.errors import RecipeError, UnusableSource
from gis.dbf import Attributes, read_attributes
from gis.dbf_encoding import codec

NAME = [("名称".encode("cp932"), "C", 12)]


def read(data: bytes, declared: str = "", cpg: str = "") -> Attributes:
    return read_attributes(data, declared=declared, cpg=cpg, where="道路.shp")


def text(value: str, encoding: str = "cp932") -> bytes:
    return b" " + value.encode(encoding)


def test_text_is_decoded_as_the_cpg_the_language_byte_or_the_bytes_say() -> None:
    cp932, utf8 = dbf(NAME, [text("表通り")]), dbf(NAME, [text("表通り", "utf-8")])
    assert read(cp932, cpg="Shift_JIS").columns.to_pydict() == {"名称": ["表通り"]}
    assert read(dbf(NAME, [text("表通り")], ldid=0x13)).encoding == "cp932"
    assert read(cp932).columns.column("名称").to_pylist() == ["表通り"]
    assert read(utf8).encoding == "utf-8"
    assert read(utf8, cpg="UTF-8\n").columns.column(0).to_pylist() == ["表通り"]


def test_half_width_kana_of_cp932_is_not_taken_for_utf8() -> None:
    # ﾂｱ in CP932 is C2 B1, which is also one UTF-8 character.
    assert read(dbf(NAME, [text("ﾂｱ")])).columns.column(0).to_pylist() == ["ﾂｱ"]


@pytest.mark.parametrize(("encoding", "other"), [("cp932", "utf-8"), ("utf-8", "cp932")])
def test_bytes_that_contradict_the_recipe_are_refused(encoding: str, other: str) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(dbf(NAME, [text("表通り", encoding)]), declared=other)
    assert f"encoding: {encoding}" in refused.value.fix["ja"]


@pytest.mark.parametrize(
    "cpg", ["UTF-8", "65001", "\u00ef\u00bb\u00bfUTF-8\n", "ISO-8859-1", "1252", "EUC-JP", "U\0T\0F\0-\x008\0"]
)
def test_a_cpg_that_contradicts_bytes_of_cp932_is_told_and_not_followed(cpg: str) -> None:
    attributes = read(dbf(NAME, [text("表通り")]), cpg=cpg)
    assert attributes.columns.column(0).to_pylist() == ["表通り"]
    assert (attributes.encoding, attributes.said) == ("cp932", f".cpg: {cpg.strip()}")


@pytest.mark.parametrize("cpg", ["Shift_JIS", "SJIS", "932", "ANSI 932", "Windows-31J", "EUC-JP", "ANSI 1252"])
def test_a_cpg_that_contradicts_bytes_of_utf8_is_told_and_not_followed(cpg: str) -> None:
    attributes = read(dbf(NAME, [text("表通り", "utf-8")]), cpg=cpg)
    assert attributes.columns.column(0).to_pylist() == ["表通り"]
    assert attributes.said == f".cpg: {cpg}"


@pytest.mark.parametrize("cpg", ["みかん", "hex", "idna", "utf-16", "rot13", "", "\0\0"])
def test_a_cpg_that_names_no_encoding_of_tables_says_nothing(cpg: str) -> None:
    attributes = read(dbf(NAME, [text("表通り")]), cpg=cpg)
    assert (attributes.columns.column(0).to_pylist(), attributes.said) == (["表通り"], "")


def test_a_language_byte_that_contradicts_the_bytes_is_told_and_not_followed() -> None:
    attributes = read(dbf(NAME, [text("表通り", "utf-8")], ldid=0x13))
    assert (attributes.columns.column(0).to_pylist(), attributes.said) == (["表通り"], ".dbf: LDID 0x13")


def test_euc_jp_is_read_where_the_cpg_says_so_or_nothing_else_fits() -> None:
    euc = dbf(NAME, [text("みなと通り", "euc_jp")])
    assert read(euc, cpg="EUC-JP").columns.column(0).to_pylist() == ["みなと通り"]
    assert read(euc).encoding == "euc_jp"


def test_ascii_contradicts_nothing() -> None:
    assert read(dbf(NAME, [text("MAIN ST")]), cpg="ISO-8859-1").said == ""
    assert read(dbf(NAME, [text("MAIN ST")]), cpg="UTF-8").said == ""


@pytest.mark.parametrize(("encoding", "kept"), [("cp932", "夜間は使え"), ("utf-8", "夜間は")])
@pytest.mark.parametrize("declared", [True, False])
def test_a_cell_cut_inside_a_character_keeps_its_row_and_is_named(encoding: str, kept: str, declared: bool) -> None:
    fields = [(b"MEMO", "C", 11)]
    records = [text("本町", encoding), b"*" + "消".encode(encoding), b" " + "夜間は使えません".encode(encoding)[:11]]
    attributes = read(dbf(fields, records), cpg=encoding if declared else "")
    assert attributes.columns.column(0).to_pylist() == ["本町", kept]
    assert (attributes.encoding, attributes.said) == (encoding, "")
    assert attributes.cut == {"MEMO": (2,)}


def test_a_cell_that_ends_inside_a_character_with_room_left_is_refused() -> None:
    with pytest.raises(UnusableSource, match="record 1"):
        read(dbf([(b"MEMO", "C", 20)], [b" " + "夜間は使え".encode("cp932")[:-1]]))


def test_the_recipe_goes_before_the_cpg() -> None:
    assert read(dbf(NAME, [text("表通り")]), declared="cp932", cpg="UTF-8").columns.column(0).to_pylist() == ["表通り"]


def test_bytes_of_no_encoding_are_refused_with_their_record() -> None:
    with pytest.raises(UnusableSource, match="record 2"):
        read(dbf(NAME, [text("本町"), b" \x82"]))


def test_an_unknown_encoding_in_a_recipe_is_a_recipe_error() -> None:
    with pytest.raises(RecipeError):
        read(dbf(NAME, [text("本町")]), declared="みかん")


def test_values_are_text_in_one_plain_form() -> None:
    fields = [(b"N", "N", 8), (b"F", "F", 20), (b"D", "D", 8), (b"L", "L", 1)]
    records = [
        b" " + b"   4.000" + b" 1.2500000000000e+001" + b"20200401" + b"T",
        b" " + b"********" + b"".ljust(20) + b"00000000" + b"?",
    ]
    records[0] = b" " + b"   4.000" + b"1.2500000000000e+001" + b"20200401" + b"T"
    assert read(dbf(fields, records)).columns.to_pydict() == {
        "N": ["4", ""],
        "F": ["12.5", ""],
        "D": ["2020-04-01", ""],
        "L": ["true", ""],
    }


def test_deleted_records_do_not_count_and_are_known() -> None:
    attributes = read(dbf(NAME, [text("一"), b"*" + "二".encode("cp932"), text("三")]))
    assert attributes.columns.column(0).to_pylist() == ["一", "三"]
    assert attributes.kept.tolist() == [True, False, True]


def test_headings_cut_inside_a_character_or_repeated_stay_usable() -> None:
    cut = "1規制区間の".encode("cp932")[:10]
    attributes = read(dbf([(cut, "C", 4), (b"A", "C", 4), (b"A", "C", 4)], [text("本")]))
    assert attributes.columns.column_names == ["1規制区間", "A", "A_2"]


def test_what_is_behind_a_nul_is_not_part_of_a_value() -> None:
    assert read(dbf(NAME, [b" AB\0junk"])).columns.column(0).to_pylist() == ["AB"]


@pytest.mark.parametrize("length", [0, 20, 40, 70])
def test_a_file_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(UnusableSource, match="broken or cut off"):
        read(dbf(NAME, [text("本町")])[:length])


def test_letters_in_a_column_of_numbers_mean_that_columns_are_shifted() -> None:
    fields = [(b"NO", "N", 4), (b"NAME", "C", 12)]
    with pytest.raises(UnusableSource, match="record 1 has the letters '指定' in 'NO'") as refused:
        read(dbf(fields, [b" " + "指定".encode("cp932") + "施設".encode("cp932").ljust(12)]))
    assert "1番目の地物で、数や日付の列「NO」に文字「指定」" in refused.value.message["ja"]


def test_a_table_without_records_has_no_rows() -> None:
    assert read(dbf(NAME, [])).columns.num_rows == 0


def test_names_of_encodings_as_japanese_writers_put_them() -> None:
    assert {codec(name) for name in ("Shift_JIS", "SJIS", "932", "CP932", "MS932", "ANSI 932")} == {"cp932"}
    assert codec("65001") == codec("\ufeffUTF-8\0") == "utf-8"
    assert codec("みかん") == ""
