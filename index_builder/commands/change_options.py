"""The options --accept-change and --change-max: the same in every command that publishes."""

import re
from collections.abc import Callable
from typing import Any

import click

from index_builder.comparison.acceptance import CHANGE_MAX_SHARE

_PERCENT = re.compile(r"([0-9]{1,4}(?:\.[0-9]+)?) ?%?")


def _share(_context: click.Context, _option: click.Parameter, value: str) -> float:
    percent = _PERCENT.fullmatch(value)
    if not percent:
        message = "give a percentage such as 20%"
        raise click.BadParameter(message)
    return float(percent[1]) / 100


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `change_max` (a share, 0.2 for 20 %) and `accept_change` to a command."""
    command = click.option(
        "--change-max",
        default=f"{CHANGE_MAX_SHARE:.0%}",
        show_default=True,
        metavar="PERCENT",
        callback=_share,
        help="Publish without --accept-change while the number of people listed changes by no "
        "more than this (fewer than 5 people never count).",
    )(command)
    return click.option(
        "--accept-change",
        is_flag=True,
        help="Publish although more people than --change-max, or a whole table, mode or operator, "
        "come or go, or the authority has another name: you have seen the diff and it is right.",
    )(command)
