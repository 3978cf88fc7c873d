"""The directory of organisations: made, changed and disabled by the authority; all is audited."""

import json
import re
import time
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.organisations.audit import AUTHORITY, Event, OrganisationEntry, append_event
from app.organisations.policy import Policy
from app.records.database import Records
from app.records.encrypted_fields import Place
from app.records.organisations.organisations import (
    Organisation,
    add_organisation,
    all_organisations,
    encrypted_column,
    end_sessions_of_organisation,
    lock_organisation,
    organisation_where,
    organisations,
    update_organisation,
)
from exposure_index.errors import Refused

SLUG = re.compile("[a-z0-9][a-z0-9-]{1,39}", re.ASCII)
TITLE_MAX_CHARACTERS = 200
HEADCOUNT_MAX = 100_000_000
EVENT_OF_POLICY = {
    Policy.INDIVIDUALS: Event.POLICY_INDIVIDUALS,
    Policy.COUNTS: Event.POLICY_COUNTS,
}


class OrganisationExists(Exception):
    """There is an organisation of this slug already."""


class NoSuchOrganisation(Exception):
    """There is no organisation of this slug or number."""


class OrganisationPurged(Refused):
    """All that was held of an organisation was destroyed: it is nothing to be changed any more."""

    reason = "purged"

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"{slug} was purged: nothing is held of it, and it stays disabled for good. "
            "Make another organisation: gauge org create"
        )


class OrganisationDisabled(Refused):
    """Nobody can join an organisation that lets nobody in."""

    reason = "disabled"

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"{slug} is disabled, and a link would lead nowhere. "
            f"Let it in again first: gauge org enable {slug}"
        )


class OrganisationInvalid(ValueError):
    """A slug, title, headcount or quota that cannot be one; ``field`` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What the authority says of a new organisation; quota: None for the usual one."""

    slug: str
    title: str
    headcount: int
    quota: int | None = None
    policy: Policy = Policy.INDIVIDUALS

    def __post_init__(self) -> None:
        """Raise OrganisationInvalid."""
        if not SLUG.fullmatch(self.slug):
            raise OrganisationInvalid("slug")
        title = self.title.strip()
        if not 1 <= len(title) <= TITLE_MAX_CHARACTERS or not title.isprintable():
            raise OrganisationInvalid("title")
        if not 1 <= self.headcount <= HEADCOUNT_MAX:
            raise OrganisationInvalid("headcount")
        _require_quota(self.effective_quota)

    @property
    def effective_quota(self) -> int:
        """The quota asked for, else a fifth more than the headcount, rounded up."""
        return usual_quota(self.headcount) if self.quota is None else self.quota


@dataclass(frozen=True, slots=True, repr=False)
class Webhook:
    """Where the end of a job is told, and the secret that signs it.

    by_authority: set by the authority, which may name servers of its own network.
    """

    url: str
    secret: str
    by_authority: bool = False


