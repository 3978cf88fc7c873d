"""`gauge org deliveries`: how the webhooks of an organisation were delivered."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from app.commands.organisation_choice import as_json, organisation_records, slug_argument


@click.command("deliveries")
@slug_argument
@as_json
def deliveries_command(slug: str, *, json_output: bool) -> None:
    """Print the latest webhook deliveries: job or fever, state, attempts, last status or reason.

    Reasons: unreachable, too_slow, certificate, address (not a public one), secret, no_webhook.
    """
    from app.bulk.results.receipts import moment_text
    from app.records.organisations.webhook_deliveries import deliveries_of

    records = organisation_records()
    organisation = records.organisation(slug)
    with records.records.reading() as connection:
        reports = deliveries_of(connection, organisation.id)
    if json_output:
        click.echo(json.dumps([asdict(report) for report in reports]))
        return
    if not reports:
        click.echo(f"{slug}: nothing was sent yet; gauge org webhook {slug} says where to")
    for one in reports:
        click.echo(
            f"{one.job or 'fever':16} {one.state:9} {one.attempts:>2} attempts  "
            f"{moment_text(one.created_at)}  {one.outcome}"
        )
