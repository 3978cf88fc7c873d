"""The command `gauge`: serve the service, print posters, administer its records."""

import sys
from collections.abc import Sequence

import click

from app.commands.appeals import appeals
from app.commands.authorities import authorities
from app.commands.canary import canary
from app.commands.clock import clock
from app.commands.counter import counter
from app.commands.evaluator import evaluator
from app.commands.manifest import manifest
from app.commands.poster import poster
from app.commands.private_check import private_check
from app.commands.purge import purge_command
from app.commands.serve import serve
from app.commands.settings import settings
from app.commands.watches import watches
from app.logs import configure_logs, traceback_lines
from exposure_index.errors import ExitCode, ForeseenError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def gauge() -> None:
    """Contact Gauge: exposure self-check for citizens."""


COMMANDS = (
    serve,
    appeals,
    authorities,
    canary,
    clock,
    counter,
    evaluator,
    manifest,
    poster,
    private_check,
    purge_command,
    settings,
    watches,
)
for command in COMMANDS:
    gauge.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the process with its exit code.

    Logs come first: unconfigured, structlog prints the local variables of each line that an
    exception passed, and a database URL with its password is among them. Warnings are left out,
    since the error that follows says the same in one line; `serve` and `evaluator` turn them on.
    """
    configure_logs("error")
    try:
        result = gauge.main(arguments, prog_name="gauge", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except ForeseenError as error:
        click.echo(f"gauge: {error.explanation}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        # Type and lines alone: the message may hold a value.
        where = ", ".join(traceback_lines(error)[-3:])
        click.echo(f"gauge: a bug: {type(error).__name__} at {where}", err=True)
        sys.exit(ExitCode.BUG)
    sys.exit(result if isinstance(result, int) else 0)
