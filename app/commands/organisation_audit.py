"""`gauge org audit` and `gauge org purge`: what was done, and what is left in the end."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.organisation_choice import as_json, organisation_records, slug_argument
from app.commands.private_file import private_new_file
from exposure_index.errors import ExitCode, ForeseenError

if TYPE_CHECKING:
    from app.records.organisations.organisation_audit import OrganisationLine

AUDIT_COLUMNS = ("number", "at", "organisation", "actor", "event", "count")


class StillHeld(ForeseenError):
    """Something of an organisation is left, or was made again meanwhile; the message says whose."""

    exit_code = ExitCode.UNAVAILABLE


@click.command("audit")
@click.argument("slug", required=False)
@click.option("--all", "of_all", is_flag=True, help="The lines of every organisation.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a CSV file.")
@click.option("--json", "json_output", is_flag=True, help="Print the lines, one JSON array.")
def audit_command(slug: str | None, out: Path | None, *, of_all: bool, json_output: bool) -> None:
    """Write who did what and when, after proving that no line of any organisation was changed.

    Columns: number, at (UTC), organisation, actor, event, count. Nobody who was asked about is in
    it. Example: gauge org audit steelworks --out audit.csv
    """
    from app.records.organisations.organisation_audit import organisation_lines

    if (slug is None) is not of_all:
        raise click.UsageError("name one organisation, or say --all")
    if out is None and not json_output:
        raise click.UsageError("say --out FILE, or --json")
    access = organisation_records()
    slugs = {each.id: each.slug for each in access.directory.list()}
    chosen = None if slug is None else access.organisation(slug).id
    with nullcontext() if out is None else private_new_file(out) as file:
        with access.records.reading() as connection:
            lines = list(organisation_lines(connection, access.records.cipher))
        rows = [_cells(line, slugs) for line in lines if chosen in {None, line.organisation}]
        if file is not None:
            csv.writer(file).writerows((AUDIT_COLUMNS, *rows))
    if json_output:
        objects = [dict(zip(AUDIT_COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps(objects, ensure_ascii=False))
        return
    last = f", the last is number {lines[-1].number}" if lines else ""
    click.echo(f"{out}: {len(rows):,} lines of {len(lines):,}, whole{last}")


def _cells(line: OrganisationLine, slugs: Mapping[int, str]) -> tuple[int | str, ...]:
    at = datetime.fromtimestamp(line.at, UTC).isoformat().replace("+00:00", "Z")
    organisation = slugs.get(line.organisation, "")
    return line.number, at, organisation, line.actor, line.event, line.count


@click.command("purge")
@slug_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
def purge_command(slug: str, *, yes: bool, json_output: bool) -> None:
    """Destroy what is held of an organisation, for good, and print what is left.

    Lists, files and results of its jobs, members, keys, links, the sketches of its quota and their
    key. Its name stays, purged for good, and so do the counts and signed receipts of its jobs, for
    their time, and its audit log: they say what accounts did, and nobody who was asked about.
    Example: gauge org purge steelworks --yes
    """
    from app.organisations.closing import LEFT, destroy_holdings, holdings

    access = organisation_records()
    organisation = access.organisation(slug)
    if not yes:
        click.confirm(f"Destroy all that is held of {slug}?", abort=True)
    access.directory.disable(organisation.id)
    cancelled = access.cancel_jobs(organisation)
    destroy_holdings(access.records, organisation.id)
    left = {
        **holdings(access.records, organisation.id),
        "jobs with files": access.jobs_with_files(organisation),
    }
    if json_output:
        click.echo(json.dumps({"slug": slug, "jobs": cancelled, "left": left}))
    else:
        click.echo(f"{slug}: files of {cancelled:,} jobs and all else is destroyed; left are")
        for kind, number in left.items():
            click.echo(f"  {number:7,} {kind}")
    if any(number for kind, number in left.items() if kind not in LEFT):
        raise StillHeld(f"{slug}: something is still held; run it again")
