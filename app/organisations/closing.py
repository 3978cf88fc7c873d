"""Destroying what is held of an organisation, and telling what is left: counts, and its audit log.

The rows of its jobs hold counts, times and the account that sent them, and signed receipts counts
and times for auditors; nobody who was asked about is in either.

Without the key of the quota, which is destroyed with it, a sketch in an old copy of the database
tells of nobody any more, even to whoever has the key ``records``.
"""

import time
from collections.abc import Mapping

from sqlalchemy import func, select

from app.organisations.audience import ORGANISATION
from app.organisations.audit import AUTHORITY, Event, OrganisationEntry, append_event
from app.records.accounts.accounts import accounts
from app.records.database import Records
from app.records.health.accesses import delete_accesses_of, health_accesses
from app.records.health.alarms import delete_alarms_of, health_alarms
from app.records.health.observations import delete_observations_of, observations
from app.records.health.readings import delete_readings_of, health_readings
from app.records.kiosks.checkins import checkins, delete_checkins_of
from app.records.kiosks.decision_tables import decision_tables, delete_table_of
from app.records.kiosks.enrolments import delete_enrolments_of, kiosk_enrolments
from app.records.kiosks.kiosks import delete_kiosks_of, kiosks
from app.records.kiosks.roster import delete_roster_of, roster
from app.records.kiosks.settings import delete_settings_of, kiosk_settings
from app.records.organisations.api_keys import api_keys, delete_keys_of
from app.records.organisations.bulk_jobs import bulk_jobs
from app.records.organisations.bulk_receipts import bulk_receipts
from app.records.organisations.invitations import delete_invitations_of, invitations
from app.records.organisations.organisation_audit import organisation_audit
from app.records.organisations.organisation_keys import delete_organisation_keys, organisation_keys
from app.records.organisations.organisations import (
    delete_members_of,
    organisation_members,
    organisations,
    update_organisation,
)
from app.records.organisations.quota_sketches import delete_sketches_of, quota_sketches

TABLES = {
    "members": organisation_members,
    "accounts": accounts,
    "invitations": invitations,
    "keys": api_keys,
    "sketches": quota_sketches,
    "kiosks": kiosks,
    "enrolments": kiosk_enrolments,
    "kiosk keys": organisation_keys,
    "kiosk settings": kiosk_settings,
    "check-ins": checkins,
    "observations": observations,
    "readings": health_readings,
    "alarms": health_alarms,
    "views of health data": health_accesses,
    "roster": roster,
    "decision tables": decision_tables,
    "jobs, their counts alone": bulk_jobs,
    "signed receipts": bulk_receipts,
    "audit lines": organisation_audit,
}

LEFT = frozenset({"jobs, their counts alone", "signed receipts", "audit lines"})
"""What stays of an organisation whose holdings were destroyed."""
KIOSK_HOLDINGS = (
    delete_checkins_of,
    delete_observations_of,
    delete_readings_of,
    delete_alarms_of,
    delete_accesses_of,
    delete_kiosks_of,
    delete_enrolments_of,
    delete_organisation_keys,
    delete_settings_of,
    delete_roster_of,
    delete_table_of,
)


def destroy_holdings(records: Records, organisation_id: int, actor: str = AUTHORITY) -> None:
    """Disable an organisation for good; destroy members, keys, links, sketches, roster, webhook.

    Its jobs are destroyed before, by whoever holds them. Raises RecordsUnavailable.
    """
    now = int(time.time())
    with records.writing() as connection:
        update_organisation(
            connection,
            organisation_id,
            disabled=True,
            webhook=None,
            quota_key=None,
            purged_at=now,
        )
        number = delete_members_of(connection, organisation_id, ORGANISATION.name)
        delete_invitations_of(connection, organisation_id)
        delete_keys_of(connection, organisation_id)
        delete_sketches_of(connection, organisation_id)
        for delete_theirs in KIOSK_HOLDINGS:
            delete_theirs(connection, organisation_id)
        entry = OrganisationEntry(organisation_id, actor, Event.PURGED, number)
        append_event(connection, records.cipher, entry, now)


def holdings(records: Records, organisation_id: int) -> Mapping[str, int]:
    """Return how much is held of an organisation, by kind, as it stands in the database now."""
    with records.reading() as connection:
        counts = {
            kind: int(
                connection.execute(
                    select(func.count())
                    .select_from(table)
                    .where(table.c.organisation == organisation_id)
                ).scalar_one()
            )
            for kind, table in TABLES.items()
        }
        secrets = select(organisations.c.webhook, organisations.c.quota_key).where(
            organisations.c.id == organisation_id
        )
        fields = connection.execute(secrets).one()
    return {**counts, "secrets": sum(field is not None for field in fields)}
