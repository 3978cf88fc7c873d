"""`index-builder demo`: a source directory to try, real trips and invented people."""

from datetime import datetime
from pathlib import Path

import click

from index_builder.demo.demo_files import write_demo


@click.command("demo")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Move every date so that the demo can be tried on this day: some people are under "
    "observation then, for some it is over. [default: the dates as published]",
)
def demo_command(directory: Path, as_of: datetime | None) -> None:
    """Write a demonstration source into DIRECTORY.

    The trips are those that Chinese authorities published in January 2020; every person is
    invented, with document numbers that can belong to no one. DIRECTORY/people.csv lists people
    to try, with what to expect.
    """
    outcome = write_demo(directory, as_of=as_of.date() if as_of else None)
    click.echo(
        f"{outcome.trips} published trips, {outcome.people:,} invented people aboard, written to "
        f"{directory}"
    )
    click.echo(f"people to try: {directory / 'people.csv'}, why each: {directory / 'people.md'}")
    if as_of is not None:
        click.echo(f"one person for each answer: {directory / 'to-try.csv'}")
