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

from app.commands.private_file import told_if_unwritable
from app.people_list import PersonListed, read_people
from exposure_index.atomic_files import PRIVATE
from exposure_index.crypto.trust import TRUST_FILE
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import InvalidIdentity, parse_identity

if TYPE_CHECKING:
    from exposure_index.lookup.result import ListedExposure, LookupResult
    from exposure_index.remote.service import ServiceTrust

COLUMNS = (
    *("id_type", "id_number", "name"),
    *("status", "tier", "mode", "number", "service_date", "rule"),
)
TRIPS_MAX = 2
CONNECTIONS = 4


@click.command("private-check", short_help="Check people without revealing whom.")
@click.argument("url")
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with id_type, id_number and name. Without it one person is asked for.",
)
@click.option(
    "--trust",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="trust.json of the authority, got from it and not from this service "
    "[default: that of GAUGE_KEYS_DIR].",
)
@click.option(
    "--seen",
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
def private_check(
    url: str, people: Path | None, trust: Path | None, seen: Path, out: Path | None
) -> None:
    """Check people at URL; the service learns neither whom nor the result.

    It learns your network address, the time and how many were asked about. Everything it sends is
    verified; whatever is not as signed ends with 11, and no row then says not_found.

    \b
    gauge private-check https://check.example.org --trust trust.json \\
      --people staff.csv --out answers.csv
    """
    from app.settings import read_settings
    from exposure_index.remote.service import ServiceTrust

    file = trust or read_settings().keys_dir / TRUST_FILE
    listed = read_people(people) if people else [_person_asked_for()]
    service_trust = ServiceTrust.from_file(file, seen)
    if out is None:
        _write(sys.stdout, listed, _answers(url, service_trust, listed))
        return
    partial = out.with_name(out.name + ".partial")
    with told_if_unwritable(out):  # before anybody is asked about
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as target:
            answers = _answers(url, service_trust, listed)
            with told_if_unwritable(out):
                _write(target, listed, answers)
                target.flush()
                partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _person_asked_for() -> PersonListed:
    """Ask at the terminal: every user of a machine can read the arguments of a command."""
    return PersonListed(
        click.prompt("Kind of document", type=click.Choice(ID_TYPES), err=True),
        click.prompt("Number", err=True),
        click.prompt("Name", err=True),
    )


def _answers(
    url: str, trust: ServiceTrust, listed: list[PersonListed]
) -> list[LookupResult[ListedExposure] | None]:
    """Return the answer of each person in order, None for no identity. Raises CannotAnswer.

    Nothing is written before everybody is answered: half of a list would look like all of it.
    """
    from rich.console import Console
    from rich.progress import track

    from exposure_index.remote.http_transport import HttpTransport
    from exposure_index.remote.service import TIMEOUT_SECONDS, PrivateService

    service, own = PrivateService.at(url, trust), threading.local()

    def ask(person: PersonListed) -> LookupResult[ListedExposure] | None:
        try:
            identity = parse_identity(person.id_type.strip(), person.id_number, person.name)
        except InvalidIdentity:
            return None
        if not hasattr(own, "service"):
            own.service = service.through(HttpTransport(url, TIMEOUT_SECONDS))
        answer: LookupResult[ListedExposure] = own.service.check(identity)
        return answer

    console = Console(stderr=True)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        try:
            return list(
                track(
                    pool.map(ask, listed),
                    "checking privately",
                    len(listed),
                    console=console,
                    disable=not console.is_terminal,
                )
            )
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write(
    target: TextIO, listed: list[PersonListed], answers: list[LookupResult[ListedExposure] | None]
) -> None:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person, answer in zip(listed, answers, strict=True):
        writer.writerows(_rows(person, answer))


def _rows(
    person: PersonListed, answer: LookupResult[ListedExposure] | None
) -> Iterator[tuple[str, ...]]:
    given = (person.id_type, person.id_number, person.name)
    if answer is None:
        yield (*given, "invalid", "", "", "", "", "")
        return
    if not answer.exposures:
        yield (*given, answer.status, "", "", "", "", "")
    for trip in answer.exposures[:TRIPS_MAX]:
        date = trip.service_date.isoformat()
        told = (answer.status, trip.tier.word, trip.mode.word, trip.number, date, trip.rule)
        yield (*given, *told)
