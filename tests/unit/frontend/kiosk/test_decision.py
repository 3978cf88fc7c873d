import pytest

SETTINGS = {"fever_celsius": 37.3, "low_celsius": 35, "second_reading": True}
UNREAD = {"kind": "unread", "reason": "no_decision"}
AGAIN = {"kind": "measurement", "advice": "measure_again"}
WARM_UP = {"kind": "measurement", "advice": "warm_up"}


def badge(exposure, reason=None):
    return {"kind": "badge", "roster": "0" * 32, "name": "", "exposure": exposure, "reason": reason}


def word(word, *reasons):
    return {"kind": "word", "word": word, "reasons": list(reasons)}


def decided(in_kiosk, subject, temperatures, symptoms=(), **settings):
    readings = [{"celsius": one, "source": "typed", "at": 0} for one in temperatures]
    call = ("decide", [subject, readings, list(symptoms), {**SETTINGS, **settings}])
    return in_kiosk([call])[0]["returned"]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (badge("come_in"), word("come_in")),
        (badge("temperature_alone"), word("come_in")),
        (badge("wait", "exposure"), word("wait", "exposure")),
        (badge("not_checked", "expired"), word("not_checked", "expired")),
        (badge("not_checked"), word("not_checked", "no_decision")),
        (UNREAD, word("not_checked", "no_decision")),
    ],
    ids=["known", "temperature-alone", "exposed", "expired", "without-reason", "unread"],
)
def test_with_a_usual_temperature_the_decision_is_the_word(in_kiosk, subject, expected):
    assert expected == decided(in_kiosk, subject, [36.5])


def test_without_a_temperature_there_is_no_word(in_kiosk):
    expected = {"kind": "measurement", "advice": "measure"}
    assert expected == decided(in_kiosk, badge("come_in"), [])


@pytest.mark.parametrize(
    ("temperatures", "expected"),
    [
        ([37.3], word("come_in")),
        ([37.31], AGAIN),
        ([37.8, 36.9], word("come_in")),
        ([37.8, 37.4], word("wait", "fever")),
        ([34.9], WARM_UP),
        ([34.9, 36.2], word("come_in")),
        ([34.9, 34.5], word("not_checked", "cold")),
        ([34.9, 38.0], AGAIN),
        ([38.0, 34.9], WARM_UP),
        ([38.0, 34.9, 34.5], word("wait", "fever", "cold")),
        ([38.0, 34.9, 38.1], word("wait", "fever")),
    ],
)
def test_a_fever_is_measured_twice_and_a_cold_skin_warmed(in_kiosk, temperatures, expected):
    assert expected == decided(in_kiosk, badge("come_in"), temperatures)


def test_without_a_second_reading_one_fever_is_enough(in_kiosk):
    answer = decided(in_kiosk, badge("come_in"), [37.4], second_reading=False)
    assert word("wait", "fever") == answer


def test_a_symptom_says_wait_even_where_exposure_is_unknown(in_kiosk):
    assert word("wait", "symptoms", "no_decision") == decided(in_kiosk, UNREAD, [36.5], ["cough"])


def test_every_reason_is_named_for_the_officer(in_kiosk):
    answer = decided(in_kiosk, badge("wait", "exposure"), [38.0, 38.2], ["cough"])
    assert word("wait", "fever", "symptoms", "exposure") == answer
