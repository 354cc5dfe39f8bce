import numpy as np
import pytest

from gis.near import distance_m


def test_distance_is_that_of_the_geographical_survey_institute() -> None:
    # 国土地理院 測量計算サイト「距離と方位角の計算」の入力例: つくばから東京
    assert distance_m(140.08785504, 36.10377477, 139.74475044, 35.65502847) == pytest.approx(58643.804, abs=0.002)


def test_numbers_give_a_number_and_arrays_an_array() -> None:
    assert isinstance(distance_m(138, 35, 138, 36), float)
    metres = distance_m(np.array([138.0, 138.0]), np.array([35.0, 35.0]), np.array([138.0, 139.0]), np.array([35.0, 35.0]))
    assert metres.shape == (2,)
    assert metres[0] == 0
