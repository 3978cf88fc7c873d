"""How long each kind of record is kept, what deletes it, and the thread that does so regularly."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from sqlalchemy import Connection

from app.records.accounts.counter_audit import purge_counter_audit
from app.records.citizens.corrections import purge_corrections
from app.records.citizens.trip_alerts import purge_trip_alerts
from app.records.database import Records, RecordsUnavailable
from app.records.encrypted_fields import FieldCipher
from app.records.health.accesses import purge_accesses
from app.records.health.purging import purge_health
from app.records.kiosks.enrolments import purge_enrolments
from app.records.kiosks.roster import REMOVED_DAYS, purge_removed_people
from app.records.organisations.api_keys import purge_keys
from app.records.organisations.bulk_receipts import purge_receipts
from app.records.organisations.invitations import purge_invitations
from app.records.organisations.organisation_audit import purge_organisation_audit
from app.records.organisations.quota_sketches import QUOTA_DAYS, purge_quota_sketches
from app.records.organisations.webhook_deliveries import purge_deliveries
from app.settings import Settings

DEAD_KEY_DAYS = 90
DEAD_ENROLMENT_DAYS = 7
PURGE_EVERY_SECONDS = 6 * 3_600  # four times a day, so that a restart at night skips none


@dataclass(frozen=True, slots=True)
class Retention:
    """One kind of record: days for which it is kept, and what deletes those received before."""

    days: Callable[[Settings], int]
    purge: Callable[[Connection, date], int]


# every table that keeps anything of anybody beyond their own use of it
RETENTIONS: Mapping[str, Retention] = {
    "corrections": Retention(lambda settings: settings.corrections_days, purge_corrections),
    "counter_audit": Retention(lambda settings: settings.counter_audit_days, purge_counter_audit),
    "organisation_audit": Retention(
        lambda settings: settings.organisation_audit_days, purge_organisation_audit
    ),
    "health_accesses": Retention(lambda settings: settings.organisation_audit_days, purge_accesses),
    # told apart from those that never were for as long as somebody may ask why theirs is refused
    "api_keys": Retention(lambda _settings: DEAD_KEY_DAYS, purge_keys),
    "bulk_receipts": Retention(lambda settings: settings.bulk_receipts_days, purge_receipts),
    "invitations": Retention(lambda _settings: 0, purge_invitations),
    # told apart from unknown ones for as long as somebody may try the code of a printed page
    "kiosk_enrolments": Retention(lambda _settings: DEAD_ENROLMENT_DAYS, purge_enrolments),
    "quota_sketches": Retention(lambda _settings: QUOTA_DAYS, purge_quota_sketches),
    # whoever is on a roster stays until somebody removes them
    "removed_people": Retention(lambda _settings: REMOVED_DAYS, purge_removed_people),
    "webhook_deliveries": Retention(lambda settings: settings.bulk_webhook_days, purge_deliveries),
    # each bears the day on which it is deleted itself
    "watches": Retention(lambda _settings: 0, purge_trip_alerts),
}


def purge(records: Records, settings: Settings, today: date) -> dict[str, int]:
    """Delete what is past its retention; return how many rows of each kind.

    Raises RecordsUnavailable.
    """
    with records.writing() as connection:
        deleted = {
            name: retention.purge(connection, today - timedelta(days=retention.days(settings)))
            for name, retention in RETENTIONS.items()
        }
        return {**deleted, **purge_health(connection, _cipher(records), today)}


def _cipher(records: Records) -> FieldCipher | None:
    """Return the cipher of fields, None without its key: the rest is purged all the same."""
    try:
        return records.cipher
    except RecordsUnavailable:
        return None


class PurgeThread:
    """Purges when started and then every six hours; a purge of several processes at once is one.

    others: what is to be purged besides, by parts that stand above the records.
    """

    def __init__(
        self, records: Records, settings: Settings, others: tuple[Callable[[], object], ...] = ()
    ) -> None:
        self._records = records
        self._settings = settings
        self._others = others

    def start(self) -> None:
        """Begin in a thread that ends with the process."""
        threading.Thread(target=self._run, name="purge", daemon=True).start()

    def purge_now(self) -> None:
        """Delete what is past its retention; while records are unavailable, do nothing."""
        try:
            purge(self._records, self._settings, self._settings.today())
            for other in self._others:
                other()
        except RecordsUnavailable:
            return

    def _run(self) -> None:
        while True:
            try:
                self.purge_now()
            except Exception as error:  # the next one may succeed
                structlog.get_logger().error("purge_failed", exc_info=error)
            time.sleep(PURGE_EVERY_SECONDS)
