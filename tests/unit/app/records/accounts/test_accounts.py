import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.records.accounts.accounts import (
    AccountName,
    AccountState,
    Secrets,
    account_number,
    account_of_number,
    accounts,
    claim_step,
    disable_account,
    list_accounts,
    put_account,
    secrets_of,
)
from app.records.accounts.sessions import account_sessions, begin_session
from app.records.encrypted_fields import FieldUnreadable

SECRETS = Secrets("hash", "totp-secret")
CLERK = AccountName("counter", "desk-1")
NAMESAKES = [
    CLERK,
    AccountName("guests", "desk-1"),
    AccountName("guests", "desk-1", 1),
    AccountName("guests", "desk-1", 2),
]


@pytest.fixture
def keep(records, today):
    def keep_all(*names, secrets=SECRETS):
        with records.writing() as connection:
            for name in names:
                put_account(connection, records.cipher, name, secrets, today)

    return keep_all


def secrets_in(records, account):
    with records.reading() as connection:
        return secrets_of(connection, records.cipher, account)


def begin(records, account):
    with records.writing() as connection:
        number = account_number(connection, account)
        begin_session(connection, b"d", account.audience, number, 0)
    return number


def sessions_in(records):
    with records.reading() as connection:
        return connection.execute(select(account_sessions)).all()


def test_an_account_is_read_as_it_was_kept(keep, records, today):
    keep(CLERK)
    assert SECRETS == secrets_in(records, CLERK)
    assert secrets_in(records, AccountName("counter", "desk-2")) is None
    with records.reading() as connection:
        assert [AccountState("desk-1", False, today)] == list_accounts(connection, "counter")


def test_namesakes_of_other_audiences_and_organisations_are_apart(keep, records):
    for account in NAMESAKES:
        keep(account, secrets=Secrets(repr(account), "totp-secret"))
    assert [repr(account) for account in NAMESAKES] == [
        secrets_in(records, account).password_hash for account in NAMESAKES
    ]
    with records.reading() as connection:
        assert 1 == len(list_accounts(connection, "guests", 2))


@pytest.mark.parametrize("account", NAMESAKES)
def test_a_name_is_given_once_in_its_audience_and_organisation(keep, records, account):
    keep(account)
    with records.reading() as connection:
        [row] = connection.execute(select(accounts)).mappings().all()
    with pytest.raises(IntegrityError), records.writing() as connection:
        connection.execute(accounts.insert(), {**row, "id": None})


@pytest.mark.parametrize("other", NAMESAKES[1:])
def test_a_secret_moved_to_a_namesake_does_not_open(keep, records, other):
    keep(CLERK, other)
    with records.writing() as connection:
        number = account_number(connection, CLERK)
        password = select(accounts.c.password).where(accounts.c.id == number).scalar_subquery()
        totp = select(accounts.c.totp).where(accounts.c.id == number).scalar_subquery()
        to = accounts.c.id == account_number(connection, other)
        connection.execute(update(accounts).where(to).values(password=password, totp=totp))
    with pytest.raises(FieldUnreadable):
        secrets_in(records, other)


def test_a_one_time_code_is_good_once_and_an_older_one_never(keep, records):
    keep(CLERK)
    with records.writing() as connection:
        uses = [claim_step(connection, CLERK, step) for step in (5, 5, 4, 6)]
    assert [True, False, False, True] == uses


def test_a_step_is_used_up_for_one_account_alone(keep, records):
    keep(*NAMESAKES)
    with records.writing() as connection:
        assert [True] * 4 == [claim_step(connection, account, 5) for account in NAMESAKES]


def test_a_disabled_account_takes_no_code_and_is_out(keep, records):
    keep(CLERK)
    number = begin(records, CLERK)
    with records.writing() as connection:
        assert disable_account(connection, CLERK)
        assert not disable_account(connection, AccountName("counter", "desk-2"))
        assert not claim_step(connection, CLERK, 7)
        assert account_of_number(connection, number, "counter") is None
    assert [] == sessions_in(records)


def test_new_secrets_end_the_sessions_of_their_account_alone(keep, records):
    keep(*NAMESAKES)
    begin(records, CLERK)
    keep(*NAMESAKES[1:])
    assert 1 == len(sessions_in(records))
    keep(CLERK)
    assert [] == sessions_in(records)


def test_the_number_of_an_account_is_of_its_audience_alone(keep, records):
    keep(NAMESAKES[2])
    with records.reading() as connection:
        number = account_number(connection, NAMESAKES[2])
        assert NAMESAKES[2] == account_of_number(connection, number, "guests")
        assert account_of_number(connection, number, "counter") is None
