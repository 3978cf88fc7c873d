"""One visitor at a time, over published indexes."""

import pytest

from app.kiosk.checks import check_person
from app.kiosk.words import DoorWord, Reason, Word
from app.organisations.policy import Policy
from app.organisations.quota import QuotaLedger
from tests.fixtures.kiosk_roster import OBSERVED, OBSERVED_BEFORE, strangers
from tests.fixtures.people import UNLISTED, WRONG_NAME

WAIT = DoorWord(Word.WAIT, Reason.EXPOSURE)
COME_IN = DoorWord(Word.COME_IN)


def check(gate, person, **other):
    return check_person(gate.services, gate.organisation, person.as_form() | other)


@pytest.mark.parametrize(
    ("person", "expected"),
    [(OBSERVED, WAIT), (OBSERVED_BEFORE, COME_IN), (UNLISTED, COME_IN), (WRONG_NAME, COME_IN)],
)
def test_a_visitor_gets_the_word_of_the_index(gate, person, expected):
    assert expected == check(gate, person)


def test_a_visitor_may_type_spaces_and_full_width_digits(gate):
    number = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in OBSERVED.id_number)
    assert WAIT == check(gate, OBSERVED, id_number=f" {number} ", name="舒 小满")


@pytest.mark.parametrize(
    "fields",
    [
        {"id_number": ""},
        {"id_number": "990000198001011"},
        {"name": "张某某"},
        {"name": ""},
        {"id_type": "library card"},
    ],
)
def test_fields_that_are_no_identity_are_no_person(gate, fields):
    expected = DoorWord(Word.NOT_CHECKED, Reason.INVALID_PERSON)
    assert expected == check(gate, UNLISTED, **fields)


def test_fields_that_are_absent_are_no_person(gate):
    expected = DoorWord(Word.NOT_CHECKED, Reason.INVALID_PERSON)
    assert expected == check_person(gate.services, gate.organisation, {})


def test_nobody_is_looked_up_past_the_quota(gate_of, own_deployment):
    gate = gate_of(own_deployment, quota=1)
    first, second = strangers(2)
    assert COME_IN == check(gate, first)
    assert DoorWord(Word.NOT_CHECKED, Reason.QUOTA) == check(gate, second)
    assert COME_IN == check(gate, first)  # who was asked about before is free


def test_roster_and_visitors_share_one_quota_and_count_nobody_twice(gate_of, own_deployment):
    gate = gate_of(own_deployment, quota=12)
    gate.words(gate.add(UNLISTED))
    check(gate, UNLISTED)
    assert 10 == QuotaLedger(gate.services.records, gate.organisation).remaining()


def test_whoever_is_no_person_costs_no_quota(gate_of, own_deployment):
    gate = gate_of(own_deployment, quota=1)
    check(gate, UNLISTED, name="")
    assert COME_IN == check(gate, UNLISTED)


def test_where_kiosks_see_no_exposures_nobody_is_looked_up(gate):
    gate.set(exposure=False)
    assert DoorWord(Word.NOT_CHECKED) == check(gate, OBSERVED)


def test_counts_only_tells_nothing_of_a_visitor(gate_of, own_deployment):
    gate = gate_of(own_deployment, policy=Policy.COUNTS)
    gate.set(exposure=True)
    assert DoorWord(Word.NOT_CHECKED) == check(gate, OBSERVED)


def test_while_an_authority_is_missing_nobody_comes_in(gate_of, own_deployment):
    gate = gate_of(own_deployment, authorities=f"{own_deployment.authority},乙市")
    assert DoorWord(Word.NOT_CHECKED, Reason.INCOMPLETE) == check(gate, UNLISTED)


def test_without_an_index_nobody_is_checked(gate_of, other_deployment):
    other_deployment.index.mkdir()
    gate = gate_of(other_deployment)
    assert DoorWord(Word.NOT_CHECKED, Reason.NO_INDEX) == check(gate, UNLISTED)


def test_a_visitor_is_checked_on_postgresql_too(gate_of, own_deployment, postgres_url):
    gate = gate_of(own_deployment, database_url=postgres_url)
    assert COME_IN == check(gate, UNLISTED)
