"""Signing in at the counter: account, password and one-time code, without telling which is wrong.

Threat: passwords are tried, or account names are found out. Limit: everything wrong is one
answer that takes one time; attempts are counted for the name as typed, whether there is such an
account or not, and each further failure waits longer.
"""

import hmac
import time
from dataclasses import dataclass

import pyotp
import structlog
from sqlalchemy import Connection

from app.accounts.passwords import password_fits
from app.limits.actions import ActionLimits, Allowance
from app.limits.outcomes import LimitKind
from app.records.clerks import ACCOUNT, Clerk, clerk_named, take_step
from app.records.counter_audit import NOBODY, Event, record
from app.records.database import Records
from app.records.encrypted_fields import FieldCipher, FieldUnreadable

# of one name from one network; success forgets them
BACKOFF = (
    Allowance("sign-in-minute", 5, 60, LimitKind.SIGN_IN),
    Allowance("sign-in-hour", 10, 3_600, LimitKind.SIGN_IN),
    Allowance("sign-in-day", 30, 86_400, LimitKind.SIGN_IN),
)
# of one name from everywhere; success does not forget them, since another may be guessing
NAME_EVERYWHERE = Allowance("sign-in-name", 200, 86_400, LimitKind.SIGN_IN)
NETWORK = Allowance("sign-in-network", 100, 3_600, LimitKind.SIGN_IN)
STEP_SECONDS = 30
STEPS_AROUND = (0, -1, 1)  # clocks of phones are off by half a minute
NAME_MAX_CHARACTERS = 40
_NOBODYS_SECRET = "A" * 32


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed."""

    name: str
    password: str
    code: str

    @property
    def account(self) -> str:
        """The name of the account: small letters, without spaces around."""
        return self.name.strip().lower()[:NAME_MAX_CHARACTERS]


def sign_in(records: Records, limits: ActionLimits, network: bytes, attempt: Attempt) -> str | None:
    """Return the account that signed in, None where anything is wrong.

    Raises LimitReached before anything is looked at, and RecordsUnavailable.
    """
    account = attempt.account
    of_both = account.encode() + b"\x00" + network
    limits.admit(NETWORK, network)
    limits.admit(NAME_EVERYWHERE, account.encode())
    for allowance in BACKOFF:
        limits.admit(allowance, of_both)
    if not _proved(records, attempt):
        return None
    for allowance in BACKOFF:
        limits.forget(allowance, of_both)
    return account


def _proved(records: Records, attempt: Attempt) -> bool:
    """Return whether it all fits; hashes before a transaction is begun, so that none waits."""
    cipher, now = records.cipher, time.time()
    clerk = None
    if ACCOUNT.fullmatch(attempt.account):  # PostgreSQL takes no zero byte for a name
        with records.reading() as connection:
            clerk = _readable(connection, cipher, attempt.account)
    fits = password_fits(cipher, clerk.secrets.password_hash if clerk else None, attempt.password)
    step = code_step(clerk.secrets.totp if clerk else _NOBODYS_SECRET, attempt.code, now)
    with records.writing() as connection:
        proved = (
            clerk is not None
            and fits
            and step is not None
            and take_step(connection, clerk.name, step)
        )
        # for an account that does not exist too: a line that is not written would tell by its time
        event = Event.SIGNED_IN if proved else Event.REFUSED
        record(connection, cipher, clerk.name if clerk else NOBODY, event, int(now))
    return proved


def _readable(connection: Connection, cipher: FieldCipher, account: str) -> Clerk | None:
    """Return an account, None where it was made under another key ``records``: reset it."""
    try:
        return clerk_named(connection, cipher, account)
    except FieldUnreadable:
        structlog.get_logger().warning("clerk_of_another_key")
        return None


def code_step(secret: str, code: str, now: float) -> int | None:
    """Return the 30-second step that a one-time code belongs to, None for a wrong one.

    Source: RFC 6238; every step is compared, so that time does not tell which.
    """
    typed = "".join(code.split()).encode()
    generator, present = pyotp.TOTP(secret), int(now) // STEP_SECONDS
    found = None
    for step in (present + around for around in STEPS_AROUND):
        if hmac.compare_digest(generator.generate_otp(step).encode(), typed) and found is None:
            found = step
    return found
