"""`gauge org`: organisations, what they may ask and learn, and who manages them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from app.commands.organisation_audit import audit_command, purge_command
from app.commands.organisation_changes import (
    disable_command,
    enable_command,
    policy_command,
    quota_command,
    webhook_command,
)
from app.commands.organisation_choice import (
    POLICIES,
    OrganisationRecords,
    as_json,
    organisation_records,
    slug_argument,
)
from app.commands.organisation_deliveries import deliveries_command
from app.commands.organisation_receipts import verify_receipt_command

if TYPE_CHECKING:
    from app.records.organisations.organisations import Organisation


ROLES = click.Choice(["admin", "checker", "viewer", "officer"])
COUNT = click.IntRange(min=1)


@click.group()
def org() -> None:
    """Organisations that check their people in bulk: make, change, disable, audit, purge.

    \b
    gauge org create steelworks --title 某某钢铁集团 --headcount 12000
    gauge org quota steelworks 20000
    gauge org audit --all --out audit.csv
    """


@org.command("create")
@slug_argument
@click.option("--title", required=True, help="The organisation's name, as its members read it.")
@click.option("--headcount", required=True, type=COUNT, help="How many people it has.")
@click.option(
    "--quota", type=click.IntRange(min=0), help="Distinct people in 14 days; else 1.2 × headcount."
)
@click.option("--policy", type=POLICIES, default="individuals", show_default=True)
@click.option("--account", default="admin", show_default=True, help="Its first administrator.")
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Make that account at once, with the password that standard input says in one line.",
)
@as_json
def create_command(slug: str, *, json_output: bool, **choices: Any) -> None:  # noqa: ANN401 - click's
    """Make an organisation; prints a link by which its first administrator joins.

    With --password-stdin the account is made at once, and its one-time codes are shown to be
    scanned, once. Example: gauge org create steelworks --title 某某钢铁集团 --headcount 12000
    """
    from app.organisations.directory import (
        NewOrganisation,
        OrganisationExists,
        OrganisationInvalid,
    )
    from app.organisations.policy import Policy

    password = _password_of(choices) if choices["password_stdin"] else None
    records = organisation_records(to_begin=True)
    try:
        new = NewOrganisation(
            slug,
            choices["title"],
            choices["headcount"],
            choices["quota"],
            Policy(choices["policy"]),
        )
        made = records.directory.create(new, records.settings.today())
    except OrganisationInvalid as error:
        raise click.UsageError(
            f"{error.field} cannot be used: see gauge org create --help"
        ) from None
    except OrganisationExists:
        raise click.UsageError(f"there is an organisation {slug} already: gauge org list") from None
    if password is None:
        _show_link(records, made, "admin", json_output=json_output)
        return
    _add_admin(records, made, choices["account"], password, json_output=json_output)


@org.command("invite")
@slug_argument
@click.option("--role", type=ROLES, default="admin", show_default=True)
@click.option("--account", help="Renew this account's secrets instead of making another account.")
@as_json
def invite_command(slug: str, role: str, account: str | None, *, json_output: bool) -> None:
    """Print a link by which somebody joins, or by which an account gets new secrets.

    For an organisation whose administrators cannot sign in any more; a disabled one is refused,
    since a link would lead nowhere. Old secrets are good until the
    link is used. Example: gauge org invite steelworks --account hr-1
    """
    records = organisation_records()
    organisation = records.organisation(slug)
    if account is not None and account not in {m.name for m in records.members(organisation)}:
        raise click.UsageError(f"{slug} has no account of this name: gauge org show {slug}")
    roles = {member.name: str(member.role) for member in records.members(organisation)}
    _show_link(
        records, organisation, roles.get(account or "", role), account, json_output=json_output
    )


@org.command("list")
@as_json
def list_command(*, json_output: bool) -> None:
    """Print every organisation: headcount, quota, how much of it is used, policy and jobs."""
    records = organisation_records()
    used, jobs = records.used(), records.job_counts()
    rows = [records.summary(each, used, jobs) for each in records.directory.list()]
    if json_output:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not rows:
        click.echo("There is no organisation yet: gauge org create")
    for row in rows:
        click.echo(
            f"{row['slug']:24} {row['state']:8} {row['headcount']:>9,} people "
            f"{row['used']:>9,} of {row['quota']:>9,} asked about  {row['policy']:11} "
            f"{row['jobs']:>5,} jobs  {row['title']}"
        )


@org.command("show")
@slug_argument
@as_json
def show_command(slug: str, *, json_output: bool) -> None:
    """Print one organisation with its members, open invitations and keys.

    No secret is kept that could be shown.
    """
    records = organisation_records()
    organisation = records.organisation(slug)
    summary = records.summary(organisation, records.used(), records.job_counts())
    members = [
        {"account": f"{m.name}@{slug}", "role": m.role, "disabled": m.disabled}
        for m in records.members(organisation)
    ]
    keys: list[dict[str, Any]] = [
        {
            "id": key.id,
            "label": key.label,
            "scopes": sorted(key.scopes),
            "expires_on": key.expires_on.isoformat(),
            "revoked": key.revoked,
            "last_used_on": None if key.last_used_on is None else key.last_used_on.isoformat(),
        }
        for key in records.keys(organisation)
    ]
    invitations = [
        {
            "role": row.role,
            "account": row.account,
            "inviter": row.inviter,
            "expires_at": datetime.fromtimestamp(row.expires_at, UTC).isoformat(),
        }
        for row in records.invitations(organisation)
    ]
    if json_output:
        whole = {**summary, "members": members, "invitations": invitations, "keys": keys}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    for name, value in summary.items():
        click.echo(f"{name:10} {value}")
    for member in members:
        state = "disabled" if member["disabled"] else "active"
        click.echo(f"member     {member['account']}  {member['role']}  {state}")
    for row in invitations:
        whom = f"new secrets of {row['account']}" if row["account"] else "a new member"
        made = f"made by {row['inviter']}, good until {row['expires_at']}"
        click.echo(f"invitation {whom}  {row['role']}  {made}")
    for key in keys:
        used = f"good until {key['expires_on']}, last used {key['last_used_on'] or 'never'}"
        state, scopes = "revoked" if key["revoked"] else used, " ".join(key["scopes"])
        click.echo(f"key        {key['id']}  {key['label']}  {scopes}  {state}")


def _password_of(choices: dict[str, Any]) -> str:
    from app.commands.counter import read_password
    from app.records.accounts.accounts import NAME

    if not NAME.fullmatch(choices["account"]):
        raise click.UsageError("--account: 2 to 40 small letters, digits, dots, dashes")
    return read_password(from_stdin=True)


def _add_admin(
    records: OrganisationRecords,
    made: Organisation,
    account: str,
    password: str,
    *,
    json_output: bool,
) -> None:
    from app.commands.counter import show_secret
    from app.organisations.audience import SEPARATOR
    from app.organisations.audit import AUTHORITY
    from app.organisations.members import Members, NewMember
    from app.organisations.roles import Role

    members = Members(records.records, made.id, AUTHORITY)
    secret = members.add(NewMember(account, password, Role.ADMIN), records.settings.today())
    address = f"{account}{SEPARATOR}{made.slug}"
    if json_output:
        whole = {**records.summary(made, {}, {}), "account": address, "totp_secret": secret}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    show_secret(address, secret)


def _show_link(
    records: OrganisationRecords,
    organisation: Organisation,
    role: str,
    account: str | None = None,
    *,
    json_output: bool,
) -> None:
    link, days = records.invite(organisation, role, account), records.settings.invitation_days
    if json_output:
        summary = records.summary(organisation, records.used(), records.job_counts())
        whole = {**summary, "invitation": link}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    whom = f"a link for its {role}" if account is None else f"new secrets for {account}, its {role}"
    click.echo(f"{organisation.slug}: {whom}, good once and for {days} days:\n{link}")
    click.echo("Whoever uses it first is in: hand it over as you would a key.")


for command in (
    disable_command,
    enable_command,
    quota_command,
    policy_command,
    webhook_command,
    audit_command,
    purge_command,
    deliveries_command,
    verify_receipt_command,
):
    org.add_command(command)
