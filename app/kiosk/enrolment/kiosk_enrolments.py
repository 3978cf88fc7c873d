"""Enrolment: a code, good once and for a day, is exchanged for the public keys of a kiosk.

Threat: a code that was photographed enrols a second tablet. Limit: of two that come with one code
the first is enrolled, and the other is refused; the organisation sees each kiosk that it has, and
revokes one. The same tablet may send the same request again, if the answer did not reach it.
"""

import secrets
from dataclasses import dataclass

from app.kiosk.enrolment.codes import new_code, parse_code
from app.kiosk.keys.hpke import public_key_of
from app.organisations.audit import KIOSK, Event, OrganisationEntry, append_event
from app.records.database import Records
from app.records.kiosks.enrolments import (
    KioskEnrolment,
    add_enrolment,
    enrolment_of,
    open_enrolments_of,
    use_enrolment,
    withdraw_enrolment,
)
from app.records.kiosks.kiosks import Kiosk, add_kiosk, kiosk_of_id
from app.records.organisations.organisations import organisation_where, organisations

CODE_HOURS = 24
HOUR_MS = 3_600_000
KIOSK_ID_BYTES = 16
NAME_MAX_CHARACTERS = 40


class NameInvalid(ValueError):
    """Not a name of 1 to 40 printable characters."""


class UnknownCode(Exception):
    """No such code, or it has ended."""


class CodeUsed(Exception):
    """Another kiosk was enrolled by this code."""


class OrganisationDisabled(Exception):
    """The organisation of the kiosk is disabled."""


@dataclass(frozen=True, slots=True)
class KioskKeys:
    """The public keys that a kiosk brings, points of 65 bytes, and its software's name."""

    signing_key: bytes
    sealing_key: bytes
    software: str


def require_name(text: str) -> str:
    """Return a kiosk's name without space around it. Raises NameInvalid."""
    name = text.strip()
    if not 1 <= len(name) <= NAME_MAX_CHARACTERS or not name.isprintable():
        raise NameInvalid
    return name


class KioskEnrolments:
    """Makes codes, and kiosks of them."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def create(
        self, organisation: int, name: str, actor: str, now: int, hours: int = CODE_HOURS
    ) -> tuple[str, KioskEnrolment]:
        """Return a fresh code, which is kept nowhere, and its enrolment; now: milliseconds.

        Raises NameInvalid and RecordsUnavailable.
        """
        code = new_code()
        enrolment = KioskEnrolment(
            digest=self._digest(code),
            organisation=organisation,
            kiosk=secrets.token_hex(KIOSK_ID_BYTES),
            name=require_name(name),
            expires_at=now + hours * HOUR_MS,
        )
        with self._records.writing() as connection:
            add_enrolment(connection, self._records.cipher, enrolment)
            entry = OrganisationEntry(organisation, actor, Event.KIOSK_ADDED, 1)
            append_event(connection, self._records.cipher, entry, now // 1_000)
        return code, enrolment

    def waiting(self, organisation: int, now: int) -> list[KioskEnrolment]:
        """Return the codes of an organisation that are good now."""
        with self._records.reading() as connection:
            return open_enrolments_of(connection, self._records.cipher, organisation, now)

    def withdraw(self, organisation: int, kiosk_id: str) -> bool:
        """Delete the unused code of a kiosk to be; return whether there was one."""
        with self._records.writing() as connection:
            return withdraw_enrolment(connection, organisation, kiosk_id)

    def enrol(self, text: str, keys: KioskKeys, now: int) -> Kiosk:
        """Return the kiosk that a code makes of these keys; now: milliseconds.

        Raises CodeMistyped, PointInvalid, UnknownCode, CodeUsed, OrganisationDisabled and
        RecordsUnavailable.
        """
        for point in (keys.signing_key, keys.sealing_key):
            public_key_of(point)
        digest, cipher = self._digest(parse_code(text)), self._records.cipher
        with self._records.writing() as connection:
            first = use_enrolment(connection, digest, now)
            enrolment = enrolment_of(connection, cipher, digest)
            if enrolment is None or enrolment.used_at is None:  # there is none, or it has ended
                raise UnknownCode
            found = organisations.c.id == enrolment.organisation
            organisation = organisation_where(connection, found)
            if organisation is None or organisation.disabled:
                raise OrganisationDisabled
            if not first:
                return _same_kiosk(kiosk_of_id(connection, cipher, enrolment.kiosk), keys)
            kiosk = _new_kiosk(enrolment, keys, now)
            add_kiosk(connection, cipher, kiosk)
            entry = OrganisationEntry(kiosk.organisation, KIOSK, Event.KIOSK_ENROLLED, 1)
            append_event(connection, cipher, entry, now // 1_000)
        return kiosk

    def _digest(self, code: str) -> bytes:
        return self._records.cipher.digest("kiosk/enrolment", code.encode())


def _new_kiosk(enrolment: KioskEnrolment, keys: KioskKeys, now: int) -> Kiosk:
    return Kiosk(
        id=enrolment.kiosk,
        organisation=enrolment.organisation,
        name=enrolment.name,
        signing_key=keys.signing_key,
        sealing_key=keys.sealing_key,
        enrolled_at=now,
        last_seen_at=now,
        revoked_at=None,
        report={"software": keys.software},
    )


def _same_kiosk(known: Kiosk | None, keys: KioskKeys) -> Kiosk:
    """Return the kiosk that a code made before if it has these keys. Raises CodeUsed."""
    if known is None or known.revoked_at is not None:
        raise CodeUsed
    if (known.signing_key, known.sealing_key) != (keys.signing_key, keys.sealing_key):
        raise CodeUsed
    return known
