"""Options of `gauge private-check` about its list: which file, how it is read, what is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exposure_index.identity.document import ID_TYPES
from tables.people_csv import PersonRow
from tables.staff_lists.columns import STAFF_COLUMNS
from tables.text_encodings.encodings import CODECS

if TYPE_CHECKING:
    from app.private_lists.list_output import ListOutput
    from app.private_lists.list_rows import PeopleList

WORKBOOK = ".xlsx"

_OPTIONS = (
    click.option(
        "--people",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="List of people: CSV with id_type, id_number, name and, where there is one, "
        "name_latin; or any staff list as CSV, workbook or JSON lines with --own-columns. Without "
        "it one person is asked for.",
    ),
    click.option(
        "--encoding",
        type=click.Choice(list(CODECS), case_sensitive=False),
        metavar="NAME",
        help="Encoding of a list that proves to be neither UTF-8 nor GB18030: big5, euc-kr, "
        "windows-1252, …; any other word lists all.",
    ),
    click.option("--sheet", type=click.IntRange(1), help="Sheet of a workbook, 1 being the first."),
    click.option(
        "--header-row",
        type=click.IntRange(0),
        help="Row of the headings as the program shows it, 0 for a list without any.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="NAME=NUMBER",
        help="Which column is which where the headings do not say it, 1 being the first: "
        "--column id_number=3 --column name=1.",
    ),
    click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where the answers go, readable by you alone [default: standard output]. An "
        "interrupted run leaves OUT.progress beside it, and the same command continues.",
    ),
    click.option(
        "--own-columns",
        is_flag=True,
        help="Write your own file again with status, tier, act_until, reason and duplicate_of "
        "added; OUT.xlsx always is.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        help="How many people are asked about at once [default: one a core, 4 at least].",
    ),
    click.option(
        "--watch",
        is_flag=True,
        help="Check the list again at each new build, until told to stop; OUT.changes.csv then "
        "names the rows with another answer.",
    ),
)


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What the options say."""

    people: Path | None
    encoding: str | None
    sheet: int | None
    header_row: int | None
    columns: tuple[str, ...]
    out: Path | None
    own_columns: bool
    jobs: int | None
    watch: bool

    @property
    def output(self) -> ListOutput | None:
        """Where the answers go, None for standard output."""
        from app.private_lists.list_output import ListOutput

        return ListOutput(self.out, self.own_columns) if self.out else None

    @property
    def places(self) -> dict[str, int] | None:
        """The columns that are said, name → place from 0. Raises UsageError."""
        places = {}
        for each in self.columns:
            name, _, number = each.partition("=")
            if name not in STAFF_COLUMNS or not number.isdecimal() or not int(number):
                raise click.UsageError(
                    f"--column needs one of {', '.join(STAFF_COLUMNS)} = 1, 2, …"
                )
            places[name] = int(number) - 1
        return places or None

    def require_sense(self) -> None:
        """Raise UsageError where options do not go together."""
        if self.people is None and (self.own_columns or self.watch):
            raise click.UsageError("--own-columns and --watch need --people")
        if self.out is None and (self.own_columns or self.watch):
            raise click.UsageError("--own-columns and --watch need --out")
        if self.watch and self.people is not None and not self.people.is_file():
            raise click.UsageError("--watch needs a file that can be read again")
        if _is_one_file(self.people, self.out):
            raise click.UsageError("--out is the list itself")


def _is_one_file(people: Path | None, out: Path | None) -> bool:
    return people is not None and out is not None and out.exists() and out.samefile(people)


def list_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add every option of a list; the command takes them as `options`."""

    @wraps(command)
    def with_options(**values: Any) -> None:  # noqa: ANN401 - as click gives them
        own = {name: values.pop(name) for name in ListOptions.__slots__}
        out: Path | None = own["out"]
        own["own_columns"] |= out is not None and out.suffix.lower() == WORKBOOK
        command(options=ListOptions(**own), **values)

    for option in reversed(_OPTIONS):
        option(with_options)
    return with_options


def people_of(options: ListOptions) -> PeopleList:
    """Return the list that the options name.

    Under the published columns a CSV is read as ever: a row that is not whole refuses it. Raises
    StaffListRefused, PeopleListRefused.
    """
    from app.private_lists.list_file import ListFile, plain_list, staff_list
    from tables.staff_lists.staff_list import ListChoice

    if options.people is None:
        raise click.UsageError("--people is needed")
    file, encoding = ListFile.at(options.people), options.encoding or ""
    if file.kind == "csv" and not options.own_columns:
        return plain_list(file, encoding)
    choice = ListChoice(encoding, options.sheet, options.header_row, options.places)
    return staff_list(file, choice)


def person_at_terminal() -> PersonRow:
    """Ask at the terminal: every user of a machine can read the arguments of a command.

    A second name is asked for where such a document may bear one.
    """
    from exposure_index.identity.parsing import HAN_TYPES

    kind = click.prompt("Kind of document", type=click.Choice(ID_TYPES), err=True)
    number = click.prompt("Number", err=True)
    name = click.prompt("Name", err=True)
    if kind in HAN_TYPES:
        return PersonRow(kind, number, name)
    other = click.prompt(
        "Name in the other script (Latin, Chinese), if the document has one",
        default="",
        show_default=False,
        err=True,
    )
    return PersonRow(kind, number, name, other)
