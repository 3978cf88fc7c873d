"""`gauge org disable|enable|quota|policy|webhook`: changes of one organisation, each audited."""

from __future__ import annotations

import json

import click

from app.commands.organisation_choice import (
    POLICIES,
    as_json,
    organisation_records,
    slug_argument,
)


@click.command("disable")
@slug_argument
@as_json
def disable_command(slug: str, *, json_output: bool) -> None:
    """Sign every member out, refuse sign-ins and keys, and cancel the jobs of an organisation.

    A purged one is refused: it stays disabled for good.
    """
    from app.organisations.directory import OrganisationPurged

    records = organisation_records()
    organisation = records.organisation(slug)
    if organisation.purged_at is not None:
        raise OrganisationPurged(slug)
    records.directory.disable(organisation.id)
    cancelled = records.cancel_jobs(organisation)
    words = f"disabled; {cancelled:,} jobs are cancelled and their files destroyed"
    records.tell(slug, words, json_output=json_output)


@click.command("enable")
@slug_argument
@as_json
def enable_command(slug: str, *, json_output: bool) -> None:
    """Let members and keys of a disabled organisation in again; cancelled jobs stay cancelled.

    A purged one stays as it is: nothing is held of it that could be let in.
    """
    records = organisation_records()
    records.directory.enable(records.organisation(slug).id)
    records.tell(slug, "enabled", json_output=json_output)


@click.command("quota")
@slug_argument
@click.argument("people", type=click.IntRange(min=0))
@as_json
def quota_command(slug: str, people: int, *, json_output: bool) -> None:
    """Set how many distinct people an organisation may ask about in 14 days; 0: nobody new."""
    from app.organisations.directory import OrganisationInvalid

    records = organisation_records()
    try:
        records.directory.set_quota(records.organisation(slug).id, people)
    except OrganisationInvalid:
        raise click.UsageError("that many people there are not") from None
    records.tell(slug, f"{people:,} people in 14 days", json_output=json_output)


@click.command("policy")
@slug_argument
@click.argument("policy", type=POLICIES)
@as_json
def policy_command(slug: str, policy: str, *, json_output: bool) -> None:
    """Set what an organisation learns: results of individuals, or rounded counts only.

    Jobs that are there keep the policy that they began with.
    """
    from app.organisations.policy import Policy

    records = organisation_records()
    records.directory.set_policy(records.organisation(slug).id, Policy(policy))
    records.tell(slug, policy, json_output=json_output)


@click.command("webhook")
@slug_argument
@click.argument("url", required=False)
@click.option("--off", is_flag=True, help="Tell it nowhere.")
@as_json
def webhook_command(slug: str, url: str | None, *, off: bool, json_output: bool) -> None:
    """Set where the end of each job is told, by counts alone.

    Prints the secret of the signatures, once. Example: gauge org webhook steelworks https://hr.example/contact-gauge
    """
    from app.bulk.webhooks.addresses import UrlRefused, parse_endpoint
    from app.bulk.webhooks.signing import new_secret
    from app.organisations.directory import Webhook

    if (url is None) is not off:
        raise click.UsageError("give an address, or --off")
    try:
        if url is not None:
            parse_endpoint(url, by_authority=True)
    except UrlRefused:
        message = "the address is https://HOST/PATH; http:// only for this machine itself"
        raise click.UsageError(message) from None
    records = organisation_records()
    organisation = records.organisation(slug)
    webhook = None if url is None else Webhook(url, new_secret(), by_authority=True)
    records.directory.set_webhook(organisation.id, webhook)
    if webhook is None:
        click.echo(json.dumps({"url": None}) if json_output else f"{slug}: no webhook")
    elif json_output:
        click.echo(json.dumps({"url": webhook.url, "secret": webhook.secret}))
    else:
        click.echo(f"Secret of the signatures, not shown again: {webhook.secret}")
