"""A suggested value is right or absent: pairs as they stand in the tables of real offices."""

import pytest

from catalog.library import read_library
from publish.checking.spelling import likely_code

LISTS = read_library().code_lists
WATER = ["消火栓", "私設消火栓", "防火水そう", "プール", "河川・溝等", "濠・池等", "海・湖", "井戸", "下水道", "その他"]
CARE = [
    *("公立幼稚園", "私立幼稚園", "認可公立保育所", "認可私立保育所", "認可外保育所"),
    *("認定こども園（幼保連携型）", "認定こども園（幼稚園型）", "認定こども園（保育所型）", "認定こども園（地方裁量型）"),
]
CLINICS = ["病院", "有床診療所", "無床診療所"]

RIGHT = [
    (WATER, "防火水槽", "防火水そう"),
    (WATER, "防火水槽(40t)", "防火水そう"),
    (WATER, "防火水槽40㎥", "防火水そう"),
    (WATER, "ﾌﾟｰﾙ", "プール"),
    (WATER, "ぷーる", "プール"),
    (WATER, "プール(学校)", "プール"),
    (WATER, "河川、溝など", "河川・溝等"),
    (WATER, "河川・みぞ等", "河川・溝等"),
    (WATER, "堀・池等", "濠・池等"),
    (WATER, "海、湖", "海・湖"),
    (WATER, "井　戸", "井戸"),
    (WATER, "いど", "井戸"),
    (WATER, "そのほか", "その他"),
    (WATER, "其の他", "その他"),
    (WATER, "消火栓(地下式)", "消火栓"),
    (CARE, "認定こども園(幼保連携型)", "認定こども園（幼保連携型）"),
    (CARE, "認定子ども園（幼稚園型）", "認定こども園（幼稚園型）"),
    (CARE, "認定こども園 保育所型", "認定こども園（保育所型）"),
    (CARE, "認可公立保育園", "認可公立保育所"),
    (CARE, "認可外保育", "認可外保育所"),
    (CLINICS, "有床診療書", "有床診療所"),
    ("use_district", "第1種住居地域", "第一種住居地域"),
    ("use_district", "第２種中高層住居専用地域", "第二種中高層住居専用地域"),
    ("use_district", "１種住居地域", "第一種住居地域"),
    ("use_district", "近隣商業地城", "近隣商業地域"),
    ("use_district", "近隣商業区域", "近隣商業地域"),
    ("use_district", "田園住宅地域", "田園住居地域"),
    ("use_district", "準工業地區", "準工業地域"),
    ("use_district", "準工業", "準工業地域"),
    ("use_district", "工業専用地", "工業専用地域"),
    ("area_division", "市街化調整", "市街化調整区域"),
    ("area_division", "市街化調整區域", "市街化調整区域"),
    ("progress", "整備済み", "整備済"),
    ("progress", "整備濟", "整備済"),
    ("farmland_right", "使用貸借に依る権利", "使用貸借による権利"),
    ("farmland_right", "使用貸借による權利", "使用貸借による権利"),
    ("road_class", "一級市町村道", "1級市町村道"),
    ("road_class", "その他の市町村道路", "その他市町村道"),
    ("land_category", "雑種地(駐車場)", "雑種地"),
    ("land_category", "採草放牧", "採草放牧地"),
    ("yes_no", "対応可(要予約)", "有"),
    ("yes_no", "有り(1台)", "有"),
    ("yes_no", "設置なし", "無"),
    ("applies", "○(高台のみ)", "1"),
]
ABSENT = [
    (WATER, "消火器"),
    (WATER, "消火栓以外"),
    (WATER, "海"),
    (WATER, "川"),
    (WATER, "防火扉"),
    (WATER, "プール跡"),
    (CARE, "認定こども園"),
    (CARE, "公立保育所"),
    (CARE, "市立幼稚園"),
    (CARE, "認可保育所"),
    (CARE, "小学校"),
    (CLINICS, "診療所"),
    (CLINICS, "歯科診療所"),
    ("use_district", "第三種住居地域"),
    ("use_district", "住居専用地域"),
    ("use_district", "第一種"),
    ("use_district", "指定なし"),
    ("area_division", "都市計画区域"),
    ("progress", "済"),
    ("road_class", "3級市町村道"),
    ("road_class", "県道"),
    ("land_category", "田・畑"),
    ("yes_no", "△"),
    ("yes_no", "-"),
    ("yes_no", "要相談"),
    ("yes_no", "一部"),
    ("yes_no", "海"),
]


def suggested(known: str | list[str], text: str) -> str:
    codes = LISTS[known] if isinstance(known, str) else None
    return likely_code(text, codes.values if codes else known, codes)


@pytest.mark.parametrize(("known", "text", "meant"), RIGHT, ids=[text for _, text, _ in RIGHT])
def test_what_was_meant_is_suggested(known: str | list[str], text: str, meant: str) -> None:
    assert suggested(known, text) == meant


@pytest.mark.parametrize(("known", "text"), ABSENT, ids=[text for _, text in ABSENT])
def test_where_it_is_not_certain_nothing_is_suggested(known: str | list[str], text: str) -> None:
    assert suggested(known, text) == ""


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_value_and_alias_is_its_own_nearest(name: str) -> None:
    codes = LISTS[name]
    for code in codes.codes:
        for text in filter(None, (code.value, *code.aliases)):
            assert suggested(name, text) in (code.value, ""), text
        assert suggested(name, code.value) == code.value
