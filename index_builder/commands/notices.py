"""`index-builder notices`: published exposure notices on one footing."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from exposure_index.errors import ExitCode, ForeseenError
from index_builder.commands.options import encoding_option
from index_builder.data_dictionary.mapping_standard import STANDARD
from index_builder.data_dictionary.table_definitions import NOTICE_COLUMNS, NOTICES
from tables.column_mapping import MappingRefused, TableMapping, read_mapping

REJECTED_SHARE_MAX = 0.05


class MappingUnusable(ForeseenError):
    """The mapping file cannot be applied; the message names the place."""

    exit_code = ExitCode.BAD_INPUT


class RowsRejected(ForeseenError):
    """Too many rows of the file could not be used; the message says where each is named."""

    exit_code = ExitCode.BAD_INPUT


@click.command("notices")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="CSV to write; rejects go beside it, to OUT.rejects.csv.",
)
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of publication: gives dates such as 1月12日 their year, where the file has no "
    "column that does (发布日期).",
)
@click.option(
    "--columns",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.toml",
    help="What FILE calls its columns, e.g. [notices] 'Vessel of concern' = 'number', as build has "
    f"it; there are {', '.join(NOTICE_COLUMNS)}. '' leaves a column out.",
)
@encoding_option
def notices_command(
    file: Path, out: Path, published: datetime | None, columns: Path | None, encoding: str
) -> None:
    """Read published exposure notices as they come and write them in one form.

    FILE is CSV, XLSX or Parquet, with the headings that Hong Kong, mainland China, Taiwan,
    Australia, New Zealand, Canada and Israel publish under, or those that --columns explains; a
    heading may join several names (车次/航班). Columns that are not read are named. One row for
    each accepted row, in order; exit 10 where more than 5 % are rejected, not counting rows that
    name a place and no trip. Carriages and seats not understood are unknown: OUT.warnings.csv.

    \b
    index-builder notices january.csv --out trips.csv --published 2020-02-05
    index-builder notices list.xlsx --out trips.csv --columns columns.toml
    """
    from index_builder.commands.progress import StepProgress
    from index_builder.notices.notice_reader import NoticeOptions, read_notices

    with StepProgress(steps=1) as progress:
        progress.step(f"reading {file.name}")
        day = published.date() if published else None
        mapping = _mapping(columns) if columns else TableMapping()
        mapping = replace(mapping, encoding=mapping.encoding or encoding)
        outcome = read_notices(file, out, progress.entries, NoticeOptions(day, mapping))
    for remark in outcome.remarks:
        click.echo(remark, err=True)
    click.echo(
        f"{outcome.read:,} rows read, {outcome.accepted:,} accepted, {outcome.rejected:,} rejected"
    )
    click.echo(
        f"control total: {outcome.read:,} = {outcome.used:,} used + "
        f"{outcome.duplicates:,} duplicates + {outcome.rejected:,} rejected"
    )
    if outcome.places:
        click.echo(f"of the rejected, {outcome.places:,} name a place and no trip")
    if outcome.unknown_cells:
        click.echo(
            f"{outcome.unknown_cells:,} carriages, seats or times unknown; see {out}.warnings.csv"
        )
    if outcome.doubtful_numbers:
        click.echo(f"{outcome.doubtful_numbers:,} numbers doubtful; see {out}.warnings.csv")
    if outcome.unread:
        click.echo(f"columns not read: {', '.join(outcome.unread)}", err=True)
    if outcome.rejected_share > REJECTED_SHARE_MAX:
        message = f"more than {REJECTED_SHARE_MAX:.0%} rejected; see {out}.rejects.csv"
        raise RowsRejected(message)


def _mapping(columns: Path) -> TableMapping:
    try:
        return read_mapping(columns, STANDARD).get(NOTICES, TableMapping())
    except MappingRefused as error:
        raise MappingUnusable(str(error)) from error
