import pytest

from app.kiosk.health_log.temperature_text import (
    TemperatureRefused,
    in_unit,
    parse_temperature,
)


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("36.5", 36.5),
        (" 36,5 ", 36.5),
        ("３６．５", 36.5),
        ("36。5", 36.5),
        ("36.5℃", 36.5),
        ("36.5 °C", 36.5),
        ("36度", 36.0),
        ("37.35", 37.35),
        ("97.7℉", 36.5),
        ("97.7 F", 36.5),
    ],
)
def test_a_temperature_is_read_as_people_type_it(text, celsius):
    assert celsius == parse_temperature(text, "C")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("hot", "unreadable"),
        ("36.5 36.6", "unreadable"),
        ("365", "implausible"),
        ("3.65", "unreadable"),
        ("36.5.1", "unreadable"),
        ("-36.5", "unreadable"),
        ("30", "implausible"),
        ("44", "implausible"),
        ("9" * 30, "unreadable"),
        ("98.6", "unit"),
        ("98.6 C", "unit"),
    ],
)
def test_what_is_no_temperature_of_a_person_is_refused(text, code):
    with pytest.raises(TemperatureRefused) as refused:
        parse_temperature(text, "C")
    assert code == refused.value.code


def test_celsius_typed_as_fahrenheit_is_asked_about():
    with pytest.raises(TemperatureRefused) as refused:
        parse_temperature("36.5", "F")
    assert "unit" == refused.value.code


def test_a_fever_in_fahrenheit_is_not_rounded_away():
    assert 37.3 < parse_temperature("99.2", "F")


def test_a_temperature_is_shown_in_the_unit_that_was_chosen():
    assert (36.5, 97.7) == (in_unit(36.5, "C"), in_unit(36.5, "F"))
