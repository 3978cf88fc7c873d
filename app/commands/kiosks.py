"""`gauge kiosk`: the kiosks of an organisation, as the authority sees them."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import click

from app.commands.organisation_choice import as_json, organisation_records, slug_argument

if TYPE_CHECKING:
    from app.records.kiosks.kiosks import Kiosk

SILENT_AFTER_SECONDS = 180  # a kiosk syncs once a minute
ID_LETTERS_MIN = 4


@click.group()
def kiosk() -> None:
    """Kiosks of organisations: list, revoke, settings.

    \b
    gauge kiosk list steelworks
    gauge kiosk revoke steelworks 4f0c…
    """


@kiosk.command("list")
@slug_argument
@as_json
def list_command(slug: str, *, json_output: bool) -> None:
    """Print the kiosks of an organisation: state, last contact, check-ins that wait."""
    from app.kiosk.enrolment.kiosk_fleet import KioskFleet

    records = organisation_records()
    organisation = records.organisation(slug)
    lines = [_summary(one) for one in KioskFleet(records.records).list(organisation.id)]
    if json_output:
        click.echo(json.dumps(lines, ensure_ascii=False))
        return
    if not lines:
        click.echo(f"{slug} has no kiosks; its administrator adds one at /org/kiosks")
    for one in lines:
        click.echo(
            f"{one['id']}  {one['state']:8}  {one['waiting']:>6,} waiting  "
            f"{one['refused']:>4,} refused  {one['last_seen_at']}  {one['name']}"
        )


@kiosk.command("revoke")
@slug_argument
@click.argument("kiosk_id", metavar="KIOSK")
@click.confirmation_option(prompt="The kiosk cannot be let in again. Revoke it?")
@as_json
def revoke_command(slug: str, kiosk_id: str, *, json_output: bool) -> None:
    """Revoke a kiosk, from this moment; visitors' codes get a new key.

    KIOSK: its id, as `gauge kiosk list` prints it, or its first four letters or more.
    """
    from app.kiosk.enrolment.kiosk_fleet import KioskFleet, NoSuchKiosk
    from app.kiosk.moments import now_ms
    from app.organisations.audit import AUTHORITY

    records = organisation_records()
    organisation = records.organisation(slug)
    fleet = KioskFleet(records.records)
    found = [one for one in fleet.list(organisation.id) if one.id.startswith(kiosk_id)]
    if len(found) != 1 or len(kiosk_id) < ID_LETTERS_MIN:
        raise click.UsageError(f"{slug} has not one kiosk of this id: gauge kiosk list {slug}")
    try:
        fleet.revoke(organisation.id, found[0].id, AUTHORITY, now_ms())
    except NoSuchKiosk:
        raise click.UsageError("the kiosk was revoked before") from None
    revoked = {"id": found[0].id, "state": "revoked"}
    click.echo(json.dumps(revoked) if json_output else f"{found[0].id}: revoked")


@kiosk.command("settings")
@slug_argument
@as_json
def settings_command(slug: str, *, json_output: bool) -> None:
    """Print what an organisation has set for its kiosks."""
    from app.kiosk.settings.kiosk_settings import settings_of

    records = organisation_records()
    organisation = records.organisation(slug)
    values = settings_of(records.records, organisation.id).model_dump(mode="json")
    if json_output:
        click.echo(json.dumps(values))
        return
    for name, value in values.items():
        click.echo(f"{name:16} {value}")


def _summary(one: Kiosk) -> dict[str, Any]:
    from app.bulk.results.receipts import moment_text

    silent = time.time() - one.last_seen_at / 1_000 > SILENT_AFTER_SECONDS
    state = "revoked" if one.revoked_at is not None else "silent" if silent else "online"
    return {
        "id": one.id,
        "name": one.name,
        "state": state,
        "waiting": int(one.report.get("waiting", 0)),
        "refused": int(one.report.get("refused", 0)),
        "battery": one.report.get("battery"),
        "clock_offset_ms": one.report.get("clock_offset_ms"),
        "enrolled_at": moment_text(one.enrolled_at // 1_000),
        "last_seen_at": moment_text(one.last_seen_at // 1_000),
    }
