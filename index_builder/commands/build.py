"""`index-builder build`: from a source directory to a candidate, or to a published index."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exposure_index.crypto.keys import KeyRing
from index_builder.commands.engine_options import engine_options
from index_builder.commands.options import (
    alert_options,
    casework_option,
    change_options,
    encoding_option,
    keys_option,
    rules_options,
)
from index_builder.engines.engine_choice import EngineChoice
from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.casework import Casework

if TYPE_CHECKING:
    from index_builder.alerts.delivery import AlertOrder

DEFAULT_AUTHORITY = "Contact Gauge"


@click.command("build")
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
    help="Directory with the tables of the data dictionary (CSV, Parquet or XLSX).",
)
@click.option(
    "--columns",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.toml",
    help="What the source calls its columns, e.g. [legs] '客票号' = 'booking' "
    "[default: columns.toml in the source directory].",
)
@encoding_option
@rules_options
@keys_option("Directory that keygen wrote.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Where the candidate OUT/<build_id>/ is written.",
)
@click.option(
    "--publish",
    "publishing",
    is_flag=True,
    help="Sign the candidate too; with enough signatures it becomes OUT/current.",
)
@change_options
@click.option(
    "--private",
    is_flag=True,
    help="Write the buckets of the private check too: people can then ask without telling the "
    "service who is meant. 98,000 people took 6 seconds longer on two cores.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day up to which the data reach, shown as the age of the data "
    "[default: when the oldest table was changed].",
)
@click.option(
    "--authority",
    default=DEFAULT_AUTHORITY,
    show_default=True,
    help="Name of the health authority, in every answer; the same in every build of OUT.",
)
@engine_options
@casework_option()
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@alert_options
def build_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    source: Path,
    columns: Path | None,
    encoding: str,
    rules: RuleAssignment,
    keys: Path,
    out: Path,
    publishing: bool,
    change_max: float,
    accept_change: bool,
    private: bool,
    as_of: datetime | None,
    authority: str,
    engine: EngineChoice,
    casework: Path | None,
    as_json: bool,
    alerts: AlertOrder | None,
) -> None:
    """Write and verify a candidate index from a source directory.

    Rows that cannot be used are listed in OUT/rejects/ (BUILD_ID.csv, or failed-….csv where there
    is no build) with row, column and reason; more than 5 % of a table is refused (exit 10) and
    what was published before stays as it is.

    \b
    index-builder build --source tables --keys keys --out index --as-of 2020-02-05
    index-builder build --source tables --rules measles=cdc-measles,covid-19=nhc-2020-03 \\
      --keys keys --out index --publish
    """
    from exposure_index.publishing.publication import publish, require_signer
    from index_builder.alerts.delivery import AlertDelivery
    from index_builder.build import BuildOrder, build
    from index_builder.commands.alerts import send_after_switch
    from index_builder.commands.progress import StepProgress
    from index_builder.commands.summary import outcome_line, summary_lines
    from index_builder.comparison.acceptance import ChangeLimit, ChangeNotAccepted
    from index_builder.sources.reject_list import reject_list_path

    order = BuildOrder(
        source=source,
        out=out,
        rules=rules,
        authority=authority,
        as_of=as_of.date() if as_of else None,
        engine=engine,
        columns=columns,
        encoding=encoding,
        casework=casework,
        private=private,
    )
    ring = KeyRing.from_directory(keys)
    if alerts and not publishing:
        raise click.UsageError("--watches needs --publish")
    if publishing:
        require_signer(ring)
    of_ours = Casework.beside(out, casework)
    delivery = AlertDelivery.prepare(alerts, ring, of_ours) if alerts else None
    with StepProgress() as progress:
        build_id, report = build(order, ring, progress.step, progress.entries)
    outcome, refusal = None, None
    if publishing:
        try:
            limit = ChangeLimit(of_ours, change_max, accept_change)
            outcome = publish(out, build_id, ring, approve=limit)
        except ChangeNotAccepted as error:
            refusal = error  # the summary is what it has to be judged by
    rejects = reject_list_path(out, build_id)
    if as_json:
        document = report.as_json() | {
            "published": bool(outcome and outcome.switched),
            "signatures": outcome.signatures if outcome else 0,
            "reject_list": str(rejects),
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for line in summary_lines(report):
            click.echo(line)
        if report.reasons or report.warnings:
            click.echo(f"rows       named in {rejects}")
        if refusal is None:
            click.echo(outcome_line(out, build_id, outcome))
    if outcome is not None:
        send_after_switch(delivery, out, switched=outcome.switched, aside=as_json)
    if refusal is not None:
        raise refusal
