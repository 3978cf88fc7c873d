"""`index-builder notices`: published exposure notices on one footing."""

from pathlib import Path

import click

from index_builder.commands.exit_codes import BAD_INPUT, fail, with_exit_codes
from index_builder.commands.progress import StepProgress
from index_builder.notices.reading import read_notices

REJECTED_SHARE_MAX = 0.05


@click.command("notices")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="CSV to write; rejects go beside it, to OUT.rejects.csv.",
)
@with_exit_codes
def notices_command(file: Path, out: Path) -> None:
    """Read published exposure notices as they come and write them in one form.

    One row for each accepted row, in order; exit 10 where more than 5 % are rejected.
    """
    with StepProgress(steps=1) as progress:
        progress.step(f"reading {file.name}")
        outcome = read_notices(file, out, progress.entries)
    click.echo(
        f"{outcome.read:,} rows read, {outcome.accepted:,} accepted, {outcome.rejected:,} rejected"
    )
    if outcome.rejected > REJECTED_SHARE_MAX * max(outcome.read, 1):
        fail(f"more than {REJECTED_SHARE_MAX:.0%} rejected; see {out}.rejects.csv", BAD_INPUT)
