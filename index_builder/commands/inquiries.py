"""`index-builder inquiries`: questions to departments, their worklists and their answers."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from exposure_index.atomic_files import write_whole
from index_builder.commands.options import casework_option
from index_builder.data_dictionary.classification import DEPARTMENTS
from index_builder.inquiries.export_worklists import FORMATS, WorklistExport, export_worklists
from index_builder.inquiries.import_replies import (
    RepliesRefused,
    commit,
    parse_replies,
    rejects_csv,
)
from index_builder.inquiries.inquiry_counts import AGE_CLASSES, OLDEST, InquiryCounts
from index_builder.inquiries.ledger import Ledger
from index_builder.normalise.times import today
from index_builder.runtime.casework import Casework

_AGES = (*(name for _, name in AGE_CLASSES), OLDEST)


_out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="OUT of the builds; names the casework where --casework does not.",
)
_as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day from which ages are counted  [default: today].",
)


@click.command("list")
@_out_option
@casework_option()
@_as_of_option
def list_command(out: Path | None, casework: Path | None, as_of: datetime | None) -> None:
    """Count the inquiries by department, kind, state and age in days; no identity is shown.

    \b
    Example:
      index-builder inquiries list --out index
    """
    with Ledger(_casework(out, casework).inquiries) as ledger:
        counts = ledger.counts(_today(as_of))
    for line in _lines(counts):
        click.echo(line)


@click.command("export")
@_out_option
@casework_option()
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the worklists, one file a department; made private.",
)
@click.option("--department", type=click.Choice(sorted(DEPARTMENTS)), help="Only this one.")
@click.option("--format", "form", default="xlsx", show_default=True, type=click.Choice(FORMATS))
@click.option("--again", is_flag=True, help="Hand out once more what was handed out before.")
@click.option(
    "--remind-after",
    "remind_days",
    default=3,
    show_default=True,
    metavar="DAYS",
    type=click.IntRange(1),
    help="Hand out again what nobody has answered for so long.",
)
@_as_of_option
def export_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    out: Path | None,
    casework: Path | None,
    folder: Path,
    department: str | None,
    form: str,
    again: bool,
    remind_days: int,
    as_of: datetime | None,
) -> None:
    """Write a worklist for each department that has open inquiries, with room for the answers.

    Each inquiry is handed out once; then again as a reminder, with the number of reminders.

    \b
    Example:
      index-builder inquiries export --out index --to worklists
    """
    order = WorklistExport(folder, _today(as_of), form, department, again, remind_days)
    with Ledger(_casework(out, casework).inquiries) as ledger:
        worklists = export_worklists(ledger, order)
    for one in worklists:
        reminders = f", {one.reminders:,} of them again" if one.reminders else ""
        click.echo(f"{one.path}: {one.inquiries:,} inquiries{reminders}")
    if not worklists:
        click.echo("nothing to ask that was not asked already (--again repeats it)")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_out_option
@casework_option()
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
    help="Source directory of the builds; replies are added to its replies.csv.",
)
@click.option("--dry-run", is_flag=True, help="Check the file and write nothing.")
@_as_of_option
def import_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Path,
    out: Path | None,
    casework: Path | None,
    source: Path,
    dry_run: bool,
    as_of: datetime | None,
) -> None:
    """Take in FILE, a worklist that a department has filled in (CSV or XLSX).

    Rows left blank stay open. Where any row cannot be taken nothing is (exit 10); the list of
    reasons is rejected-replies.csv of the casework.

    \b
    Example:
      index-builder inquiries import railway-2020-01-22.xlsx --out index --source tables
    """
    place, today = _casework(out, casework), _today(as_of)
    with Ledger(place.inquiries) as ledger:
        parsed = parse_replies(file, ledger, source, today)
        if parsed.rejects:
            write_whole(place.rejected_replies, rejects_csv(parsed), 0o600)
            row, column, reason = min(parsed.rejects)
            where = f"row {row}, {column}" if column else f"row {row}"
            message = (
                f"{file.name}: nothing taken in, {len(parsed.rejects):,} faults; the first: "
                f"{where}: {reason}; all in {place.rejected_replies}"
            )
            raise RepliesRefused(message)
        if not dry_run:
            commit(parsed, ledger, source, today)
    click.echo(
        f"{len(parsed.rows):,} replies to {parsed.inquiries:,} inquiries"
        + (" would be taken in" if dry_run else f" taken in; the next build of {source} uses them")
    )
    if parsed.already:
        click.echo(f"{parsed.already:,} replies were there already")
    if parsed.blank:
        click.echo(f"{parsed.blank:,} rows were left blank and stay open")


@click.group("inquiries", commands=[list_command, export_command, import_command])
def inquiries_group() -> None:
    """Ask departments what the sources leave open, once, and take in what they answer."""


def _casework(out: Path | None, casework: Path | None) -> Casework:
    if casework is not None:
        return Casework(casework)
    if out is None:
        message = "give --casework DIR, or --out OUT, beside which it lies"
        raise click.UsageError(message)
    return Casework.beside(out)


def _today(as_of: datetime | None) -> date:
    return as_of.date() if as_of else today()


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
