"""`index-builder publish` and `republish`: one signature more, and the switch."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exposure_index.crypto.keys import KeyRing
from index_builder.commands.options import (
    alert_options,
    casework_option,
    change_options,
    keys_option,
)
from index_builder.runtime.casework import Casework

if TYPE_CHECKING:
    from index_builder.alerts.delivery import AlertOrder

_KEYS = keys_option("Directory with your signing key and trust.json.")


@click.command("publish")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("build_id")
@_KEYS
@change_options
@casework_option()
@alert_options
def publish_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    out: Path,
    build_id: str,
    keys: Path,
    change_max: float,
    accept_change: bool,
    casework: Path | None,
    alerts: AlertOrder | None,
) -> None:
    """Verify OUT/BUILD_ID and add your signature.

    With enough signatures (trust.json says how many) OUT/current switches to it at once. Read
    OUT/BUILD_ID/report.html first: your signature covers it.

    \b
    index-builder publish index 4f0c… --keys keys
    index-builder publish index 4f0c… --keys keys --watches watches.jsonl \\
      --sms-gateway https://sms.example.org/send --service-url https://check.example.org
    """
    from exposure_index.publishing.publication import publish
    from index_builder.alerts.delivery import AlertDelivery
    from index_builder.commands.alerts import send_after_switch
    from index_builder.commands.summary import outcome_line
    from index_builder.comparison.acceptance import ChangeLimit

    of_ours, ring = Casework.beside(out, casework), KeyRing.from_directory(keys)
    delivery = AlertDelivery.prepare(alerts, ring, of_ours) if alerts else None
    limit = ChangeLimit(of_ours, change_max, accept_change)
    outcome = publish(out, build_id, ring, approve=limit)
    click.echo(outcome_line(out, build_id, outcome))
    send_after_switch(delivery, out, switched=outcome.switched)


@click.command("republish")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("build_id")
@_KEYS
def republish_command(out: Path, build_id: str, keys: Path) -> None:
    """Make an earlier build current again: the way back after a mistake.

    It gets a higher seq and 48 hours of validity and keeps the age of its data, so that every
    answer still says how old they are.
    """
    from exposure_index.publishing.publication import republish
    from index_builder.commands.summary import outcome_line

    outcome = republish(out, build_id, KeyRing.from_directory(keys), datetime.now(UTC))
    click.echo(outcome_line(out, build_id, outcome))
