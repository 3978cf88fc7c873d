"""`index-builder diff`: what a new build would change, before anybody signs it."""

import json
from pathlib import Path

import click

from exposure_index.errors import Malformed
from exposure_index.files.index_directory import build_directory
from index_builder.commands.options import casework_option
from index_builder.runtime.casework import Casework


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@casework_option()
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def diff_command(old: Path, new: Path, casework: Path | None, as_json: bool) -> None:
    """Say what build NEW would change against OLD: who comes, who goes and why.

    OLD and NEW are OUT (then its current) or builds; NEW may be the name of a build in the same
    OUT. People are compared by keyed digests in the casework: nobody can be read out of them.

    \b
    index-builder diff index index/4f0c…
    index-builder diff index 4f0c…
    """
    from index_builder.commands.difference_lines import difference_lines
    from index_builder.comparison.build_comparison import compare_builds

    before = build_directory(old)
    named = new if new.exists() else before.parent / new.name
    if not named.exists():
        message = f"{new}: there is no such build; builds are the folders of {before.parent}"
        raise Malformed(message)
    after = build_directory(named)
    if before == after:
        raise click.UsageError("OLD and NEW are the same build")
    changed = compare_builds(before, after, Casework.beside(after.parent, casework))
    if as_json:
        click.echo(json.dumps(changed.as_json(), ensure_ascii=False, indent=2))
        return
    for line in difference_lines(changed):
        click.echo(line)
