"""What the browser makes of an answer: a calendar file, and lines to read out."""

from datetime import date

import pytest

from app.answer_pages.reminder import calendar_file, calendar_form
from tests.unit.frontend.conftest import FRONTEND, calls_of

MODULES = [FRONTEND / "scripts" / "parts" / name for name in ("reminder.ts", "words_to_say.ts")]


@pytest.fixture(scope="module")
def in_answer(tmp_path_factory):
    return calls_of(tmp_path_factory.mktemp("after"), MODULES)


def say(in_answer, *sayings):
    keys = ("label", "words", "isHeading")
    (answer,) = in_answer(
        [("linesToSay", [[dict(zip(keys, saying, strict=True)) for saying in sayings], ": "])]
    )
    return answer["returned"]


def test_the_browser_s_reminder_is_the_service_s(in_answer, app_of, published):
    with app_of(published).test_request_context("/check"):
        form, expected = calendar_form(), calendar_file(date(2020, 12, 31))
    as_html_reads_it = form.replace("\r\n", "\n")
    (answer,) = in_answer([("calendarFile", [as_html_reads_it, "2021-01-01"])])
    assert expected == answer["returned"]


def test_what_is_said_stands_in_the_order_of_the_page_each_on_a_line(in_answer):
    assert ["You are listed", "Trip: G1 3 March"] == say(
        in_answer, ("", " You are\n listed ", False), ("Trip", "G1   3 March", False)
    )


def test_what_is_empty_or_was_said_already_is_left_out(in_answer):
    assert ["Rule: three rows"] == say(
        in_answer,
        ("Rule", "three rows", False),
        ("Rule", "three rows", False),
        ("Carriage", " ", False),
    )


def test_each_person_is_said_whole_behind_an_empty_line(in_answer):
    person = ("", "Listed", False)
    assert ["Person 1", "Listed", "", "Person 2", "Listed"] == say(
        in_answer, ("", "Person 1", True), person, ("", "Person 2", True), person
    )
