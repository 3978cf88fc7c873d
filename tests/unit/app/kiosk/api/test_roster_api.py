"""From a roster to the word that another maker's kiosk reads from the table."""

import pytest

from app.kiosk.badges.badge_text import badge_text
from app.organisations.policy import Policy
from tests.fixtures.kiosk_roster import OBSERVED, OBSERVED_BEFORE
from tests.fixtures.kiosk_terminals import KioskHouse, example
from tests.fixtures.people import UNLISTED


@pytest.fixture
def people(gate):
    return gate.add(UNLISTED, OBSERVED, OBSERVED_BEFORE)


def badges(terminal, people):
    return [badge_text(terminal.organisation, person.secret) for person in people]


def test_each_badge_has_the_word_of_its_person(gate_terminal, people):
    gate_terminal.sync()
    found = [gate_terminal.decide_badge(text) for text in badges(gate_terminal, people)]
    assert ["come_in", "wait", "come_in"] == [one["word"] for one in found]
    assert [(person.id, person.name) for person in people] == [
        (one["roster"], one["name"]) for one in found
    ]


def test_a_badge_that_is_not_in_the_table_is_not_checked(gate_terminal, people):
    gate_terminal.sync()
    text = badge_text(gate_terminal.organisation, b"\xff" * 20)
    assert "not_checked" == gate_terminal.decide_badge(text)["word"]


def test_a_decision_that_is_too_old_is_not_checked(gate_terminal, people):
    until = gate_terminal.sync()["table"]["valid_until"]
    text = badges(gate_terminal, people)[0]
    assert "come_in" == gate_terminal.decide_badge(text, until - 1)["word"]
    assert "not_checked" == gate_terminal.decide_badge(text, until)["word"]


def test_a_table_that_is_held_is_not_sent_again(gate_terminal, people):
    gate_terminal.sync()
    held = gate_terminal.table[8:24].hex()
    with pytest.raises(example.Refused) as answered:
        gate_terminal.request("GET", "roster", **{"If-None-Match": f'"{held}"'})
    assert "304" == answered.value.code


def test_a_changed_roster_is_another_table(gate, gate_terminal, people):
    first = gate_terminal.sync()["table"]
    gate.add(UNLISTED)
    second = gate_terminal.sync()["table"]
    assert first["id"] != second["id"]
    assert (3, 4) == (first["entries"], second["entries"])


def test_under_the_policy_of_counts_temperature_decides(gate_of, published):
    gate = gate_of(published, policy=Policy.COUNTS)
    [person] = gate.add(UNLISTED)
    terminal = KioskHouse(gate.app).terminal(gate.organisation_id)
    terminal.sync()
    [text] = badges(terminal, [person])
    assert "temperature_alone" == terminal.decide_badge(text)["word"]


def test_without_a_roster_there_is_nothing_to_fetch(gate_terminal):
    with pytest.raises(example.Refused) as refused:
        gate_terminal.request("GET", "roster")
    assert "503" == refused.value.code


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: text.replace("CG1", "CG2"),
        lambda text: text[:30],
        lambda text: badge_text("00000000", bytes(20)),
    ],
)
def test_what_is_no_badge_of_this_organisation_is_none(gate_terminal, people, change):
    gate_terminal.sync()
    with pytest.raises(example.NotABadge):
        gate_terminal.decide_badge(change(badges(gate_terminal, people)[0]))


def test_a_badge_is_read_in_small_letters_with_spaces(gate_terminal, people):
    gate_terminal.sync()
    text = badges(gate_terminal, people)[0].lower().replace(":", " : ")
    assert "come_in" == gate_terminal.decide_badge(text)["word"]
