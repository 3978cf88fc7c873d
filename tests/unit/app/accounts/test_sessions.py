import pytest

from app.accounts.audience import AccountEvent
from app.accounts.sessions import AccountUnknown, Sessions
from app.counter.audience import COUNTER
from app.records.accounts.accounts import disable_account
from app.records.database import RecordsUnavailable
from app.settings import read_settings

KEY = b"s" * 32

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sessions_of(records):
    return lambda audience, key=KEY: Sessions(audience, key, records, read_settings())


def test_a_session_tells_whose_it_is(add, sessions_of):
    sessions = sessions_of(COUNTER)
    account = add(COUNTER)
    assert account == sessions.account(sessions.begin(account))


def test_a_session_of_an_organisation_tells_which(add, guests, sessions_of):
    sessions = sessions_of(guests.audience)
    for account in [add(guests.audience, organisation=number) for number in (None, 1, 2)]:
        assert account == sessions.account(sessions.begin(account))


def test_a_cookie_of_one_audience_is_nobodys_for_another(add, audiences, sessions_of):
    for audience in audiences:
        cookie = sessions_of(audience).begin(add(audience))
        recognised = [sessions_of(other).account(cookie) is not None for other in audiences]
        assert [other is audience for other in audiences] == recognised


def test_a_cookie_of_another_audience_is_refused_before_the_records_are_asked(
    add, audiences, sessions_of, nowhere
):
    counter, guests = audiences
    cookie = sessions_of(counter).begin(add(counter))
    assert Sessions(guests, KEY, nowhere, read_settings()).account(cookie) is None
    with pytest.raises(RecordsUnavailable):
        Sessions(counter, KEY, nowhere, read_settings()).account(cookie)


def test_a_session_begins_for_no_account_of_another_audience(add, guests, sessions_of):
    with pytest.raises(AccountUnknown):
        sessions_of(guests.audience).begin(add(COUNTER))


def test_a_form_of_one_audience_is_worth_nothing_for_another(add, audiences, sessions_of):
    counter, guests = (sessions_of(audience) for audience in audiences)
    cookies = [sessions_of(audience).begin(add(audience)) for audience in audiences]
    form = counter.new_form(cookies[0])
    guests.new_form(cookies[1])
    assert not guests.spend_form(cookies[1], form)
    assert not guests.spend_form(cookies[0], form)
    assert counter.spend_form(cookies[0], form)
    assert not counter.spend_form(cookies[0], form)


def test_the_short_sessions_of_one_audience_end_no_other(add, audiences, sessions_of, monkeypatch):
    counter, guests = (sessions_of(audience) for audience in audiences)
    cookies = [sessions_of(audience).begin(add(audience)) for audience in audiences]
    later = 1_600_000_000.0 + 61
    monkeypatch.setattr("app.accounts.sessions.time.time", lambda: later)
    assert guests.account(cookies[1]) is None
    assert counter.account(cookies[0]) is not None


@pytest.mark.parametrize("cookie", [None, "", "x", "A" * 43, "字", "\x00", "A" * 4_000])
def test_a_cookie_that_was_made_up_is_nobodys(sessions_of, cookie):
    sessions = sessions_of(COUNTER)
    assert sessions.account(cookie) is None
    assert not sessions.spend_form(cookie, "A" * 22)
    sessions.sign_out(cookie)


def test_a_cookie_signed_with_another_key_is_nobodys(add, sessions_of):
    cookie = sessions_of(COUNTER).begin(add(COUNTER))
    assert sessions_of(COUNTER, b"k" * 32).account(cookie) is None


def test_without_the_key_nobody_can_be_signed_in(sessions_of):
    with pytest.raises(RecordsUnavailable):
        sessions_of(COUNTER, None)


def test_signing_out_ends_the_session_and_is_audited_once(add, guests, sessions_of):
    sessions = sessions_of(guests.audience)
    account = add(guests.audience)
    cookie = sessions.begin(account)
    for _ in range(2):
        sessions.sign_out(cookie)
    assert sessions.account(cookie) is None
    assert [(account, AccountEvent.SIGNED_OUT)] == [
        (entry.account, entry.event) for entry in guests.entries
    ]


def test_an_account_that_is_disabled_while_it_signs_in_gets_nowhere(add, sessions_of, records):
    sessions, account = sessions_of(COUNTER), add(COUNTER)
    with records.writing() as connection:
        disable_account(connection, account)
    assert sessions.account(sessions.begin(account)) is None
