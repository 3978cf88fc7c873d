"""`index-builder inquiries`: questions to departments, their worklists and their answers."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from index_builder.build import SHANGHAI
from index_builder.casework import Casework
from index_builder.classification import DEPARTMENTS
from index_builder.commands.casework_option import casework_option
from index_builder.commands.exit_codes import with_exit_codes
from index_builder.inquiries.counts import AGE_CLASSES, OLDEST, InquiryCounts
from index_builder.inquiries.ledger import Ledger

_AGES = (*(name for _, name in AGE_CLASSES), OLDEST)


@click.command("list")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="OUT of the builds; names the casework where --casework does not.",
)
@casework_option()
@with_exit_codes
def list_command(out: Path | None, casework: Path | None) -> None:
    """Count the inquiries by department, kind, state and age in days; no identity is shown.

    \b
    Example:
      index-builder inquiries list --out index
    """
    with Ledger(_casework(out, casework).inquiries) as ledger:
        counts = ledger.counts(datetime.now(SHANGHAI).date())
    for line in _lines(counts):
        click.echo(line)


@click.group("inquiries", commands=[list_command])
def inquiries_group() -> None:
    """Ask departments what the sources leave open, once, and take in what they answer."""


def _casework(out: Path | None, casework: Path | None) -> Casework:
    if casework is not None:
        return Casework(casework)
    if out is None:
        message = "give --casework DIR, or --out OUT, beside which it lies"
        raise click.UsageError(message)
    return Casework.beside(out)


def _lines(counts: InquiryCounts) -> list[str]:
    table: dict[tuple[str, str, str], Counter[str]] = {}
    for row in counts.rows:
        line = table.setdefault((row.department, row.kind, row.state), Counter())
        line[row.age] += row.inquiries
    if not table:
        return ["no inquiries"]
    heading = f"{'department':16}  {'kind':9}  {'state':8}  " + "  ".join(
        f"{age + ' d':>6}" for age in _AGES
    )
    lines = [
        f"{department:16}  {kind:9}  {state:8}  " + "  ".join(f"{ages[age]:>6,}" for age in _AGES)
        for (department, kind, state), ages in sorted(table.items())
    ]
    names = {department for department, _, _ in table}
    return [heading, *lines, "", *(f"{name}: {DEPARTMENTS[name][0]}" for name in sorted(names))]
