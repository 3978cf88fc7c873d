"""`index-builder why`: which case, rule and rows list a person; on the builder's side only."""

import io
import json
import sys
from pathlib import Path

import click

from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.canonical import Identity
from exposure_index.identity.document import ID_TYPES, canonical_document
from exposure_index.identity.name import canonical_name
from exposure_index.identity.parsing import InvalidIdentity, parse_identity
from index_builder.commands.options import (
    casework_option,
    encoding_option,
    keys_option,
    reason_option,
    rules_options,
)
from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.casework import Casework
from tables.people_csv import PeopleListRefused, people_in, read_people

PEOPLE_MAX = 100
"""This is for a question about somebody, not for a list of everybody."""

STANDARD_INPUT = "standard-input.csv"
STEPS = 5


@click.command("why")
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
    help="Directory with the tables that the index was built from.",
)
@click.option("--columns", type=click.Path(path_type=Path), help="The mapping file, as in build.")
@encoding_option
@rules_options
@keys_option("Directory with root_plain and trust.json.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The index to compare with."
)
@casework_option()
@click.option(
    "--people",
    metavar="FILE",
    help="CSV with id_type, id_number and name; - reads it from standard input.",
)
@click.option("--id-type", type=click.Choice(ID_TYPES), help="Ask about one person.")
@click.option("--id-number", help="Their document number; better leave it out and be asked for it.")
@click.option("--name", help="Their name; better leave it out and be asked for it.")
@reason_option
@click.option("--json", "as_json", is_flag=True, help="Print the explanations as JSON.")
def why_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    source: Path,
    columns: Path | None,
    encoding: str,
    rules: RuleAssignment,
    keys: Path,
    out: Path,
    casework: Path | None,
    people: str | None,
    id_type: str | None,
    id_number: str | None,
    name: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """Say which case, rule and source rows list a person, and what did not count and why.

    The engine runs again on the person's rows only; nothing of who is listed is stored. Number
    and name that are not given are asked for, so that they stay out of the shell's history and
    of the list of processes. Each question is logged in the casework before it is answered.

    \b
    index-builder why --source tables --keys keys --out index --id-type passport \\
      --reason "hotline, call 4711: the traveller denies the trip"
    """
    from index_builder.commands.explanation_lines import explanation_json, explanation_lines
    from index_builder.commands.progress import StepProgress
    from index_builder.explaining.disclosure_log import DisclosureLog
    from index_builder.explaining.explanation import ExplanationRequest, explain

    if people is not None and not id_type is id_number is name is None:
        message = "give either --people, or --id-type, --id-number and --name"
        raise click.UsageError(message)
    ring = KeyRing.from_directory(keys)
    folder = Casework.beside(out, casework)
    identities = (
        _identity_of_options(id_type, id_number, name)
        if people is None
        else _from_file(people, encoding)
    )
    log = DisclosureLog(folder.log, ring)
    request = ExplanationRequest(source, out, rules, identities, columns, encoding)
    with StepProgress(STEPS) as progress:
        explanations = explain(request, ring, folder.path, progress.step)
    for identity, explanation in zip(identities, explanations, strict=True):
        log.write(
            "why",
            reason,
            [identity.document],
            build_id=explanation.build_id,
            found=explanation.listed_now or bool(explanation.index_trips),
        )
    if as_json:
        documents = [explanation_json(explanation) for explanation in explanations]
        click.echo(json.dumps(documents, ensure_ascii=False, indent=2))
        return
    for number, explanation in enumerate(explanations, 1):
        if len(explanations) > 1:
            click.echo(f"person     {number} of {len(explanations)}")
        for line in explanation_lines(explanation):
            click.echo(line)


def _identity_of_options(
    id_type: str | None, id_number: str | None, name: str | None
) -> tuple[Identity, ...]:
    kind = id_type or click.prompt("Kind of document", type=click.Choice(ID_TYPES), err=True)
    number = id_number or click.prompt("Document number", hide_input=True, err=True)
    named = name if name is not None else click.prompt("Name", hide_input=True, err=True)
    identity = _identity(kind, number, named)
    if identity is None:
        message = "the document number has neither letters nor digits"
        raise click.UsageError(message)
    return (identity,)


def _identity(id_type: str, id_number: str, name: str) -> Identity | None:
    """Return who is meant; a number that no form accepts may still stand in the source."""
    try:
        claim = parse_identity(id_type, id_number, name)
    except InvalidIdentity:
        document = canonical_document(id_number, id_type)
        return Identity(document, canonical_name(name)) if document else None
    return Identity(claim.document, claim.names[0])


def _from_file(people: str, encoding: str) -> tuple[Identity, ...]:
    if people == "-":
        name = STANDARD_INPUT
        rows = people_in(io.BytesIO(sys.stdin.buffer.read()), name, encoding)
    else:
        name = Path(people).name
        rows = read_people(Path(people), encoding)
    identities = []
    for person in rows:
        identity = _identity(person.kind, person.id_number, person.name)
        if identity is None:
            message = f"{name}: row {person.row}: id_number: neither letters nor digits"
            raise PeopleListRefused(message)
        identities.append(identity)
        if len(identities) > PEOPLE_MAX:
            message = f"{name}: more than {PEOPLE_MAX} people; `check` answers lists"
            raise PeopleListRefused(message)
    return tuple(identities)
