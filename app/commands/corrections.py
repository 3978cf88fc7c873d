"""`gauge corrections`: correction requests out to the builder's side, and decisions back."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from app.commands.private_file import private_new_file
from app.commands.records import existing_records
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.messages.corrections import DECISION_OF_REASON, DECISIONS, write_corrections

DECISION_COLUMNS = ("reference", "decision", "reason")


class DecisionsRefused(ForeseenError):
    """A file of decisions that cannot be taken; names file and row, never their content."""

    exit_code = ExitCode.BAD_INPUT


@click.group()
def corrections() -> None:
    """Correction requests: export, decide, count.

    \b
    gauge corrections export --out requests.jsonl
    index-builder corrections open requests.jsonl --keys keys --out requests.csv
    gauge corrections decide --from decisions.csv
    """


@corrections.command("export")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--again", is_flag=True, help="Requests in review too, if an earlier file was lost.")
def export_command(out: Path, *, again: bool) -> None:
    """Write the new requests, sealed, and put them in review.

    Only the key `sealed` of the builder's side opens them. Requests that were withdrawn after
    an earlier export stand in the file too, without content.
    """
    from app.records.citizens.corrections import mark_exported, to_export
    from app.settings import read_settings

    settings = read_settings()
    records = existing_records(settings)
    with private_new_file(out) as file:
        with records.reading() as connection:
            requests = to_export(connection, again=again)
        count = write_corrections(file, requests)
    with records.writing() as connection:
        mark_exported(connection, [each.reference for each in requests], settings.today())
    click.echo(f"{out}: {count} requests")


@corrections.command("decide")
@click.argument("reference", required=False)
@click.argument("decision", type=click.Choice(DECISIONS), required=False)
@click.option(
    "--reason", type=click.Choice(sorted(DECISION_OF_REASON)), help="What its sender is told."
)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="CSV of many: reference, decision, reason; all is taken or nothing, withdrawn ones apart.",
)
def decide_command(
    reference: str | None, decision: str | None, reason: str | None, file: Path | None
) -> None:
    """Tell the sender of a request what was decided; its content is deleted here.

    \b
    gauge corrections decide K7QM2XWD9R accepted --reason taken_off
    gauge corrections decide --from decisions.csv
    """
    from app.records.citizens.corrections import decide, is_withdrawn
    from app.records.citizens.receipt_codes import READABLE_SIGNS
    from app.settings import read_settings

    if file is not None:
        if reference is not None:
            raise click.UsageError("give a reference or --from, not both")
        decisions = _read_decisions(file)
    elif reference is not None and decision is not None:
        if reason is None:
            raise click.UsageError("give --reason: its sender is told why")
        decisions = [(reference, decision, reason)]
    else:
        raise click.UsageError("give REFERENCE and DECISION, or --from FILE")
    settings, withdrawn = read_settings(), 0
    with existing_records(settings).writing() as connection:
        for row, (text, outcome, why) in enumerate(decisions, 2):
            of = text.strip().upper()
            where = f"{file.name}, row {row}" if file is not None else "the request"
            if DECISION_OF_REASON.get(why, "") != outcome:
                raise DecisionsRefused(f"{where}: this reason does not belong to that decision")
            readable = set(of) <= set(READABLE_SIGNS)
            if readable and decide(connection, of, why, settings.today()):
                continue
            if file is None or not readable or not is_withdrawn(connection, of):
                raise DecisionsRefused(f"{where}: there is no such request, or it was withdrawn")
            withdrawn += 1  # by its sender meanwhile, who must not hold up everybody else's
    click.echo(f"decided {len(decisions) - withdrawn} requests")
    if withdrawn:
        click.echo(f"passed over {withdrawn}, withdrawn by their senders")


@corrections.command("count")
def count_command() -> None:
    """Print how many requests there are in each state, and since when."""
    from app.records.citizens.corrections import count_by_state
    from app.settings import read_settings

    with existing_records(read_settings()).reading() as connection:
        counts = sorted(count_by_state(connection).items())
    for state, (number, oldest) in counts:
        click.echo(f"{state:12} {number:7,}  oldest of {oldest}")
    if not counts:
        click.echo("0 requests")


def _read_decisions(file: Path) -> list[tuple[str, str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            missing = [name for name in DECISION_COLUMNS if name not in (reader.fieldnames or ())]
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise DecisionsRefused(f"{file.name}: no CSV in UTF-8") from None
    if missing:
        raise DecisionsRefused(f"{file.name}: column {missing[0]} is missing")
    return list(_decisions(rows, file.name))


def _decisions(rows: Iterable[dict[str, str | None]], file: str) -> Iterator[tuple[str, str, str]]:
    for number, row in enumerate(rows, 2):
        reference, decision, reason = ((row.get(name) or "").strip() for name in DECISION_COLUMNS)
        if not reference or decision not in DECISIONS or reason not in DECISION_OF_REASON:
            raise DecisionsRefused(
                f"{file}, row {number}: reference, decision or reason cannot be used"
            )
        yield reference, decision, reason
