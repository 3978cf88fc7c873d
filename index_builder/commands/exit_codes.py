"""What a command's exit status means, and which error leads to which.

0 done; 1 a bug; 2 usage; 10 bad input data; 11 refused (signature, checksum, key, canary,
rollback); 12 engine or store unavailable.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Never, ParamSpec, TypeVar

import click
import duckdb
import pyarrow as pa

from exposure_index.crypto.keygen import KeysExist
from exposure_index.crypto.keys import KeyFault
from exposure_index.errors import IndexDamaged, Refused
from exposure_index.messages.export_lines import ExportUnreadable
from index_builder.corrections.request_table import TableRefused
from index_builder.engines.engine import EngineUnavailable
from index_builder.inquiries.import_replies import RepliesRefused
from index_builder.inquiries.ledger_file import LedgerUnusable
from index_builder.notices.decoding import NoticesUnreadable
from index_builder.people_file import PeopleFileRefused
from index_builder.rules.assignment import RulesRefused
from index_builder.rules.rule_files import RuleFileRefused, RuleSetInvalid, RuleSetUnknown
from index_builder.sources.source import SourceRefused

BAD_INPUT = 10
REFUSED = 11
UNAVAILABLE = 12

_EXITS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int], ...] = (
    ((RuleSetUnknown, RulesRefused), 2),
    (
        (
            ExportUnreadable,
            NoticesUnreadable,
            PeopleFileRefused,
            RepliesRefused,
            RuleFileRefused,
            SourceRefused,
            TableRefused,
        ),
        BAD_INPUT,
    ),
    ((Refused, KeyFault, KeysExist, IndexDamaged), REFUSED),
    ((EngineUnavailable, LedgerUnusable, RuleSetInvalid), UNAVAILABLE),
)

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def fail(message: str, code: int) -> Never:
    """Print one line to standard error and exit."""
    click.echo(f"index-builder: {message}", err=True)
    sys.exit(code)


def with_exit_codes(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn the errors that a user can do something about into one line and an exit status."""

    @wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except duckdb.OutOfMemoryException:
            fail("DuckDB ran out of memory; give it more with --memory", UNAVAILABLE)
        except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException):
            # One build has one writer: a transaction fails only where it cannot be written.
            fail("the engine could not read or write its files; is the disk full?", UNAVAILABLE)
        except (duckdb.Error, pa.ArrowException) as error:
            # Their messages quote cells.
            fail(f"the engine failed ({type(error).__name__})", UNAVAILABLE)
        except BrokenPipeError:
            # Whoever read the output (head, less) has seen enough.
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            # strerror says what went wrong (disk full, not permitted) without naming a cell.
            place = f" ({error.filename})" if error.filename else ""
            fail(f"{error.strerror or type(error).__name__}{place}", UNAVAILABLE)
        except Exception as error:
            for kinds, code in _EXITS:
                if isinstance(error, kinds):
                    fail(str(error), code)
            raise

    return run
