"""The kiosks of an organisation: listed, renamed, revoked."""

from app.kiosk.enrolment.kiosk_enrolments import require_name
from app.kiosk.keys.organisation_keypairs import renew_door_key
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.records.database import Records
from app.records.kiosks.kiosks import Kiosk, kiosks_of, rename_kiosk, revoke_kiosk
from app.records.organisations.organisations import lock_organisation


class NoSuchKiosk(Exception):
    """The organisation has no such kiosk, or it was revoked."""


class KioskFleet:
    """What an organisation does with its kiosks."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def list(self, organisation: int) -> list[Kiosk]:
        """Return the kiosks of an organisation in the order of enrolment."""
        with self._records.reading() as connection:
            return kiosks_of(connection, self._records.cipher, organisation)

    def rename(self, organisation: int, kiosk_id: str, name: str) -> None:
        """Give a kiosk another name. Raises NameInvalid and NoSuchKiosk."""
        with self._records.writing() as connection:
            cipher, name = self._records.cipher, require_name(name)
            if not rename_kiosk(connection, cipher, organisation, kiosk_id, name):
                raise NoSuchKiosk

    def revoke(self, organisation: int, kiosk_id: str, actor: str, now: int) -> None:
        """Let a kiosk in no more, from this moment, and make a new door key for all others.

        now: milliseconds. Raises NoSuchKiosk where there is none, or it was revoked before.
        """
        cipher = self._records.cipher
        with self._records.writing() as connection:
            lock_organisation(connection, organisation)
            if not revoke_kiosk(connection, organisation, kiosk_id, now):
                raise NoSuchKiosk
            renew_door_key(connection, cipher, organisation, now)
            entry = OrganisationEntry(organisation, actor, Event.KIOSK_REVOKED, 1)
            append_event(connection, cipher, entry, now // 1_000)
