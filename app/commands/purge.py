"""`gauge purge`: deletes what is past its retention, and proves it for lists of organisations."""

import json

import click

from app.commands.records import existing_records


@click.command("purge")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def purge_command(*, as_json: bool) -> None:
    """Delete what is past its retention, as the running service does every six hours.

    Afterwards the lists of organisations that are held are compared with the records: what is found
    is printed, and where something stayed that should be gone the exit code is 12. The retentions
    are settings, each named GAUGE_…_DAYS or GAUGE_…_HOURS (docs/settings.md).
    """
    from app.bulk.jobs.job_store import JobStore
    from app.bulk.purging import PurgeIncomplete, purge_lists
    from app.records.retention import purge
    from app.settings import read_settings

    settings = read_settings()
    records = existing_records(settings)
    deleted = purge(records, settings, settings.today())
    proof = purge_lists(JobStore(settings, records))
    found = {
        "lists_destroyed": proof.destroyed,
        "strays_destroyed": proof.strays,
        "lists_within_their_time": proof.waiting,
        "lists_lost": len(proof.lost),
        "lists_past_their_time": len(proof.overdue),
        "folders_without_job": len(proof.left.folders),
        "keys_without_job": len(proof.left.keys),
    }
    if as_json:
        click.echo(json.dumps({"deleted": deleted, **found}))
    else:
        for name, number in deleted.items():
            click.echo(f"{name:24} {number:7,} deleted")
        for name, number in found.items():
            click.echo(f"{name.replace('_', ' '):24} {number:7,}")
    if not proof.whole:
        jobs = {*proof.overdue, *proof.left.folders}
        jobs |= {name.rpartition(".")[0] for name in proof.left.keys}
        message = f"still there, look at GAUGE_BULK_DIR and its keys: {' '.join(sorted(jobs))}"
        raise PurgeIncomplete(message)
