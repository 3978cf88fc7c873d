"""`index-builder verify` and `inspect`: is an index whole, and what does it cover."""

import json
from pathlib import Path

import click

from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from index_builder.commands.options import KEYS_VARIABLE, keys_option

_DIRECTORY = click.argument("directory", type=click.Path(path_type=Path))


@click.command("verify")
@_DIRECTORY
@keys_option(
    "Directory with root_plain and trust.json: signatures, pages and canary are checked too.",
    required=False,
)
def verify_command(directory: Path, keys: Path | None) -> None:
    """Check every checksum and page of OUT (then its current) or of one build.

    With --keys also every page, every signature and the canary; what could not be checked is said.
    """
    from exposure_index.publishing.verification import verify

    ring = None if keys is None else KeyRing.from_directory(keys)
    trust = None if keys is None else Trust.load(keys)
    for line in verify(directory, ring, trust):
        click.echo(line)
    if keys is None:
        click.echo(
            "signatures, pages and canary were NOT checked: give --keys DIR, or name it in "
            f"{KEYS_VARIABLE}"
        )


@click.command("inspect")
@_DIRECTORY
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as it is.")
def inspect_command(directory: Path, as_json: bool) -> None:
    """Show header and coverage of OUT (then its current) or of one build."""
    manifest = Manifest.load(build_directory(directory) / MANIFEST_FILE)
    if as_json:
        click.echo(json.dumps(manifest.document, ensure_ascii=False, indent=2))
        return
    click.echo(f"authority     {manifest.authority}")
    click.echo(f"build         {manifest.build_id}, seq {manifest.seq}")
    click.echo(f"built at      {manifest.built_at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"valid until   {manifest.valid_until:%Y-%m-%d %H:%M} UTC")
    click.echo(f"oldest source {manifest.oldest_source:%Y-%m-%d %H:%M} UTC")
    click.echo(f"rules         {', '.join(manifest.rules)}")
    click.echo(f"size          up to {manifest.size_class:,} entries")
    click.echo(f"signatures    {len(manifest.signatures)}")
    for row in manifest.coverage:
        gaps = f", {len(row['gaps'])} days without any" if row["gaps"] else ""
        unread = f", {row['unread']} rows list nobody" if row.get("unread") else ""
        days = f"{row['from']} to {row['to']}, " if "from" in row else ""
        click.echo(
            f"covers        {row['mode'] or '(mode not known)'} "
            f"{row['operator'] or '(operator not named)'}: {days}{row['legs']:,} legs{gaps}{unread}"
        )
    if manifest.unruled:
        click.echo(f"LEFT OUT      cases of {', '.join(manifest.unruled)}: no rule set is for them")
