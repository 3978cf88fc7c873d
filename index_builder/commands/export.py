"""`index-builder export`: open contacts as SORMAS and Go.Data import them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exposure_index.crypto.keys import KeyRing
from index_builder.commands.options import (
    casework_option,
    encoding_option,
    keys_option,
    reason_option,
    rules_options,
)
from index_builder.exports import FORMATS
from index_builder.normalise.times import today
from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.casework import Casework

if TYPE_CHECKING:
    from index_builder.exports.follow_up_rows import DateOrder

STEPS = 6


@click.command("export")
@click.option(
    "--source", required=True, type=click.Path(path_type=Path), help="Directory with the tables."
)
@click.option("--columns", type=click.Path(path_type=Path), help="The mapping file, as in build.")
@encoding_option
@rules_options
@keys_option("Directory with root_plain, for ids that tell nobody.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The index; its casework logs it."
)
@casework_option()
@click.option(
    "--format", "form", required=True, type=click.Choice(FORMATS), help="For which system."
)
@click.option("--to", required=True, type=click.Path(path_type=Path), help="The CSV file to write.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Whose observation is not over on this day [default: today in Shanghai].",
)
@click.option(
    "--dates",
    type=click.Choice(["ymd", "dmy", "mdy"]),
    help="Order of day, month and year; SORMAS wants that of the importing user's language "
    "[default: mdy for sormas, ymd for godata].",
)
@click.option(
    "--region", default="", help="SORMAS: region of contacts whose case it does not know."
)
@click.option("--district", default="", help="SORMAS: the district in that region.")
@reason_option
def export_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    source: Path,
    columns: Path | None,
    encoding: str,
    rules: RuleAssignment,
    keys: Path,
    out: Path,
    casework: Path | None,
    form: str,
    to: Path,
    as_of: datetime | None,
    dates: DateOrder | None,
    region: str,
    district: str,
    reason: str,
) -> None:
    """Write the contacts whose observation is not over, for another system to follow up.

    The file holds names and document numbers: it is readable by you alone, and each export is
    logged with its reason first. docs/exports.md says which column is which field there.

    \b
    index-builder export --source tables --keys keys --out index --format sormas \\
      --to contacts.csv --reason "daily hand-over to the follow-up team"
    """
    from index_builder.commands.progress import StepProgress
    from index_builder.comparison.digests import diff_key, digest_of
    from index_builder.explaining.disclosure_log import DisclosureLog
    from index_builder.exports.export_file import Export, write_export
    from index_builder.exports.follow_up_rows import Particulars
    from index_builder.exports.open_contacts import open_contacts
    from index_builder.runtime.workspace import Workspace
    from index_builder.sources.build_context import BuildContext
    from index_builder.sources.reject_list import RejectList
    from index_builder.sources.source import open_source

    if to.exists():
        # Said at once, not after the minutes that the engine takes; looked at again when written.
        message = f"the file exists already; name another ({to})"
        raise click.BadParameter(message, param_hint="--to")
    ring = KeyRing.from_directory(keys)
    folder = Casework.beside(out, casework)
    log, key = DisclosureLog(folder.log, ring), diff_key(ring)
    day = as_of.date() if as_of else today()

    def external_id(*of: str) -> str:
        return f"CG-{digest_of(key, 'export', chr(0).join(of)).hex()}"

    with (
        Workspace(folder.path) as work,
        RejectList(work.folder, work.folder) as rejects,
        StepProgress(STEPS) as progress,
    ):
        progress.step("reading tables")
        tables = open_source(source, work, rejects, columns, encoding=encoding)
        context = BuildContext(work, tables, rejects, rules)
        contacts = open_contacts(context, day, progress.step)
        progress.step("writing the export")
        about = Particulars(
            day=day,
            dates=dates or ("mdy" if form == "sormas" else "ymd"),
            diseases=contacts.diseases,
            external_id=external_id,
            region=region,
            district=district,
        )
        rows = write_export(
            Export(form, to, about),
            contacts.rows,
            lambda rows, sha256: log.write(
                "export", reason, (), form=form, rows=rows, sha256=sha256, day=day.isoformat()
            ),
        )
    click.echo(f"written    {rows:,} open contacts on {day} to {to}")
    if contacts.unobserved:
        click.echo(
            f"left out   {contacts.unobserved:,} people whose rule set has no observation days"
        )
