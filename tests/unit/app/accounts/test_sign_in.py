import pytest

from app.accounts.audience import AccountEvent
from app.accounts.sign_in import Attempt, sign_in
from app.counter.audience import COUNTER
from app.records.accounts.counter_audit import audit_lines
from tests.unit.app.accounts.conftest import PASSWORD

OTHER_PASSWORD = "another one of a clerk"  # pragma: allowlist secret

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def attempt(records, limits, code):
    def make(audience, password=PASSWORD, name="desk-1", organisation=None, code=code):
        entered = Attempt(name, password, code, organisation)
        return sign_in(audience, records, limits, b"network", entered)

    return make


def test_whoever_has_all_three_signs_in_once_a_code(add, attempt):
    account = add(COUNTER)
    assert [account, None] == [attempt(COUNTER) for _ in range(2)]


@pytest.mark.parametrize("name", ["desk-1", " DESK-1 "])
def test_a_name_is_known_in_capitals_and_with_spaces_around(add, attempt, name):
    assert add(COUNTER) == attempt(COUNTER, name=name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "desk-2"},
        {"name": ""},
        {"name": "desk-1\x00"},
        {"password": OTHER_PASSWORD},
        {"password": ""},
        {"code": "000000"},
        {"code": "１２３"},
        {"organisation": 1},
    ],
)
def test_whatever_is_wrong_is_refused(add, attempt, wrong):
    add(COUNTER)
    assert attempt(COUNTER, **wrong) is None


def test_an_account_of_one_audience_is_worth_nothing_for_another(add, attempt, audiences):
    add(audiences[0])
    assert attempt(audiences[1]) is None
    add(audiences[1], password=OTHER_PASSWORD)
    assert attempt(audiences[1]) is None
    assert attempt(audiences[0]) is not None


def test_an_account_of_one_organisation_is_worth_nothing_for_another(add, attempt, guests):
    account = add(guests.audience, organisation=1)
    assert [None, None, account] == [
        attempt(guests.audience, organisation=organisation) for organisation in (None, 2, 1)
    ]


def test_a_one_time_code_used_by_one_audience_is_not_used_up_for_another(add, attempt, audiences):
    expected = [add(audience) for audience in audiences]
    assert expected == [attempt(audience) for audience in audiences]


def test_attempts_are_audited_by_the_audience_of_the_account(add, attempt, guests, records):
    account = add(guests.audience)
    attempt(guests.audience, name="nobody")
    attempt(guests.audience, code="000000")
    attempt(guests.audience)
    refused, signed_in = AccountEvent.REFUSED, AccountEvent.SIGNED_IN
    assert [(None, refused), (account, refused), (account, signed_in)] == [
        (entry.account, entry.event) for entry in guests.entries
    ]
    with records.reading() as connection:
        assert [] == list(audit_lines(connection, records.cipher))


def test_attempts_at_the_counter_are_lines_of_its_audit(add, attempt, records):
    add(COUNTER)
    attempt(COUNTER, name="nobody")
    attempt(COUNTER)
    with records.reading() as connection:
        lines = [(each.clerk, each.event) for each in audit_lines(connection, records.cipher)]
    assert [("-", "refused"), ("desk-1", "signed_in")] == lines
