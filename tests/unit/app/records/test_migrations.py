"""Records of an earlier version, with rows in them, brought to this one."""

from datetime import date

import pyotp
import pytest
from sqlalchemy import inspect, text

from app.accounts.sessions import Sessions
from app.accounts.sign_in import Attempt, sign_in
from app.counter.audience import COUNTER
from app.limits.actions import ActionLimits
from app.records import database
from app.records.accounts.accounts import AccountState, list_accounts
from app.records.organisations.organisations import all_organisations
from app.records.schema_upgrade import upgrade_schema
from app.settings import read_settings

PASSWORD = "four words of a clerk"  # pragma: allowlist secret
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # pragma: allowlist secret
SESSION_KEY = b"s" * 32

# written by the version of r0003 under the key of these tests
CLERK = {
    "name": "desk-1",
    "password": bytes.fromhex(
        "01d5df7b22a70a9c5340ffec9128bc7d4040e756f11777a61b6a405b"  # pragma: allowlist secret
        "9a1e06b4b981e588d23eee766a048413c3c163453bca51e720884cf2"  # pragma: allowlist secret
        "22c0a73f4097e3ab91d56b7308d6d09bff40e56efd579f7e8b1d601c"  # pragma: allowlist secret
        "37a2003184aa32ed68e1d8c0415ca7323ca01a97ecaf37a3378164f8"  # pragma: allowlist secret
        "a8f45b5033f2f578f7dbd890401e"  # pragma: allowlist secret
    ),
    "totp": bytes.fromhex(
        "01c41c892f5997a783337c9732ea306092558a1b8036a514084d73cc"  # pragma: allowlist secret
        "f81eff5266e39bffa0f62c2af26082c45f5a35bd2cb07e10ca986389"  # pragma: allowlist secret
        "5d6246c2c5"  # pragma: allowlist secret
    ),
    "last_step": 1,
    "disabled": False,
    "changed_on": date(2020, 2, 1),
}
SESSION = {
    "digest": bytes.fromhex(
        "02f3ddc25a1cb7a9a44c356f6433c0994dbf5ae37229b0f4e1152d91"  # pragma: allowlist secret
        "570dace2"  # pragma: allowlist secret
    ),
    "clerk": "desk-1",
    "began_at": 1_000,
    "seen_at": 1_000,
    "form": "SJdHoUm-x6efJGXDFh0sLQ",
}
COOKIE = "wrIp-4vzT0H3eTz8loxZ0iyGt0cKwPBYb4FzMiYZdbc"  # pragma: allowlist secret


def _insert(connection, table, row):
    columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)  # noqa: S608


@pytest.fixture
def records(open_records, monkeypatch):
    """Records that two clerks were kept in by the version of r0003, one of them signed in."""
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "upgrade_schema", lambda engine: upgrade_schema(engine, "r0003"))
        with open_records().writing() as connection:
            _insert(connection, "clerks", CLERK)
            _insert(connection, "clerks", {**CLERK, "name": "desk-2", "disabled": True})
            _insert(connection, "clerk_sessions", SESSION)
    return open_records()


@pytest.fixture
def sessions(records, monkeypatch):
    monkeypatch.setattr("app.accounts.sessions.time.time", lambda: 1_100.0)
    return Sessions(COUNTER, SESSION_KEY, records, read_settings())


def test_clerks_become_accounts_of_the_counter(records, today):
    expected = [AccountState("desk-1", False, today), AccountState("desk-2", True, today)]
    with records.reading() as connection:
        assert expected == list_accounts(connection, "counter")
        assert not {"clerks", "clerk_sessions"} & set(inspect(connection).get_table_names())


def test_a_clerk_signs_in_by_the_secrets_of_before(records):
    attempt = Attempt("desk-1", PASSWORD, pyotp.TOTP(TOTP).now())
    assert COUNTER.account("desk-1") == sign_in(
        COUNTER, records, ActionLimits(None), b"network", attempt
    )


def test_a_clerk_who_is_signed_in_stays_so_with_the_form_that_is_open(sessions):
    assert COUNTER.account("desk-1") == sessions.account(COOKIE)
    assert sessions.spend_form(COOKIE, SESSION["form"])


def test_a_one_time_code_that_was_used_stays_used(records):
    used = pyotp.TOTP(TOTP).at(30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.accounts.sign_in.time.time", lambda: 59.0)
        attempt = Attempt("desk-1", PASSWORD, used)
        assert sign_in(COUNTER, records, ActionLimits(None), b"network", attempt) is None


WORKS = {
    "slug": "works",
    "title": "Works",
    "headcount": 5,
    "quota": 6,
    "policy": "counts",
    "disabled": True,
    "created_on": date(2020, 2, 1),
}


@pytest.mark.parametrize(
    ("events", "disabled", "expected"),
    [
        (("created", "disabled", "purged"), True, 3),
        (("created", "disabled"), True, None),
        (("created", "purged", "enabled"), False, None),
        (("created", "purged", "enabled", "disabled"), True, None),
    ],
)
def test_an_organisation_purged_before_is_known_by_its_audit_line(
    open_records, monkeypatch, events, disabled, expected
):
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "upgrade_schema", lambda engine: upgrade_schema(engine, "r0010"))
        with open_records().writing() as connection:
            _insert(connection, "organisations", {**WORKS, "disabled": disabled})
            for number, event in enumerate(events, 1):
                line = {"number": number, "at": number, "previous": b"", "chain": b""}
                of_works = {"organisation": 1, "actor": "authority", "event": event, "count": 0}
                _insert(connection, "organisation_audit", {**line, **of_works})
    with open_records().reading() as connection:
        assert expected == all_organisations(connection)[0].purged_at
