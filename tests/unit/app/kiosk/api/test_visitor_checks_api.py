"""What a kiosk is told of a visitor, whose identity comes sealed."""

import pytest

from app.kiosk.api.visitor_checks_api import ANSWER_BYTES
from tests.fixtures.kiosk_roster import OBSERVED, strangers
from tests.fixtures.kiosk_terminals import KioskHouse, example
from tests.fixtures.people import UNLISTED


@pytest.fixture
def terminal(gate_terminal):
    gate_terminal.sync()
    return gate_terminal


def answer_about(terminal, person):
    answer = terminal.check_visitor(person.as_form())
    return answer["word"], answer["reason"]


def test_a_visitor_has_the_word_that_the_index_says(terminal):
    assert ("come_in", None) == answer_about(terminal, UNLISTED)
    assert ("wait", "exposure") == answer_about(terminal, OBSERVED)


@pytest.mark.parametrize(
    "fields",
    [UNLISTED.as_form(), OBSERVED.as_form(), {**UNLISTED.as_form(), "id_number": "1"}],
    ids=["come in", "wait", "not checked"],
)
def test_every_answer_has_one_length(terminal, fields):
    sealed = terminal.seal("check", example.json_bytes(fields).ljust(512))
    question = example.json_bytes({"id": "0a" * 16, "sealed": sealed})
    assert ANSWER_BYTES == len(terminal.request("POST", "checks", question))


def test_the_answer_bears_the_id_of_the_question(terminal):
    sealed = terminal.seal("check", example.json_bytes(UNLISTED.as_form()).ljust(512))
    answer = terminal.post("checks", {"id": "0a" * 16, "sealed": sealed})
    assert "0a" * 16 == answer["id"]


def test_what_is_no_document_is_not_checked(terminal):
    person = {**UNLISTED.as_form(), "id_number": "1"}
    answer = terminal.check_visitor(person)
    assert ("not_checked", "invalid_person") == (answer["word"], answer["reason"])


def test_past_the_quota_nobody_new_is_looked_up(gate_of, published):
    gate = gate_of(published, quota=1)
    terminal = KioskHouse(gate.app).terminal(gate.organisation_id)
    terminal.sync()
    first, second = strangers(2)
    assert ("come_in", None) == answer_about(terminal, first)
    assert ("not_checked", "quota") == answer_about(terminal, second)
    assert ("come_in", None) == answer_about(terminal, first)


def test_a_kiosk_that_may_not_see_exposures_learns_none(gate, terminal):
    gate.set(exposure=False)  # and the kiosk has not heard of it yet
    assert ("not_checked", None) == answer_about(terminal, OBSERVED)


def test_a_kiosk_that_knows_it_does_not_ask(gate, terminal):
    gate.set(exposure=False)
    terminal.sync()
    assert ("temperature_alone", None) == answer_about(terminal, OBSERVED)


def test_checks_of_one_kiosk_are_counted(gate_of, published):
    gate = gate_of(published, kiosk_checks_per_minute=1)
    terminal = KioskHouse(gate.app).terminal(gate.organisation_id)
    terminal.sync()
    answer_about(terminal, UNLISTED)
    with pytest.raises(example.Refused) as refused:
        answer_about(terminal, UNLISTED)
    assert "429" == refused.value.code


@pytest.mark.parametrize(
    ("purpose", "plaintext"),
    [
        ("checkin", b"{}"),
        ("check", b"{"),
        ("check", b'{"id_type":"passport"}'),
        ("check", b'{"id_type":"passport","id_number":1,"name":"","name_latin":""}'),
    ],
)
def test_what_was_not_sealed_as_a_question_is_refused(terminal, purpose, plaintext):
    sealed = terminal.seal(purpose, plaintext)
    with pytest.raises(example.Refused) as refused:
        terminal.post("checks", {"id": "0a" * 16, "sealed": sealed})
    assert "422" == refused.value.code
