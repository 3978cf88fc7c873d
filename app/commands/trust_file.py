"""The option `--trust`: whose signatures a command believes."""

from pathlib import Path

import click

from exposure_index.crypto.trust import TRUST_FILE, Trust

trust_option = click.option(
    "--trust",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="trust.json of the authority, got from it and not from this service "
    "[default: that of GAUGE_KEYS_DIR].",
)


def load_trust(option: Path | None) -> Trust:
    """Load the trust of the option's file, else of the keys directory.

    Raises UsageError where neither is there, saying where it looked, and Malformed.
    """
    from app.settings import read_settings

    file = option or read_settings().keys_dir / TRUST_FILE
    if option is None and not file.is_file():
        message = (
            f"say whose signatures to believe: --trust FILE, got from the authority; there is no "
            f"{file.absolute()} (GAUGE_KEYS_DIR)"
        )
        raise click.UsageError(message)
    return Trust.load(file)
