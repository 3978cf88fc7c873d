"""The option --reason: nobody is told who is listed without saying why they ask."""

import click

_SHORTEST = 3


def _told(_context: click.Context, _option: click.Parameter, value: str) -> str:
    text = " ".join(value.split())
    if len(text) < _SHORTEST:
        message = f"say who asks and why, in {_SHORTEST} characters or more"
        raise click.BadParameter(message)
    return text


reason_option = click.option(
    "--reason",
    required=True,
    callback=_told,
    metavar="TEXT",
    help="Who asks and why; logged, without the identity, before anything is told.",
)
