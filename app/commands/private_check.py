"""`gauge private-check`: people checked without revealing whom, one or a list of them."""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.private_file import unwritable_as_usage_error
from app.commands.private_list_options import (
    ListOptions,
    list_options,
    people_of,
    person_at_terminal,
)
from app.commands.trust_file import load_trust, trust_option

if TYPE_CHECKING:
    from app.private_lists.list_output import ListOutput
    from app.private_lists.list_rows import PeopleList
    from app.private_lists.list_run import Answers, ListRun
    from exposure_index.remote.service import PrivateService, ServiceTrust


@click.command("private-check", short_help="Check people without revealing whom.")
@click.argument("url")
@list_options
@trust_option
@click.option(
    "--seen",
    "memory",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("seen.json"),
    show_default=True,
    help="File that remembers the sequence and public key of each authority between runs.",
)
def private_check(url: str, options: ListOptions, trust: Path | None, memory: Path) -> None:
    """Check people at URL; the service learns neither whom nor the result.

    It learns your network address, the time and how many were asked about. Everything it sends is
    verified; whatever is not as signed ends with 11, and no row then says not_found.

    \b
    gauge private-check https://check.example.org --trust trust.json \\
      --people staff.xlsx --out answers.xlsx
    """
    from exposure_index.remote.http_transport import require_address
    from exposure_index.remote.known_authorities import KnownAuthorities
    from exposure_index.remote.service import ServiceTrust

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as by Ctrl-C: all is closed
    options.require_sense()
    require_address(url)  # before anybody types a name, as is all else that can be wrong
    trusted = ServiceTrust(load_trust(trust), KnownAuthorities(memory))
    command = PrivateCheck(url, options, trusted)
    if options.watch:
        command.watch()
    else:
        command.check_once()


@dataclass(frozen=True, slots=True)
class PrivateCheck:
    """One call of the command."""

    url: str
    options: ListOptions
    trust: ServiceTrust

    def connect(self) -> PrivateService:
        """Return the service with its manifests verified. Raises CannotAnswer."""
        from exposure_index.remote.service import PrivateService

        return PrivateService.at(self.url, self.trust)

    def run_over(self, people: PeopleList) -> ListRun:
        """Return a run over a list, which is refused, where it is, before anybody connects."""
        from app.private_lists.checking import default_jobs
        from app.private_lists.list_run import ListRun

        _ = people.counts
        _tell_list_remarks(people)
        if self.options.output is not None:
            self.options.output.require_place(people)
        jobs = self.options.jobs or default_jobs()
        return ListRun(people, self.url, jobs, with_trips=not self.options.own_columns)

    def check_once(self) -> None:
        """Check everybody and write the answers."""
        from app.private_lists.list_file import one_person

        listed = self.options.people is not None
        people = people_of(self.options) if listed else one_person(person_at_terminal())
        run, output = self.run_over(people), self.options.output
        if output is None:
            _answer_to_standard_output(run, self.connect())
            return
        with unwritable_as_usage_error(output.path):
            output.require_writable()
        _answer_to_file(run, self.connect(), output)

    def watch(self) -> None:
        """Check everybody again at each new build, until told to stop."""
        from app.commands.list_progress import list_progress
        from app.private_lists.list_watch import ListWatch

        output = self.options.output
        if output is None:
            raise click.UsageError("--watch needs --out")

        def read() -> ListRun:
            return self.run_over(people_of(self.options))

        end = _EndBySignal()
        try:
            with unwritable_as_usage_error(output.path), list_progress() as view:
                ListWatch(self.connect, read, output, view, _tell).keep_watching(end.wait)
        except KeyboardInterrupt:
            _tell("watching ends; the same command goes on from here")


class _EndBySignal:
    """Remembers SIGTERM: an interrupt that is raised where Python drops exceptions is not lost."""

    def __init__(self) -> None:
        self._is_due = False
        signal.signal(signal.SIGTERM, self._end)

    def wait(self, seconds: float) -> None:
        """Wait so many seconds. Raises KeyboardInterrupt when it is time to end."""
        if not self._is_due:
            time.sleep(seconds)
        if self._is_due:
            raise KeyboardInterrupt

    def _end(self, *_: object) -> None:
        self._is_due = True
        raise KeyboardInterrupt


def _tell(words: str) -> None:
    click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ} {words}", err=True)


def _answer_to_standard_output(run: ListRun, service: PrivateService) -> None:
    from app.commands.list_progress import list_progress
    from app.private_lists.list_run import AnswersInMemory
    from app.private_lists.published_columns import write_published

    answers = AnswersInMemory()
    with list_progress() as view:
        run.answer(service, answers, view)
    write_published(sys.stdout, run.rows(answers))
    _tell_doubts(run.people, service)


def _answer_to_file(run: ListRun, service: PrivateService, output: ListOutput) -> None:
    from app.commands.list_progress import list_progress
    from app.private_lists.list_output import PROGRESS
    from app.private_lists.progress_file import ProgressFile

    with unwritable_as_usage_error(output.path):
        answers = run.answers_for(service, output.beside(PROGRESS))
        try:
            with list_progress() as view:
                run.answer(service, answers, view)
        except BaseException:
            _tell_progress(run, answers, output)
            raise
        output.write(run, answers)
        if isinstance(answers, ProgressFile):
            answers.remove()
    _tell_doubts(run.people, service, reasons=not output.own_columns)


def _tell_list_remarks(people: PeopleList) -> None:
    """Print what is odd in a list, as the portal says it, before anybody is asked about."""
    if people.remarks:
        from app.bulk.portal.remark_words import remark_words

        for remark in people.remarks:
            words = remark if isinstance(remark, str) else remark_words(remark)
            click.echo(f"list: {words}", err=True)


def _tell_progress(run: ListRun, answers: Answers, output: ListOutput) -> None:
    """Print what an interrupted run keeps."""
    from app.private_lists.list_output import PROGRESS
    from app.private_lists.progress_file import ProgressFile

    if isinstance(answers, ProgressFile):
        answers.close()
        count = f"{len(answers):,} of {run.people.counts.people:,} people"
        file = output.beside(PROGRESS).name
        click.echo(f"{count} are answered, sealed in {file}: the same command continues", err=True)


def _tell_doubts(people: PeopleList, service: PrivateService, *, reasons: bool = True) -> None:
    """Print why a row is no identity, place and reason, never the cell; and what is not covered."""
    for row in people.rows() if reasons else ():
        if row.reason:
            code = f"row {row.row}: {row.reason.replace('_', ' ')}"
            click.echo(f"invalid: {code if people.headings else row.reason}", err=True)
        elif row.doubt:
            doubt = row.doubt.replace("_", " ")
            click.echo(f"row {row.row}: {doubt}: exposed or not checked, never not found", err=True)
    for sentence in sorted({each.manifest.unruled_sentence for each in service.indexes} - {""}):
        click.echo(sentence, err=True)
