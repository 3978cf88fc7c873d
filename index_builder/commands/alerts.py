"""Trip alerts after a publication: sent once a build is current, and what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index_builder.alerts.delivery import AlertDelivery


def send_after_switch(
    delivery: AlertDelivery | None, out: Path, *, switched: bool, aside: bool = False
) -> None:
    """Send the trip alerts, once a build is current, and print what became of them.

    The publication stands whatever happens here. aside: print all of it on standard error.
    """
    if delivery is None:
        return
    if not switched:
        text = "watches    nobody told yet: that is for the signer whose signature publishes"
        click.echo(text, err=aside)
        return
    try:
        counts = delivery.send(out)
    except Exception as error:
        click.echo(f"watches    nobody told, {type(error).__name__}; publish again", err=True)
        return
    if counts is None:
        click.echo("watches    nobody told: this build publishes no trips", err=aside)
        return
    requests = delivery.requests
    click.echo(
        f"watches    {len(requests.watches):,} opened, {counts.published:,} of published trips, "
        f"{counts.before:,} told before; {counts.messages:,} telephones told now",
        err=aside,
    )
    if requests.unreadable:
        click.echo(f"watches    {requests.unreadable:,} sealed to another key or damaged", err=True)
    if counts.failures:
        left = "; the rest was not tried" if counts.gave_up else ""
        click.echo(
            f"watches    {counts.failures:,} telephones could not be told{left}: publish again "
            "with the same file, whoever was told is not told twice",
            err=True,
        )
