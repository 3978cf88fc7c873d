"""`index-builder demo`: a source directory to try, real trips and invented people."""

from pathlib import Path

import click

from index_builder.demo.demo_files import write_demo


@click.command("demo")
@click.argument("directory", type=click.Path(path_type=Path))
def demo_command(directory: Path) -> None:
    """Write a demonstration source into DIRECTORY.

    The trips are those that Chinese authorities published in January 2020; every person is
    invented, with document numbers that can belong to no one. DIRECTORY/people.csv lists people
    to try, with what to expect.
    """
    outcome = write_demo(directory)
    click.echo(
        f"{outcome.trips} published trips, {outcome.people:,} invented people aboard, written to "
        f"{directory}"
    )
    click.echo(f"people to try: {directory / 'people.csv'}, why each: {directory / 'people.md'}")
