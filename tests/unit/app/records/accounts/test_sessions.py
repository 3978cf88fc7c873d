import pytest

from app.records.accounts.accounts import AccountName, Secrets, account_number, put_account
from app.records.accounts.sessions import (
    SessionLength,
    begin_session,
    end_session,
    open_form,
    spend_form,
    use_session,
)

LENGTH = SessionLength(idle_seconds=900, absolute_seconds=36_000)
SHORT = SessionLength(idle_seconds=1, absolute_seconds=1)


@pytest.fixture
def number(records, today):
    account = AccountName("counter", "desk-1")
    with records.writing() as connection:
        put_account(connection, records.cipher, account, Secrets("hash", "totp"), today)
        number = account_number(connection, account)
        begin_session(connection, b"d", "counter", number, 0)
    return number


def use(records, now, audience="counter", length=LENGTH):
    with records.writing() as connection:
        return use_session(connection, b"d", audience, length, now)


@pytest.mark.parametrize(
    ("uses", "signed_in"),
    [([900, 1800], True), ([901], False), ([*range(800, 36_000, 800), 36_001], False)],
)
def test_a_session_ends_without_use_and_after_its_hours(records, number, uses, signed_in):
    assert signed_in is ([use(records, now) for now in uses][-1] == number)


def test_a_session_is_of_its_audience_alone(records, number):
    assert use(records, 1, "guests") is None
    assert number == use(records, 1)


def test_a_session_lasts_as_long_as_its_own_audience_says(records, number):
    use(records, 100, "guests", SHORT)
    assert number == use(records, 100)


def test_a_session_ends_with_signing_out(records, number):
    with records.writing() as connection:
        end_session(connection, b"d")
    assert use(records, 1) is None


def test_the_form_opened_last_is_sent_once(records, number):
    with records.writing() as connection:
        for form in ("first", "second"):
            open_form(connection, b"d", form)
        spends = [spend_form(connection, b"d", form) for form in ("first", "second", "second", "")]
    assert [False, True, False, False] == spends
