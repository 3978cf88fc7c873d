"""The counter and a second audience, with namesakes in both."""

from datetime import date

import pyotp
import pytest

from app.accounts.audience import Audience, AuditEntry
from app.accounts.lockout import EarnedAttempts
from app.accounts.passwords import hash_password
from app.counter.audience import COUNTER
from app.limits.actions import ActionLimits
from app.limits.pseudonyms import DailyPseudonyms
from app.records.accounts.accounts import Secrets, put_account
from app.records.accounts.sessions import SessionLength

TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # pragma: allowlist secret
PASSWORD = "four words of a clerk"  # pragma: allowlist secret
NOW = 1_600_000_000.0


class Guests:
    """An audience of these tests, and what its audit was told."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []
        self.audience = Audience(
            name="guests",
            path="/guests",
            session_length=lambda _settings: SessionLength(60, 600),
            lockout=EarnedAttempts(),
            append_audit=lambda _connection, _cipher, entry: self.entries.append(entry),
        )


@pytest.fixture
def guests():
    return Guests()


@pytest.fixture
def audiences(guests):
    return COUNTER, guests.audience


@pytest.fixture
def limits():
    return ActionLimits(DailyPseudonyms(bytes(32), lambda: NOW), clock=lambda: NOW)


@pytest.fixture
def clock(monkeypatch):
    """Time stands still, so that a one-time code is good for the whole of a test."""
    monkeypatch.setattr("app.accounts.sign_in.time.time", lambda: NOW)
    monkeypatch.setattr("app.accounts.sessions.time.time", lambda: NOW)


@pytest.fixture
def add(records):
    """Add an account that has these secrets, whatever its audience."""

    def add_to(audience, name="desk-1", organisation=None, password=PASSWORD):
        account = audience.account(name, organisation)
        secrets = Secrets(hash_password(audience, records.cipher, password), TOTP)
        with records.writing() as connection:
            put_account(connection, records.cipher, account, secrets, date(2020, 2, 1))
        return account

    return add_to


@pytest.fixture
def code():
    return pyotp.TOTP(TOTP).at(NOW)
