"""The option --reason: nobody is told who is listed without saying why they ask."""

import click


def _told(_context: click.Context, _option: click.Parameter, value: str) -> str:
    text = " ".join(value.split())
    if len(text) < 3:
        message = "say who asks and why"
        raise click.BadParameter(message)
    return text


reason_option = click.option(
    "--reason",
    required=True,
    callback=_told,
    metavar="TEXT",
    help="Who asks and why; logged, without the identity, before anything is told.",
)
