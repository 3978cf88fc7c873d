from random import Random

import pytest

from exposure_index.trip_text.clocks import clock_minutes

FORMS = ["{h}:{m:02}", "{h:02}:{m:02}:00", "{h}时{m}分", "{h}點{m}分", "{h}.{m:02}", "{h}h{m:02}"]
HALF_DAYS = ["{t}:{m:02}{l}m", "{t}:{m:02} {l}.m.", "{t}.{m:02} {l}m"]
FOREIGN = "车厢座排次铺约起前后左右?*#%=$XQ&乘客-~至到、"
LETTERS = FOREIGN + "0123456789 .:APMHTZ分时点"
CELLS = 10_000


def _time(chance: Random) -> tuple[int, str]:
    hour, minute = chance.randrange(24), chance.randrange(60)
    form = chance.choice(FORMS + HALF_DAYS)
    letter = "p" if hour >= 12 else "a"
    text = form.format(h=hour, m=minute, t=(hour - 1) % 12 + 1, l=letter)
    return hour * 60 + minute, text


def test_a_time_survives_being_written():
    chance = Random(12)  # noqa: S311 - no secret
    times = [_time(chance) for _ in range(CELLS)]
    assert [] == [text for minutes, text in times if clock_minutes(text) != minutes]


def test_of_10000_cells_no_time_with_anything_foreign_is_read_in_part():
    chance = Random(12)  # noqa: S311 - no secret
    read = []
    for _ in range(CELLS):
        _, text = _time(chance)
        beside = "".join(chance.choices(LETTERS, k=chance.randrange(4)))
        foreign = beside + chance.choice(FOREIGN) + "".join(chance.choices(LETTERS, k=2))
        cell = chance.choice((text + foreign, foreign + text, text + foreign + text))
        read += [cell] if clock_minutes(cell) is not None else []
    assert [] == read


def test_of_10000_cells_with_two_times_none_is_read_as_one():
    chance = Random(12)  # noqa: S311 - no secret
    read = []
    for _ in range(CELLS):
        cell = _time(chance)[1] + chance.choice((" ", "-", "/", ", ", "至")) + _time(chance)[1]
        read += [cell] if clock_minutes(cell) is not None else []
    assert [] == read


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("凌晨1点", 60),
        ("上午7点", 420),
        ("中午12:30", 750),
        ("中午1点", 780),
        ("下午1点一刻", 795),
        ("下午19:30", 1170),
        ("晚上8点整", 1200),
        ("12 pm", 720),
        ("19:30 hrs", 1170),
        ("1930hrs", 1170),
        ("凌晨8点", None),
        ("上午12点", None),
        ("晚上1点", None),
        ("13:30 am", None),
        ("下午7:30pm", None),
        ("19.30:15", None),
        ("7:60", None),
    ],
)
def test_a_part_of_the_day_makes_one_hour_of_two_or_none(cell, minutes):
    assert minutes == clock_minutes(cell)
