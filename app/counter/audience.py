"""The counter as an audience that signs in, and what its accounts do as lines of its audit log."""

from sqlalchemy import Connection

from app.accounts.audience import Audience, AuditEntry, Purposes
from app.accounts.lockout import EarnedAttempts
from app.records.accounts.counter_audit import Event, append_line
from app.records.accounts.sessions import SessionLength
from app.records.audit_chain import NOBODY
from app.records.encrypted_fields import FieldCipher
from app.settings import Settings


def _session_length(settings: Settings) -> SessionLength:
    return SessionLength(settings.counter_idle_minutes * 60, settings.counter_hours * 3_600)


def _append_audit(connection: Connection, cipher: FieldCipher, entry: AuditEntry) -> None:
    clerk = NOBODY if entry.account is None else entry.account.name
    append_line(connection, cipher, clerk, Event(entry.event), entry.at)


COUNTER = Audience(
    name="counter",
    path="/counter",
    session_length=_session_length,
    lockout=EarnedAttempts(),
    append_audit=_append_audit,
    # of the table of clerks, before accounts of other audiences stood beside them
    legacy_purposes=Purposes(passwords="clerk password", sessions="counter session"),
)