def usual_quota(headcount: int) -> int:
    """Return 1.2 times a headcount, rounded up."""
    return -(-headcount * 6 // 5)


class OrganisationDirectory:
    """Finds and changes organisations."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def create(self, new: NewOrganisation, today: date, actor: str = AUTHORITY) -> Organisation:
        """Make an organisation without members. Raises OrganisationExists, RecordsUnavailable."""
        values = {
            "slug": new.slug,
            "title": new.title.strip(),
            "headcount": new.headcount,
            "quota": new.effective_quota,
            "policy": new.policy.value,
            "created_on": today,
        }
        try:
            with self._records.writing() as connection:
                number = add_organisation(connection, values)
                self._append(connection, OrganisationEntry(number, actor, Event.CREATED))
        except IntegrityError:
            raise OrganisationExists from None
        return self.by_id(number)

    def list(self) -> list[Organisation]:
        """Return every organisation in the order of their slugs. Raises RecordsUnavailable."""
        with self._records.reading() as connection:
            return all_organisations(connection)

    def by_slug(self, slug: str) -> Organisation | None:
        """Return the organisation of a slug, None where there is none."""
        if not SLUG.fullmatch(slug):  # PostgreSQL takes no zero byte
            return None
        with self._records.reading() as connection:
            return organisation_where(connection, organisations.c.slug == slug)

    def by_id(self, organisation_id: int) -> Organisation:
        """Return the organisation of a number. Raises NoSuchOrganisation, RecordsUnavailable."""
        with self._records.reading() as connection:
            organisation = organisation_where(connection, organisations.c.id == organisation_id)
        if organisation is None:
            raise NoSuchOrganisation
        return organisation

    def set_quota(self, organisation_id: int, quota: int, actor: str = AUTHORITY) -> None:
        """Set how many distinct identities may be asked about in 14 days.

        Raises OrganisationPurged, as every change does but ``disable``.
        """
        _require_quota(quota)
        entry = OrganisationEntry(organisation_id, actor, Event.QUOTA_CHANGED, quota)
        self._change(entry, quota=quota)

    def set_policy(self, organisation_id: int, policy: Policy, actor: str = AUTHORITY) -> None:
        """Set what the organisation learns; jobs keep the policy that they began with."""
        entry = OrganisationEntry(organisation_id, actor, EVENT_OF_POLICY[policy])
        self._change(entry, policy=policy.value)

    def set_webhook(
        self, organisation_id: int, webhook: Webhook | None, actor: str = AUTHORITY
    ) -> None:
        """Set where the end of a job is told, or that it is told nowhere."""
        field = None
        if webhook is not None:
            content = json.dumps(asdict(webhook))
            field = self._records.cipher.encrypt(_webhook_place(organisation_id), content)
        entry = OrganisationEntry(organisation_id, actor, Event.WEBHOOK_CHANGED)
        self._change(entry, webhook=field)

    def webhook(self, organisation_id: int) -> Webhook | None:
        """Return where the end of a job is told. Raises FieldUnreadable under another key."""
        with self._records.reading() as connection:
            field = encrypted_column(connection, organisation_id, "webhook")
        if field is None:
            return None
        text = self._records.cipher.decrypt(_webhook_place(organisation_id), field)
        return Webhook(**json.loads(text))

    def disable(self, organisation_id: int, actor: str = AUTHORITY) -> None:
        """Let no member sign in and no key be used; whoever is signed in is out.

        Its jobs are not told from here: whoever works on one asks ``by_id`` between two blocks.
        """
        with self._records.writing() as connection:
            if not update_organisation(connection, organisation_id, disabled=True):
                raise NoSuchOrganisation
            end_sessions_of_organisation(connection, organisation_id)
            self._append(connection, OrganisationEntry(organisation_id, actor, Event.DISABLED))

    def enable(self, organisation_id: int, actor: str = AUTHORITY) -> None:
        """Let members and keys of a disabled organisation in again."""
        self._change(OrganisationEntry(organisation_id, actor, Event.ENABLED), disabled=False)

    def _change(self, entry: OrganisationEntry, **values: object) -> None:
        with self._records.writing() as connection:
            require_unpurged(connection, entry.organisation_id)
            update_organisation(connection, entry.organisation_id, **values)
            self._append(connection, entry)

    def _append(self, connection: Connection, entry: OrganisationEntry) -> None:
        append_event(connection, self._records.cipher, entry, int(time.time()))


def require_enabled(connection: Connection, organisation_id: int) -> None:
    """Raise OrganisationDisabled, and as ``require_unpurged`` does, which comes first."""
    require_unpurged(connection, organisation_id)
    found = organisation_where(connection, organisations.c.id == organisation_id)
    if found is not None and found.disabled:
        raise OrganisationDisabled(found.slug)


def require_unpurged(connection: Connection, organisation_id: int) -> None:
    """Let a purge wait for this transaction. Raises NoSuchOrganisation, OrganisationPurged."""
    if not lock_organisation(connection, organisation_id):
        raise NoSuchOrganisation
    found = organisation_where(connection, organisations.c.id == organisation_id)
    if found is not None and found.purged_at is not None:
        raise OrganisationPurged(found.slug)


def _require_quota(quota: int) -> None:
    if not 0 <= quota <= usual_quota(HEADCOUNT_MAX):
        raise OrganisationInvalid("quota")


def _webhook_place(organisation_id: int) -> Place:
    return Place("organisations", "webhook", str(organisation_id))
