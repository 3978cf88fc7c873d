"""`index-builder check`: answers offline, as the web service would."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.errors import Malformed
from exposure_index.files.index_directory import index_directories
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import InvalidIdentity
from exposure_index.label.codec import EXPOSURES_MAX
from index_builder.commands.options import encoding_option, keys_option
from tables.people_csv import PersonRow, read_people

if TYPE_CHECKING:
    from exposure_index.lookup.open_index import OpenIndex
    from exposure_index.lookup.result import ListedExposure, LookupResult

COLUMNS = (
    "id_type",
    "id_number",
    "name",
    "status",
    "tier",
    "mode",
    "number",
    "service_date",
    "rule",
)
_HAN_NEEDED, _LATIN_NEEDED = "han_name_needed", "latin_name_needed"


@click.command("check")
@click.option(
    "--index",
    "index",
    required=True,
    type=click.Path(path_type=Path),
    help="OUT (then its current), or one build.",
)
@keys_option("Directory with root_plain and trust.json.")
@click.option(
    "--people",
    type=click.Path(path_type=Path),
    help="CSV with id_type, id_number, name and, where there is one, name_latin, in any order.",
)
@encoding_option
@click.option("--id-type", type=click.Choice(ID_TYPES), help="Ask about one person.")
@click.option("--id-number", help="Document number of that person.")
@click.option("--name", help="Name of that person.")
@click.option("--name-latin", default="", help="Their name in Latin letters, beside or instead.")
def check_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    index: Path,
    keys: Path,
    people: Path | None,
    encoding: str,
    id_type: str | None,
    id_number: str | None,
    name: str | None,
    name_latin: str,
) -> None:
    """Answer for a list of people or for one person, as CSV on standard output.

    At most two rows a person (the worst trips), one row with not_found or invalid otherwise; why a
    row is invalid, and which diseases an index leaves out, is said on standard error. Where a
    document bears two names, give both: a Han name alone beside a passport is looked up by its
    readings, and standard error says so.

    \b
    index-builder check --index index --keys keys --people people.csv
    """
    from exposure_index.lookup.open_index import OpenIndex

    persons: Iterable[PersonRow]
    named = name is not None or name_latin != ""
    if people is not None and id_type is id_number is None and not named:
        persons = read_people(people, encoding, lambda remark: click.echo(remark, err=True))
    elif people is None and id_type is not None and id_number is not None and named:
        persons = [PersonRow(id_type, id_number, name or "", name_latin)]
    else:
        message = "give either --people FILE.csv, or --id-type, --id-number and --name"
        raise click.UsageError(message)
    ring = KeyRing.from_directory(keys)
    trust = Trust.load(keys)
    now = datetime.now(UTC)
    indexes = [OpenIndex.open(directory, ring, trust, now=now) for directory in _directories(index)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person in persons:
        writer.writerows(_rows(indexes, person))
    for one in indexes:
        if one.manifest.unruled:
            click.echo(one.manifest.unruled_sentence, err=True)
        one.close()


def _directories(index: Path) -> list[Path]:
    directories = index_directories(index)
    if not directories:
        message = f"{index}: there is no index"
        raise Malformed(message)
    return directories


def _rows(indexes: list[OpenIndex], person: PersonRow) -> Iterator[tuple[str, ...]]:
    from exposure_index.lookup.check import look_up_exposures

    person_cells = (person.id_type, person.id_number, person.name)
    result: LookupResult[ListedExposure] | None
    try:
        claim = person.claim()
        result = look_up_exposures(indexes, claim)
    except InvalidIdentity as error:
        result = _by_likely_names(indexes, person, error.reason)
        if result is None:
            click.echo(f"invalid: {person.fault_words(error)}", err=True)
            yield (*person_cells, "invalid", "", "", "", "", "")
            return
    if not result.exposures:
        yield (*person_cells, result.status, "", "", "", "", "")
    for trip in result.exposures[:EXPOSURES_MAX]:
        yield (
            *person_cells,
            result.status,
            trip.tier.word,
            trip.mode.word,
            trip.number,
            trip.service_date.isoformat(),
            trip.rule,
        )


def _by_likely_names(
    indexes: list[OpenIndex], person: PersonRow, reason: str
) -> LookupResult[ListedExposure] | None:
    """Return what is found of a person whose document bears a name that the list lacks, or None.

    A staff list has Han names beside passports too: they are looked up under their readings. There
    are others than those (陳大文 is CHAN TAI MAN), so that standard error says of whoever is not
    found how they were looked up. None where the name has no reading, and where a resident
    number has a Latin name alone, of which nothing tells the Han; unless somebody is found.
    """
    from exposure_index.identity.canonical import IdentityClaim
    from exposure_index.identity.entry_spellings import likely_names
    from exposure_index.identity.name import HAN
    from exposure_index.identity.parsing import parse_document
    from exposure_index.lookup.check import look_up_exposures

    if reason not in {_HAN_NEEDED, _LATIN_NEEDED}:
        return None
    names = likely_names((person.name, person.name_latin))
    if not names:
        return None
    document = parse_document(person.kind, person.id_number)
    result = look_up_exposures(indexes, IdentityClaim(document, names))
    if result.exposures:
        return result
    if reason == _HAN_NEEDED or not HAN.search(person.name + person.name_latin):
        return None
    place = f"row {person.row}: " if person.row else ""
    click.echo(
        f"{place}looked up by readings of the Han name only; name_latin makes the answer sure",
        err=True,
    )
    return result
