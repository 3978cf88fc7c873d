"""The command `gauge`: serve the service, print posters, administer its records."""

import sys
from collections.abc import Sequence

import click

from exposure_index.command_line import LazyCommand, LazyGroup
from exposure_index.core_dumps import forbid_core_dumps
from exposure_index.errors import ExitCode, ForeseenError

COMMANDS = (
    LazyCommand(
        "authorities",
        "Tell whose indexes must be there, or give one up.",
        "app.commands.authorities:authorities",
    ),
    LazyCommand(
        "canary",
        "Check the test record through the public address.",
        "app.commands.canary:canary",
    ),
    LazyCommand(
        "clock",
        "Tell the latest time that the service has seen, or forget it.",
        "app.commands.clock:clock",
    ),
    LazyCommand(
        "corrections",
        "Correction requests: export, decide, count.",
        "app.commands.corrections:corrections",
    ),
    LazyCommand(
        "counter",
        "Clerks who check one person at a time for those without a phone; needs GAUGE_COUNTER=on.",
        "app.commands.counter:counter",
    ),
    LazyCommand(
        "evaluator",
        "Hold the keys private_<no> and evaluate private checks until told to stop.",
        "app.commands.evaluator:evaluator",
    ),
    LazyCommand(
        "kiosk",
        "Kiosks of organisations: list, revoke, settings.",
        "app.commands.kiosks:kiosk",
    ),
    LazyCommand(
        "manifest",
        "Follow what authorities have signed: each manifest names the one before.",
        "app.commands.manifest:manifest",
    ),
    LazyCommand(
        "org",
        "Organisations that check their people in bulk: make, change, disable, audit, purge.",
        "app.commands.organisations:org",
    ),
    LazyCommand(
        "poster",
        "Write a poster as .pdf, .png or .svg, in a language and in English.",
        "app.commands.poster:poster",
    ),
    LazyCommand(
        "private-check",
        "Check people without revealing whom.",
        "app.commands.private_check:private_check",
    ),
    LazyCommand(
        "purge",
        "Delete what is past its retention, as the running service does every six hours.",
        "app.commands.purge:purge_command",
    ),
    LazyCommand(
        "serve",
        "Serve until told to stop; SIGTERM lets running requests finish.",
        "app.commands.serve:serve",
    ),
    LazyCommand(
        "settings",
        "Print every setting, its default and what it means; no value of yours, no secret.",
        "app.commands.settings:settings",
    ),
    LazyCommand(
        "watches",
        "Watches of trips: export, count.",
        "app.commands.watches:watches",
    ),
    LazyCommand(
        "worker",
        "Check the lists of organisations until told to stop.",
        "app.commands.worker:worker",
    ),
    LazyCommand(
        "appeals",  # what `corrections` was called; scripts and playbooks may still say it
        "Correction requests: export, decide, count.",
        "app.commands.corrections:corrections",
        hidden=True,
    ),
)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="contact-gauge")
def gauge() -> None:
    """Contact Gauge: exposure self-check for citizens.

    \b
    Serve an index that index-builder has published:
      GAUGE_INDEX_DIR=index GAUGE_KEYS_DIR=web-keys gauge serve
    Every command reads the same settings, named GAUGE_…; `gauge settings` prints them.

    Exit status: 0 done, 2 usage, 10 bad input data, 11 refused (signature, key, test record,
    rollback), 12 port, records or service unavailable, 1 a bug.
    """
    # Before anything of a command runs: unconfigured, structlog prints the local variables of each
    # line that an exception passed, and a database URL with its password is among them. Warnings
    # are left out, since the error that follows says the same in one line; `serve` and `evaluator`
    # turn them on. A list of commands logs nothing and does not wait for it.
    from app.logs import configure_logs

    configure_logs("error")


gauge.add_commands(COMMANDS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the process with its exit code."""
    forbid_core_dumps()  # keys and identities come into its memory, and into that of its workers
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
        from app.logs import traceback_lines

        # Type and lines alone: the message may hold a value.
        where = ", ".join(traceback_lines(error)[-3:])
        click.echo(f"gauge: a bug: {type(error).__name__} at {where}", err=True)
        sys.exit(ExitCode.BUG)
    sys.exit(result if isinstance(result, int) else ExitCode.DONE)
