"""`gauge private-check`: a list of people, checked without revealing it."""

from __future__ import annotations

import csv
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from app.commands.private_file import unwritable_as_usage_error
from app.commands.trust_file import load_trust, trust_option
from exposure_index.atomic_files import PRIVATE
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import InvalidIdentity
from tables.encodings import CODECS
from tables.people_csv import PeopleListRefused, PersonRow, read_people

if TYPE_CHECKING:
    from exposure_index.lookup.result import ListedExposure, LookupResult
    from exposure_index.remote.service import ServiceTrust

COLUMNS = (
    *("id_type", "id_number", "name"),
    *("status", "tier", "mode", "number", "service_date", "rule"),
)
LIST_MAX_BYTES = 256 * 1024 * 1024  # all of it is held at once
TRIPS_MAX = 2
CONNECTIONS = 4


@click.command("private-check", short_help="Check people without revealing whom.")
@click.argument("url")
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with id_type, id_number, name and, where there is one, name_latin. Without it one "
    "person is asked for.",
)
@click.option(
    "--encoding",
    type=click.Choice(list(CODECS), case_sensitive=False),
    metavar="NAME",
    help="Encoding of a list that proves to be neither UTF-8 nor GB18030: big5, euc-kr, "
    "windows-1252, …; any other word lists all.",
)
@trust_option
@click.option(
    "--seen",
    "memory",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("seen.json"),
    show_default=True,
    help="File that remembers the sequence and public key of each authority between runs.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the answers go, readable by you alone [default: standard output].",
)
def private_check(  # noqa: PLR0913, PLR0917 - one parameter an option
    url: str,
    people: Path | None,
    encoding: str | None,
    trust: Path | None,
    memory: Path,
    out: Path | None,
) -> None:
    """Check people at URL; the service learns neither whom nor the result.

    It learns your network address, the time and how many were asked about. Everything it sends is
    verified; whatever is not as signed ends with 11, and no row then says not_found.

    \b
    gauge private-check https://check.example.org --trust trust.json \\
      --people staff.csv --out answers.csv
    """
    from exposure_index.remote.http_transport import require_address
    from exposure_index.remote.known_authorities import KnownAuthorities
    from exposure_index.remote.service import ServiceTrust

    require_address(url)  # before anybody types a name, as is all else that can be wrong
    service_trust = ServiceTrust(load_trust(trust), KnownAuthorities(memory))
    persons = _people_listed(people, encoding or "") if people else [_person_at_terminal()]
    if out is None:
        _write(sys.stdout, persons, _answers(url, service_trust, persons))
        return
    partial = out.with_name(out.name + ".partial")
    with unwritable_as_usage_error(out):  # before anybody is asked about
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as target:
            answers = _answers(url, service_trust, persons)
            with unwritable_as_usage_error(out):
                _write(target, persons, answers)
                target.flush()
                partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _people_listed(path: Path, encoding: str) -> list[PersonRow]:
    if path.stat().st_size > LIST_MAX_BYTES:
        raise PeopleListRefused(f"{path.name}: more than {LIST_MAX_BYTES >> 20} MiB")
    return list(read_people(path, encoding))


def _person_at_terminal() -> PersonRow:
    """Ask at the terminal: every user of a machine can read the arguments of a command."""
    return PersonRow(
        click.prompt("Kind of document", type=click.Choice(ID_TYPES), err=True),
        click.prompt("Number", err=True),
        click.prompt("Name", err=True),
        click.prompt(
            "Name in the other script (Latin, Chinese), if the document has one",
            default="",
            show_default=False,
            err=True,
        ),
    )


def _answers(
    url: str, trust: ServiceTrust, persons: list[PersonRow]
) -> list[LookupResult[ListedExposure] | None]:
    """Return the answer of each person in order, None for no identity. Raises CannotAnswer.

    Nothing is written before everybody is answered: half of a list would look like all of it.
    """
    from rich.console import Console
    from rich.progress import track

    from exposure_index.remote.http_transport import HttpTransport
    from exposure_index.remote.service import TIMEOUT_SECONDS, PrivateService

    service, own = PrivateService.at(url, trust), threading.local()

    def ask(person: PersonRow) -> LookupResult[ListedExposure] | None:
        try:
            claim = person.claim()
        except InvalidIdentity:
            return None
        if not hasattr(own, "service"):
            own.service = service.through(HttpTransport(url, TIMEOUT_SECONDS))
        answer: LookupResult[ListedExposure] = own.service.check(claim)
        return answer

    console = Console(stderr=True)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        try:
            return list(
                track(
                    pool.map(ask, persons),
                    "checking privately",
                    len(persons),
                    console=console,
                    disable=not console.is_terminal,
                )
            )
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write(
    target: TextIO, persons: list[PersonRow], answers: list[LookupResult[ListedExposure] | None]
) -> None:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person, answer in zip(persons, answers, strict=True):
        writer.writerows(_rows(person, answer))
        if answer is None:
            _tell_why(person)
    sentences = {each.unruled_sentence for one in answers if one for each in one.indexes} - {""}
    for sentence in sorted(sentences):
        click.echo(sentence, err=True)


def _tell_why(person: PersonRow) -> None:
    """Print why a row is no identity: place and reason, never the cell."""
    try:
        person.claim()
    except InvalidIdentity as error:
        click.echo(f"invalid: {person.fault_words(error)}", err=True)


def _rows(
    person: PersonRow, answer: LookupResult[ListedExposure] | None
) -> Iterator[tuple[str, ...]]:
    person_cells = (person.id_type, person.id_number, person.name)
    if answer is None:
        yield (*person_cells, "invalid", "", "", "", "", "")
        return
    if not answer.exposures:
        yield (*person_cells, answer.status, "", "", "", "", "")
    for trip in answer.exposures[:TRIPS_MAX]:
        date = trip.service_date.isoformat()
        trip_cells = (answer.status, trip.tier.word, trip.mode.word, trip.number, date, trip.rule)
        yield (*person_cells, *trip_cells)
