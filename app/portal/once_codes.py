"""Once codes: what a form carries whose answer shows a secret, so that a reload makes no second.

Threat: the page of a new key or link is loaded again, which sends its form again, and a second key
that nobody knows of stays good. Limit: the form carries the number of the account's last line of
that kind in the audit log; whatever it made has moved that number, and the same form makes nothing
more. Two forms sent within the same moment are two: the pages list what either made.
"""

from app.organisations.audit import Event
from app.organisations.members import SignedInMember
from app.records.organisations.organisation_audit import newest_number_of
from app.services import current_services

FIELD = "once"


class SentAlready(Exception):
    """A form was sent before, or another that makes the same was; event: what it makes."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


def once_code(member: SignedInMember, event: Event) -> str:
    """Return what a form carries until it has made something. Raises RecordsUnavailable."""
    with current_services().records.reading() as connection:
        organisation = member.organisation.id
        return str(newest_number_of(connection, organisation, member.name, event.value))


def require_unsent(member: SignedInMember, event: Event, form: dict[str, str]) -> None:
    """Raise SentAlready where a form's code is spent; a form without one is no page's of ours."""
    code = form.get(FIELD)
    if code is not None and code != once_code(member, event):
        raise SentAlready(event)
