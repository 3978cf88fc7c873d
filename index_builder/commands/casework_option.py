"""The option --casework: the same name and default in every command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def casework_option() -> Callable[..., Any]:
    """Return the option; without it the folder is named after OUT, with -casework appended."""
    return click.option(
        "--casework",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Where inquiries and what must be remembered between builds are kept, never in OUT "
        "[default: OUT-casework].",
    )
