"""`gauge private-check`: a list of people, checked without revealing it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.private_file import unwritable_as_usage_error
from app.commands.trust_file import load_trust, trust_option
from exposure_index.atomic_files import PRIVATE
from exposure_index.identity.document import ID_TYPES
from tables.encodings import CODECS
from tables.people_csv import PersonRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.private_lists.list_rows import PeopleList
    from app.private_lists.list_run import Answers, ListRun
    from exposure_index.remote.service import PrivateService

PROGRESS_SUFFIX = ".progress"
PARTIAL_SUFFIX = ".partial"


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
    help="Where the answers go, readable by you alone [default: standard output]. An interrupted "
    "run leaves OUT.progress beside it, and the same command continues.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="How many people are asked about at once [default: one a core, 4 at least].",
)
def private_check(  # noqa: PLR0913, PLR0917 - one parameter an option
    url: str,
    people: Path | None,
    encoding: str | None,
    trust: Path | None,
    memory: Path,
    out: Path | None,
    jobs: int | None,
) -> None:
    """Check people at URL; the service learns neither whom nor the result.

    It learns your network address, the time and how many were asked about. Everything it sends is
    verified; whatever is not as signed ends with 11, and no row then says not_found.

    \b
    gauge private-check https://check.example.org --trust trust.json \\
      --people staff.csv --out answers.csv
    """
    from app.private_lists.checking import default_jobs
    from app.private_lists.list_file import one_person, people_list
    from app.private_lists.list_run import ListRun
    from exposure_index.remote.http_transport import require_address
    from exposure_index.remote.known_authorities import KnownAuthorities
    from exposure_index.remote.service import PrivateService, ServiceTrust

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as by Ctrl-C: all is closed
    require_address(url)  # before anybody types a name, as is all else that can be wrong
    service_trust = ServiceTrust(load_trust(trust), KnownAuthorities(memory))
    listed = people_list(people, encoding or "") if people else one_person(_person_at_terminal())
    run = ListRun(listed, url, jobs or default_jobs(), with_trips=True)
    _ = listed.counts  # a list that is refused is refused before anybody connects
    if out is None:
        _answer_to_standard_output(run, PrivateService.at(url, service_trust))
        return
    with _new_output(out) as partial:
        _answer_to_file(run, PrivateService.at(url, service_trust), out, partial)


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


@contextmanager
def _new_output(out: Path) -> Iterator[Path]:
    """Give a new file beside the output, for its owner alone; afterwards it is there no more."""
    partial = out.with_name(out.name + PARTIAL_SUFFIX)
    with unwritable_as_usage_error(out):  # before anybody is asked about
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE))
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _answer_to_standard_output(run: ListRun, service: PrivateService) -> None:
    from app.commands.list_progress import list_progress
    from app.private_lists.list_run import AnswersInMemory
    from app.private_lists.published_columns import write_published

    answers = AnswersInMemory()
    with list_progress() as view:
        run.answer(service, answers, view)
    write_published(sys.stdout, run.rows(answers))
    _tell_remarks(run.people, service)


def _answer_to_file(run: ListRun, service: PrivateService, out: Path, partial: Path) -> None:
    from app.commands.list_progress import list_progress
    from app.private_lists.progress_file import ProgressFile
    from app.private_lists.published_columns import write_published

    with unwritable_as_usage_error(out):
        answers = run.answers_for(service, out.with_name(out.name + PROGRESS_SUFFIX))
        try:
            with list_progress() as view:
                run.answer(service, answers, view)
        except BaseException:
            _tell_progress(run, answers, out)
            raise
        with partial.open("w", encoding="utf-8", newline="") as target:
            write_published(target, run.rows(answers))
            target.flush()
            os.fsync(target.fileno())
        partial.replace(out)
        if isinstance(answers, ProgressFile):
            answers.remove()
    _tell_remarks(run.people, service)


def _tell_progress(run: ListRun, answers: Answers, out: Path) -> None:
    """Print what an interrupted run keeps."""
    from app.private_lists.progress_file import ProgressFile

    if isinstance(answers, ProgressFile):
        answers.close()
        count = f"{len(answers):,} of {run.people.counts.people:,} people"
        file = f"{out.name}{PROGRESS_SUFFIX}"
        click.echo(f"{count} are answered, sealed in {file}: the same command continues", err=True)


def _tell_remarks(people: PeopleList, service: PrivateService) -> None:
    """Print why a row is no identity, place and reason, never the cell; and what is not covered."""
    for row in people.rows():
        if row.reason:
            click.echo(f"invalid: {row.reason}", err=True)
    for sentence in sorted({each.manifest.unruled_sentence for each in service.indexes} - {""}):
        click.echo(sentence, err=True)
