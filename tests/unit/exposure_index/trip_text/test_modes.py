import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.modes import MODES, mode


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("flight", "flight"),
        (" Train ", "train"),
        ("ＦＬＩＧＨＴ", "flight"),
        ("buses", "bus"),
        ("ships", "ship"),
        ("飞机", "flight"),
        ("航班", "flight"),
        ("火车", "train"),
        ("高铁", "train"),
        ("动车组", "train"),
        ("地铁", "metro"),
        ("地铁列车", "metro"),
        ("客车", "coach"),
        ("机场大巴", "coach"),
        ("长途汽车", "coach"),
        ("公交车", "bus"),
        ("公交客车", "bus"),
        ("出租车", "taxi"),
        ("网约车", "taxi"),
        ("轮船", "ship"),
        ("列車", "train"),
        ("地鐵列車", "metro"),
        ("長途客車", "coach"),
        ("電車", "bus"),
        ("電動車", None),
        ("电动车", None),
        ("私家车", None),
        ("subway", "metro"),
        ("", None),
        ("2", None),
    ],
)
def test_a_mode_is_known_however_it_is_written(cell, expected):
    assert expected == mode(cell)


@given(st.text())
def test_any_text_is_a_known_mode_or_none(text):
    assert mode(text) in (None, *MODES)
