"""What is told of an error in one line, and the exit code of the command that it ends."""

import sys

import click

from exposure_index.command_line import LazyGroup
from exposure_index.core_dumps import forbid_core_dumps
from exposure_index.errors import ExitCode, ForeseenError

INTERRUPTED = 130  # as a shell tells of SIGINT
ENGINE_LIBRARIES = frozenset({"duckdb", "pyarrow"})


class ReportingGroup(LazyGroup):
    """Commands whose foreseen errors become one line and an exit code; a bug shows its lines."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; end the process where an error is one that somebody can act on."""
        forbid_core_dumps()  # passengers and keys come into its memory
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            click.echo("index-builder: interrupted", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whoever read the output (head, less) has seen enough.
            sys.stderr.close()
            sys.exit(ExitCode.DONE)
        except Exception as error:
            line, code = _engine_fault(error) or _fault(error)
            if code is ExitCode.BUG:
                raise
            click.echo(f"index-builder: {line}", err=True)
            sys.exit(code)


def _engine_fault(error: Exception) -> tuple[str, ExitCode] | None:
    """Return what is told of an error of an engine's libraries, None of any other."""
    if ENGINE_LIBRARIES.isdisjoint(sys.modules):
        return None  # nothing of theirs ran, and they take a second to load
    import duckdb
    import pyarrow as pa

    if isinstance(error, duckdb.OutOfMemoryException):
        line = "DuckDB ran out of memory; give it more with --memory"
    elif isinstance(
        error, (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
    ):
        # One build has one writer: a transaction fails only where it cannot be written.
        line = "the engine could not read or write its files; is the disk full?"
    elif isinstance(error, (duckdb.Error, pa.ArrowException)):
        line = f"the engine failed ({type(error).__name__})"  # their messages quote cells
    else:
        return None
    return line, ExitCode.UNAVAILABLE


def _fault(error: Exception) -> tuple[str, ExitCode]:
    if isinstance(error, ForeseenError):
        return error.explanation, error.exit_code
    if isinstance(error, OSError):
        # strerror says what went wrong (disk full, not permitted) without naming a cell.
        place = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or type(error).__name__}{place}", ExitCode.UNAVAILABLE
    return "", ExitCode.BUG
