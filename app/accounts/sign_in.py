"""Signing in: account, password and one-time code, without telling which is wrong.

Threat: passwords are tried, or account names are found out. Limit: everything wrong is one
answer that takes one time, and the audience's lockout is asked before anything is looked at.

Threat: whoever has a password tries codes, of which three in a million are right at any time.
Limit: from browsers that are not known ten wrong codes beside the right password count in a day;
past them it takes two codes that follow one another. Whoever lacks the password cannot bring that
about.
"""

import time
from contextlib import suppress
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection

from app.accounts.audience import AccountEvent, Audience, AuditEntry
from app.accounts.lockout import CODE_GUESSES, STRANGER, AttemptSource, account_key
from app.accounts.one_time_codes import NOBODYS_SECRET, step_of_code
from app.accounts.passwords import password_matches
from app.limits.actions import ActionLimits
from app.limits.outcomes import NO_PROOF, AdmissionProof, LimitReached
from app.records.accounts.accounts import NAME, AccountName, Secrets, claim_step, secrets_of
from app.records.database import Records
from app.records.encrypted_fields import FieldCipher, FieldUnreadable

NAME_MAX_CHARACTERS = 40
NOBODYS_GUESS = b"\x00"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed, and by what it is let through.

    organisation: the number of the one that was chosen, where there are any; device: number of the
    known device that it comes from; proof: presented where one was asked for.
    """

    name: str
    password: str
    code: str
    organisation: int | None = None
    device: bytes = STRANGER
    proof: AdmissionProof = NO_PROOF

    def account(self, audience: Audience) -> AccountName:
        """Return the account meant: small letters, without spaces around."""
        name = self.name.strip().lower()[:NAME_MAX_CHARACTERS]
        return audience.account(name, self.organisation)


def sign_in(
    audience: Audience, records: Records, limits: ActionLimits, network: bytes, attempt: Attempt
) -> AccountName | None:
    """Return the account that signed in, None where anything is wrong.

    Raises ProofNeeded or LimitReached before anything is looked at, and RecordsUnavailable.
    """
    account = attempt.account(audience)
    source = AttemptSource(account, network, attempt.device, attempt.proof)
    audience.lockout.admit(limits, source)
    proved = _prove(audience, records, limits, attempt)
    audience.lockout.settle(limits, source, proved=proved)
    return account if proved else None


def _prove(audience: Audience, records: Records, limits: ActionLimits, attempt: Attempt) -> bool:
    """Return whether it all fits; hashes before a transaction is begun, so that none waits."""
    account, cipher, now = attempt.account(audience), records.cipher, time.time()
    stranger = attempt.device == STRANGER
    secrets = None
    if NAME.fullmatch(account.name):  # PostgreSQL takes no zero byte for a name
        with records.reading() as connection:
            secrets = _readable_secrets(connection, cipher, account)
    password_hash = secrets.password_hash if secrets else None
    matches = password_matches(audience, cipher, password_hash, attempt.password, stranger=stranger)
    two = stranger and limits.wait(CODE_GUESSES, account_key(account)) > 0
    secret = secrets.totp if secrets else NOBODYS_SECRET
    step = step_of_code(secret, attempt.code, now, two=two)
    with records.writing() as connection:
        proved = (
            secrets is not None
            and matches
            and step is not None
            and claim_step(connection, account, step)
        )
        # for an account that does not exist too: a line that is not written would tell by its time
        event = AccountEvent.SIGNED_IN if proved else AccountEvent.REFUSED
        entry = AuditEntry(account if secrets else None, event, int(now))
        audience.append_audit(connection, cipher, entry)
    if stranger and not proved:
        _count_guess(limits, account_key(account) if matches else NOBODYS_GUESS)
    return proved


def _count_guess(limits: ActionLimits, whose: bytes) -> None:
    """Count a wrong code beside a right password; others are counted too, so that time is one."""
    with suppress(LimitReached):
        limits.admit(CODE_GUESSES, whose)


def _readable_secrets(
    connection: Connection, cipher: FieldCipher, account: AccountName
) -> Secrets | None:
    """Return an account's secrets, None where they are of another key ``records``: reset it."""
    try:
        return secrets_of(connection, cipher, account)
    except FieldUnreadable:
        structlog.get_logger().warning("account_of_another_key", audience=account.audience)
        return None
