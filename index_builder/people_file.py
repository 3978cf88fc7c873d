"""Reads the list of people that `index-builder check` is asked about."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError
from index_builder.data_dictionary.table_definitions import ALL_COLUMNS
from tables.csv_table import CsvTable, TableUnreadable
from tables.encodings import EncodingRefused
from tables.header import HeaderNaming

PERSON_COLUMNS = ("id_type", "id_number", "name")


class PeopleFileRefused(ForeseenError, ValueError):
    """The file cannot be read as a list of people; the message names the file and way out."""

    exit_code = ExitCode.BAD_INPUT


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """One row of the list, as given."""

    id_type: str
    id_number: str
    name: str


class _NoRejects:
    """Refuses the file at its first broken line.

    A person left out of the answers may be taken for one who was not found.
    """

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        message = f"{table}: row {row}{', ' + column if column else ''}: {reason}"
        raise PeopleFileRefused(message)


def read_people(path: Path) -> Iterator[PersonAsked]:
    """Return the people of a CSV file that has at least the three columns, in any order.

    The file is read through once before anybody is returned: answers to half of a list would look
    like answers to all of it. Raises PeopleFileRefused, naming file, row and column.
    """
    for _ in _people(path):
        pass
    return _people(path)


def _people(path: Path) -> Iterator[PersonAsked]:
    try:
        table = CsvTable(path, _NoRejects(), path.name, HeaderNaming(known=ALL_COLUMNS))
    except (TableUnreadable, EncodingRefused) as error:
        raise PeopleFileRefused(str(error)) from error
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise PeopleFileRefused(message) from error
    missing = [name for name in PERSON_COLUMNS if name not in table.header]
    if missing:
        message = f"{path.name}: column missing: {', '.join(missing)}"
        raise PeopleFileRefused(message)
    for batch in table:
        for cells in zip(*(batch.columns[name] for name in PERSON_COLUMNS), strict=True):
            yield PersonAsked(*cells)
