"""`index-builder keygen`: every key of a deployment, and whom to trust."""

from pathlib import Path

import click

from exposure_index.crypto.keygen import generate_keys, holds_keys, web_keys


@click.command("keygen")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--signers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 16),
    help="How many people must sign before anything is published.",
)
@click.option(
    "--web",
    "web",
    type=click.Path(path_type=Path),
    help="Also copy what the web service needs into this directory: never the signing key. Where "
    "DIRECTORY holds its keys already, only this is done.",
)
def keygen_command(directory: Path, signers: int, web: Path | None) -> None:
    """Write every key into DIRECTORY (mode 0400), and trust.json.

    With --signers 2, DIRECTORY is the first person's and DIRECTORY/signer_2 the second's: hand
    that over and remove it. Existing keys are never overwritten.
    """
    if web is not None and signers == 1 and holds_keys(directory):
        web_keys(directory, web)
        click.echo(f"{directory} keeps its keys; copied for the web service: {web}")
        return
    trust = generate_keys(directory, signers)
    if web is not None:
        web_keys(directory, web)
    click.echo(f"keys written to {directory}; signatures needed to publish: {trust.threshold}")
    for number in range(2, signers + 1):
        click.echo(
            f"for signer {number}: {directory / f'signer_{number}'} (hand over, then remove)"
        )
    if web is not None:
        click.echo(f"for the web service: {web}")
