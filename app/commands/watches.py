"""`gauge watches`: watches of trips out to the builder's side, which tells their senders."""

from pathlib import Path

import click

from app.commands.private_file import private_new_file
from app.commands.records import existing_records


@click.group()
def watches() -> None:
    """Watches of trips: export, count.

    \b
    gauge watches export --out watches.jsonl
    index-builder publish index BUILD_ID --keys keys --watches watches.jsonl
    """


@watches.command("export")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def export_command(out: Path) -> None:
    """Write every watch, sealed: only the key `sealed` of the builder's side opens them.

    A later file takes the place of an earlier one, so that whoever stopped is not told: delete the
    earlier file. Example: gauge watches export --out watches.jsonl
    """
    from app.records.citizens.trip_alerts import sealed_trip_alerts
    from app.settings import read_settings
    from exposure_index.messages.trip_alerts import write_trip_alerts

    records = existing_records(read_settings())
    with private_new_file(out) as file, records.reading() as connection:
        count = write_trip_alerts(file, sealed_trip_alerts(connection))
    click.echo(f"{out}: {count:,} watches")


@watches.command("count")
def count_command() -> None:
    """Print how many watches there are, and when the first of them is deleted."""
    from app.records.citizens.trip_alerts import count_trip_alerts
    from app.settings import read_settings

    with existing_records(read_settings()).reading() as connection:
        number, first = count_trip_alerts(connection)
    click.echo(f"{number:,} watches" + (f", the first deleted on {first}" if first else ""))
