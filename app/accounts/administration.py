"""Adding, resetting and disabling accounts, each audited in the transaction that does it."""

import time
from datetime import date

from app.accounts.audience import AccountEvent, Audience, AuditEntry
from app.accounts.one_time_codes import new_secret
from app.accounts.passwords import hash_password
from app.records.accounts.accounts import (
    AccountState,
    Secrets,
    account_number,
    disable_account,
    list_accounts,
    put_account,
)
from app.records.database import Records


class AccountExists(Exception):
    """There is such an account already; a new one would lock its owner out."""


class NoSuchAccount(Exception):
    """There is no account of this name."""


class AccountAdministration:
    """Changes the accounts of one audience, and of one organisation of it, and no others."""

    def __init__(
        self, audience: Audience, records: Records, organisation: int | None = None
    ) -> None:
        self._audience = audience
        self._records = records
        self._organisation = organisation

    def list(self) -> list[AccountState]:
        """Return the accounts in order of their names. Raises RecordsUnavailable."""
        with self._records.reading() as connection:
            return list_accounts(connection, self._audience.name, self._organisation)

    def add(self, name: str, password: str, today: date) -> str:
        """Make an account; return the secret of its one-time codes, which is not told again.

        Raises AccountExists and RecordsUnavailable.
        """
        return self._write(name, password, today, AccountEvent.ADDED)

    def reset(self, name: str, password: str, today: date) -> str:
        """Give an account new secrets; whoever is signed in by the old ones is out.

        Returns the secret of its one-time codes. Raises NoSuchAccount and RecordsUnavailable.
        """
        return self._write(name, password, today, AccountEvent.RESET)

    def disable(self, name: str) -> None:
        """Let an account sign in no more; whoever is signed in by it is out.

        Raises NoSuchAccount and RecordsUnavailable.
        """
        account = self._audience.account(name, self._organisation)
        entry = AuditEntry(account, AccountEvent.DISABLED, int(time.time()))
        with self._records.writing() as connection:
            if not disable_account(connection, account):
                raise NoSuchAccount
            self._audience.append_audit(connection, self._records.cipher, entry)

    def _write(self, name: str, password: str, today: date, event: AccountEvent) -> str:
        audience, cipher = self._audience, self._records.cipher
        account = audience.account(name, self._organisation)
        secrets = Secrets(hash_password(audience, cipher, password), new_secret())
        entry = AuditEntry(account, event, int(time.time()))
        with self._records.writing() as connection:
            exists = account_number(connection, account) is not None
            if exists and event is AccountEvent.ADDED:
                raise AccountExists
            if not exists and event is AccountEvent.RESET:
                raise NoSuchAccount
            put_account(connection, cipher, account, secrets, today)
            audience.append_audit(connection, cipher, entry)
        return secrets.totp
