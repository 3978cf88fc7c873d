"""The records as commands about organisations need them, and the arguments that they share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from app.commands.records import existing_records, records_to_begin

if TYPE_CHECKING:
    from app.bulk.bulk_jobs import BulkJobs
    from app.organisations.api_keys import ApiKeyView
    from app.organisations.directory import OrganisationDirectory
    from app.records.database import Records
    from app.records.organisations.invitations import InvitationRow
    from app.records.organisations.organisations import MemberState, Organisation
    from app.settings import Settings

USED_ROUNDED_TO = 10
SLUG_WORDS = "2 to 40 small letters, digits and dashes, as in addresses: steelworks"

POLICIES = click.Choice(["individuals", "counts"])
as_json = click.option("--json", "json_output", is_flag=True, help="Print one line of JSON.")


def _slug(_context: click.Context, _parameter: click.Parameter, slug: str) -> str:
    from app.organisations.directory import SLUG

    if not SLUG.fullmatch(slug):
        raise click.BadParameter(SLUG_WORDS)
    return slug


slug_argument = click.argument("slug", callback=_slug)


def organisation_state(organisation: Organisation) -> str:
    """Return active, disabled (it can be enabled again) or purged (nothing is held of it)."""
    if organisation.purged_at is not None:
        return "purged"
    return "disabled" if organisation.disabled else "active"


@dataclass(frozen=True)
class OrganisationRecords:
    """What the commands read and change; opened once a command."""

    settings: Settings
    records: Records

    @cached_property
    def directory(self) -> OrganisationDirectory:
        """The organisations."""
        from app.organisations.directory import OrganisationDirectory

        return OrganisationDirectory(self.records)

    @cached_property
    def jobs(self) -> BulkJobs:
        """The jobs of all organisations."""
        from app.bulk.bulk_jobs import BulkJobs
        from app.bulk.jobs.job_store import JobStore
        from app.bulk.workers.bell import Bell

        return BulkJobs(JobStore(self.settings, self.records), Bell(self.settings))

    def organisation(self, slug: str) -> Organisation:
        """Return the organisation of a slug; a usage error where there is none."""
        organisation = self.directory.by_slug(slug)
        if organisation is None:
            raise click.UsageError(
                f"there is no organisation {slug} in these records: `gauge org list` says which; "
                "GAUGE_STATE_DIR or GAUGE_DATABASE_URL, as of the service, say where they are"
            )
        return organisation

    def members(self, organisation: Organisation) -> list[MemberState]:
        """Return the members of an organisation."""
        from app.organisations.audit import AUTHORITY
        from app.organisations.members import Members

        return Members(self.records, organisation.id, AUTHORITY).list()

    def keys(self, organisation: Organisation) -> list[ApiKeyView]:
        """Return the keys of an organisation."""
        from app.organisations.api_keys import ApiKeys

        return ApiKeys(self.records, self.settings).list(organisation.id)

    def used(self) -> dict[int, int]:
        """Return how many distinct people each organisation asked about in the last 14 days."""
        from app.organisations.quota import people_asked_about

        return people_asked_about(self.records)

    def job_counts(self) -> dict[int, int]:
        """Return how many jobs each organisation has."""
        return {each.id: len(self.jobs.list(each.id)) for each in self.directory.list()}

    def cancel_jobs(self, organisation: Organisation) -> int:
        """Cancel every job of an organisation and destroy what is held of it."""
        return self.jobs.cancel_all(organisation.id)

    def jobs_with_files(self, organisation: Organisation) -> int:
        """Return how many jobs of an organisation still have files."""
        from app.bulk.jobs.job_store import JobStore

        store = JobStore(self.settings, self.records)
        views = self.jobs.list(organisation.id)
        return sum(store.folder(view.id).path.exists() for view in views)

    def invitations(self, organisation: Organisation) -> list[InvitationRow]:
        """Return the invitations of an organisation that nobody has used yet."""
        from app.organisations.invitations import Invitations

        return Invitations(self.records).list(organisation.id)

    def invite(self, organisation: Organisation, role: str, account: str | None) -> str:
        """Return a link for a new member, or for the secrets of an account."""
        from app.organisations.audit import AUTHORITY
        from app.organisations.invitations import PATH, Invitations, NewInvitation
        from app.organisations.roles import Role

        seconds = self.settings.invitation_days * 86_400
        new = NewInvitation(Role(role), AUTHORITY, account, seconds)
        token = Invitations(self.records).invite(organisation.id, new)
        base = self.settings.base_url or f"http://{self.settings.host}:{self.settings.port}"
        return f"{base}{PATH}/{token}"

    def summary(
        self, organisation: Organisation, used: Mapping[int, int], jobs: Mapping[int, int]
    ) -> dict[str, Any]:
        """Return what is told of an organisation; used: rounded up to tens."""
        asked_about = -(-used.get(organisation.id, 0) // USED_ROUNDED_TO) * USED_ROUNDED_TO
        return {
            "slug": organisation.slug,
            "title": organisation.title,
            "state": organisation_state(organisation),
            "headcount": organisation.headcount,
            "quota": organisation.quota,
            "used": asked_about,
            "policy": organisation.policy,
            "jobs": jobs.get(organisation.id, 0),
            "created_on": organisation.created_on.isoformat(),
        }

    def tell(self, slug: str, words: str, *, json_output: bool) -> None:
        """Print what became of an organisation, in words or as a line of JSON."""
        if not json_output:
            click.echo(f"{slug}: {words}")
            return
        summary = self.summary(self.organisation(slug), self.used(), self.job_counts())
        click.echo(json.dumps(summary, ensure_ascii=False))


def organisation_records(*, to_begin: bool = False) -> OrganisationRecords:
    """Open the records that the settings name; to_begin: make them where there are none.

    Raises RecordsMissing.
    """
    from app.settings import read_settings

    settings = read_settings()
    records = records_to_begin(settings) if to_begin else existing_records(settings)
    return OrganisationRecords(settings, records)
