import pytest

READINGS = [
    ("36.5", "C", 36.5),
    ("36,5", "C", 36.5),
    ("３６．５", "C", 36.5),
    (" 36.5 ℃", "C", 36.5),
    ("36.5度", "C", 36.5),
    ("37", "C", 37),
    ("98.6", "F", 37),
    ("98.6°F", "C", 37),
    ("36.5 C", "F", 36.5),
    ("98.6华氏度", "C", 37),
    ("34", "C", 34),
    ("43.0", "C", 43),
]
QUESTIONS = [("98.6", "C", "F", 37), ("36.5", "F", "C", 36.5)]
REFUSALS = [
    ("", "empty"),
    ("  ", "empty"),
    ("3.65", "decimal_point"),
    ("365", "decimal_point"),
    ("986", "decimal_point"),
    ("33.9", "too_low"),
    ("0", "too_low"),
    ("43.1", "too_high"),
    ("36.5F", "too_low"),
    ("36.5.5", "not_a_number"),
    ("-36.5", "not_a_number"),
    ("36.555", "not_a_number"),
    ("0x24", "not_a_number"),
    ("T 36.5 at 07:45", "not_a_number"),
    ("36.5\n37.8", "not_a_number"),
    ("12345", "not_a_number"),
]


@pytest.mark.parametrize(("text", "unit", "celsius"), READINGS)
def test_a_temperature_is_read_in_its_own_unit(in_kiosk, text, unit, celsius):
    [answer] = in_kiosk([("readTemperature", [text, unit])])
    assert {"kind": "reading", "celsius": celsius} == answer["returned"]


@pytest.mark.parametrize(("text", "unit", "other", "celsius"), QUESTIONS)
def test_a_number_of_the_other_unit_is_asked_about(in_kiosk, text, unit, other, celsius):
    [answer] = in_kiosk([("readTemperature", [text, unit])])
    assert {"kind": "question", "celsius": celsius, "unit": other} == answer["returned"]


@pytest.mark.parametrize(("text", "reason"), REFUSALS)
def test_what_is_no_temperature_of_a_person_is_refused_with_a_reason(in_kiosk, text, reason):
    [answer] = in_kiosk([("readTemperature", [text, "C"])])
    assert {"kind": "refused", "reason": reason} == answer["returned"]
