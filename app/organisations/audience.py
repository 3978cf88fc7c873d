"""Organisations as an audience that signs in: members, by ``name@organisation``.

Threat: whoever tries addresses learns which organisations there are. Limit: one that there is not
is tried like one that there is, under the number of none.
"""

from app.accounts.audience import Audience
from app.accounts.lockout import EarnedAttempts
from app.organisations.audit import NO_ORGANISATION, append_account_entry
from app.organisations.directory import OrganisationDirectory
from app.records.accounts.sessions import SessionLength
from app.settings import Settings

SEPARATOR = "@"


def _session_length(settings: Settings) -> SessionLength:
    return SessionLength(
        settings.organisation_idle_minutes * 60, settings.organisation_hours * 3_600
    )


ORGANISATION = Audience(
    name="organisation",
    path="/org",
    session_length=_session_length,
    lockout=EarnedAttempts(),
    append_audit=append_account_entry,
)


def parse_address(directory: OrganisationDirectory, text: str) -> tuple[str, int]:
    """Return name and number of the organisation of ``name@organisation``, as one field holds it.

    The whole text and the number of none where there is no such organisation, or it is disabled.
    Raises RecordsUnavailable.
    """
    address = text.strip().lower()
    name, _, slug = address.rpartition(SEPARATOR)
    organisation = directory.by_slug(slug)
    if organisation is None or organisation.disabled:
        return address, NO_ORGANISATION  # the text keeps apart what is counted of each
    return name, organisation.id
