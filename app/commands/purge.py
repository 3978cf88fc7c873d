"""`gauge purge`: deletes what is past its retention."""

import click


@click.command("purge")
def purge_command() -> None:
    """Delete what is past its retention, as the running service does every six hours.

    The retentions are settings, each named GAUGE_…_DAYS (docs/settings.md).
    """
    from app.records.database import open_records
    from app.records.retention import purge
    from app.settings import read_settings

    settings = read_settings()
    for name, number in purge(open_records(settings), settings, settings.today()).items():
        click.echo(f"{name:14} {number:7,} deleted")
