import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.trip_text.modes import MODES, mode, modes_named


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
        *(("水上巴士", "ship"), ("水上客运", "ship"), ("Water taxi", "ship"), ("噴射船", "ship")),
        *(("Metro bus", "bus"), ("長途巴士", "coach"), ("紅色小巴", "bus"), ("遊覽車", "coach")),
        *(("地铁接驳巴士", None), ("高铁接驳巴士", None), ("train shuttle bus", None)),
        *(("巡游出租汽车", "taxi"), ("网络预约出租汽车", "taxi"), ("普速铁路", "train")),
        *(("1-飞机", "flight"), ("02.火车", "train"), ("交通工具：飞机", "flight")),
        *(("Flug", "flight"), ("Zug", "train"), ("tren", "train"), ("비행기", "flight")),
        *(("铁路客车", "train"), ("轮渡客运", "ship"), ("2.5 hours flight", None)),
        ("", None),
        ("2", None),
        ("铁路客运", "train"),
        ("普快", "train"),
        ("绿皮车", "train"),
        ("直达特快", "train"),
        ("高铁/动车", "train"),
        ("南京地铁", "metro"),
        ("汽车", "coach"),
        ("校车", "coach"),
        ("旅游大巴", "coach"),
        ("客运车", "coach"),
        ("快速公交", "bus"),
        ("计程车", "taxi"),
        ("計程車", "taxi"),
        ("摩的", "taxi"),
        ("機票", "flight"),
        ("航班号", "flight"),
        ("中国南方航空", "flight"),
        ("飞机（CZ3137）", "flight"),
        ("火车（硬座）", "train"),
        ("地铁2号线", "metro"),
        ("輕鐵", "metro"),
        ("水路客运", "ship"),
        ("Public bus", "bus"),
        ("Domestic flight", "flight"),
        ("International flights", "flight"),
        ("Train service", "train"),
        ("High-speed rail", "train"),
        ("Cruise ship", "ship"),
        ("Ferries", "ship"),
        ("自驾", None),
        ("救护车", None),
        ("小汽车", None),
        ("ambulance", None),
    ],
)
def test_a_mode_is_known_however_it_is_written(cell, expected):
    assert expected == mode(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "火车/飞机",
            "bus or train",
            "地铁、公交",
            "train + flight",
            "火车站",
            "客运中心",
            "地铁站",
            "机场",
        ),
        *(
            "bus stop",
            "train station",
            "flight attendant",
            "not a bus",
            "公交车？",
            "bus?",
            "Airbus",
        ),
        *("飞机改火车", "未乘火车", "train XYZ", "G1234"),
    ],
)
def test_a_cell_of_several_modes_or_with_a_part_that_is_not_known_is_none(cell):
    assert mode(cell) is None


def test_a_mode_joined_with_anything_strange_is_no_mode():
    chance = random.Random(20200120)  # noqa: S311 - repeatable, nothing secret
    words = [
        "火车",
        "公交车",
        "飞机",
        "flight",
        "Train",
        "public bus",
        "出租车",
        "轮船",
        "地铁",
        "大巴",
    ]
    strange = ["甲乙", "丙", "QXZ", "ZZQXV", "?", "％", "*", "未", "改签", "77777777"]
    cells = {
        chance.choice([" ", "", "-", "/", "，"]).join(
            chance.sample([chance.choice(words), chance.choice(strange)], 2)
        )
        for _ in range(10_000)
    }
    assert [] == [cell for cell in cells if mode(cell)]


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        (("taxi",), "Taxi ZQ1001"),
        (("taxi",), "的士 ZQ1001"),
        (("bus",), "Halifax Transit Route 3"),
        (("bus",), "兰州公交126路"),
        (("train",), "G1234次列车"),
        (("metro",), "南京地鐵3號線"),
        (("ship", "flight"), "金紫荆号轮渡HA1030航班"),
        (("coach",), "蚌埠高铁南站至五河专线班车"),
        ((), "Airbus A320"),
        ((), "粤A12345"),
    ],
)
def test_words_in_the_cell_of_a_number_name_its_mode_and_places_do_not(expected, cell):
    assert expected == modes_named(cell)


@given(st.text())
def test_any_text_is_a_known_mode_or_none(text):
    assert mode(text) in (None, *MODES)
