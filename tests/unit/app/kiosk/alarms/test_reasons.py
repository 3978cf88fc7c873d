import pytest

from app.kiosk.alarms.reasons import checkin_reasons, last_celsius, measured_reasons
from tests.fixtures.kiosk_checkins import content_of


def temperatures(*values):
    return [{"celsius": value, "source": "typed", "at": 1} for value in values]


@pytest.mark.parametrize(
    ("celsius", "expected"), [(37.2, ()), (37.3, ()), (37.31, ("fever",)), (40.0, ("fever",))]
)
def test_above_the_bound_is_a_fever(celsius, expected):
    assert expected == measured_reasons(celsius, (), 37.3)


def test_a_second_reading_stands_for_the_first():
    content = content_of(temperatures=temperatures(38.0, 36.8))
    assert (36.8, ()) == (last_celsius(content), checkin_reasons(content, 37.3))


def test_what_the_kiosk_decided_counts():
    content = content_of(reasons=["exposure", "cold"])
    assert ("exposure",) == checkin_reasons(content, 37.3)


def test_a_terminal_with_older_settings_hides_no_fever():
    content = content_of(temperatures=temperatures(37.8), reasons=[])
    assert ("fever",) == checkin_reasons(content, 37.3)


def test_any_symptom_calls_the_officer():
    assert ("symptoms",) == checkin_reasons(content_of(symptoms=["cough"]), 37.3)


def test_what_nobody_measured_is_no_fever():
    assert () == checkin_reasons(content_of(temperatures=[]), 37.3)
