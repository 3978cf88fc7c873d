"""`index-builder notices`: published exposure notices on one footing."""

from datetime import datetime
from pathlib import Path

import click

from exposure_index.errors import ExitCode, ForeseenError

REJECTED_SHARE_MAX = 0.05


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
def notices_command(file: Path, out: Path, published: datetime | None) -> None:
    """Read published exposure notices as they come and write them in one form.

    FILE is CSV or XLSX. One row for each accepted row, in order; exit 10 where more than 5 % are
    rejected. Example: index-builder notices january.csv --out trips.csv --published 2020-02-05
    """
    from index_builder.commands.progress import StepProgress
    from index_builder.notices.notice_reader import read_notices

    with StepProgress(steps=1) as progress:
        progress.step(f"reading {file.name}")
        day = published.date() if published else None
        outcome = read_notices(file, out, progress.entries, day)
    click.echo(
        f"{outcome.read:,} rows read, {outcome.accepted:,} accepted, {outcome.rejected:,} rejected"
    )
    click.echo(
        f"control total: {outcome.read:,} = {outcome.used:,} used + "
        f"{outcome.duplicates:,} duplicates + {outcome.rejected:,} rejected"
    )
    if outcome.rejected > REJECTED_SHARE_MAX * max(outcome.read, 1):
        message = f"more than {REJECTED_SHARE_MAX:.0%} rejected; see {out}.rejects.csv"
        raise RowsRejected(message)
