"""`index-builder corrections`: correction requests opened, decided, and back to the service."""

from pathlib import Path

import click

from exposure_index.crypto.keys import KeyRing
from index_builder.commands.options import keys_option

FILE = click.Path(path_type=Path, dir_okay=False)
EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group("corrections")
def corrections_group() -> None:
    """Correction requests of citizens: open an export, settle what was decided.

    \b
    gauge corrections export --out requests.jsonl             (beside the service)
    index-builder corrections open requests.jsonl --keys keys --out requests.csv
    index-builder corrections settle requests.csv --cleared tables/cleared.csv \\
      --decisions decisions.csv
    gauge corrections decide --from decisions.csv             (beside the service)
    """


@corrections_group.command("open")
@click.argument("export", type=EXISTING_FILE)
@keys_option("Directory with the key `sealed`.")
@click.option("--out", required=True, type=FILE, help="The CSV file to write.")
def open_command(export: Path, keys: Path, out: Path) -> None:
    """Open an export of `gauge corrections export` into a table, readable by you alone.

    The officer fills decision (accepted, declined), reason (taken_off, added, place_changed;
    confirmed, unclear, duplicate, call) and, with taken_off, the trip that is taken off: mode,
    number and service_date, as `index-builder why` names it; of several trips one row for each.
    Where somebody's observation has ended, cleared_on instead: the last day whose exposures are
    taken off. A text that a spreadsheet would take for a formula has an apostrophe in front.
    """
    from index_builder.corrections.request_export import open_requests

    key = KeyRing.from_directory(keys).bytes("sealed")
    with export.open(encoding="utf-8") as lines:
        done = open_requests(lines, key, out)
    click.echo(f"opened     {done.requests:,} requests to {out}")
    if done.withdrawn:
        click.echo(f"withdrawn  {len(done.withdrawn):,}: {', '.join(done.withdrawn)}")
    if done.unreadable:
        click.echo(
            f"unreadable {len(done.unreadable):,}, sealed to another key or damaged: "
            f"{', '.join(done.unreadable)}",
            err=True,
        )
    if done.outdated:
        click.echo(
            f"outdated   {len(done.outdated):,}, sealed by another edition of the service, which "
            f"asked for other fields: ask the senders to send them again: "
            f"{', '.join(done.outdated)}",
            err=True,
        )


@corrections_group.command("settle")
@click.argument("table", type=EXISTING_FILE)
@click.option("--cleared", required=True, type=FILE, help="The source's cleared.csv; appended to.")
@click.option("--decisions", required=True, type=FILE, help="The file to write for the service.")
@click.option(
    "--whole-person",
    multiple=True,
    metavar="REFERENCE",
    help="For this request a day, cleared_on, may stand in the place of a trip: every exposure of "
    "the person up to it ends, on whatever trip. Once for each request. Requests that say that an "
    "observation has ended need it not.",
)
def settle_command(
    table: Path, cleared: Path, decisions: Path, whole_person: tuple[str, ...]
) -> None:
    """Take over the decided rows of an opened table; rows without a decision stay open.

    Whoever is to be taken off gets a row in cleared.csv: of the trip that the row names, and
    nothing else. A day without a trip would hide other exposures of the person, and is refused
    unless the request says that the observation has ended, or --whole-person names it. The
    decisions, without any identity, are for `gauge corrections decide --from`.

    \b
    Example:
      index-builder corrections settle requests.csv --cleared tables/cleared.csv \\
        --decisions decisions.csv --whole-person K7QM2XWD9R
    """
    from index_builder.corrections.decisions import settle

    done = settle(table, cleared, decisions, whole_person)
    click.echo(f"decided    {done.decided:,} requests, in {decisions}")
    click.echo(
        f"cleared    {done.cleared:,} rows, in {cleared}: {done.trips:,} of one trip, "
        f"{done.cleared - done.trips:,} up to a day"
    )
    click.echo(f"open       {done.open:,}")
