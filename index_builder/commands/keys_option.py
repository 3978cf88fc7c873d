"""The option --keys: the same name and the same environment variable in every command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

KEYS_VARIABLE = "GAUGE_KEYS_DIR"


def keys_option(help_text: str, *, required: bool = True) -> Callable[..., Any]:
    """Return the option; where it is not given, the service's variable names the directory."""
    return click.option(
        "--keys",
        required=required,
        envvar=KEYS_VARIABLE,
        show_envvar=True,
        type=click.Path(path_type=Path),
        help=help_text,
    )
