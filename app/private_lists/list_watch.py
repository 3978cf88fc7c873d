"""Watching for new builds: a list is checked again whenever what it was checked against changes.

Threat: whoever sees the requests learns from them when a list changes, or whom it holds.
Limit: between two builds the list of indexes is asked for and nothing else, at times that depend on
nothing but a clock; at a new build everybody is asked about again, whoever is listed.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.private_lists.list_output import EARLIER, PROGRESS, ListOutput
from app.private_lists.list_run import AnswersInMemory, ListRun, ProgressView
from app.private_lists.progress_file import ProgressFile, answers_in, binding_of
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.remote.service import PrivateService

LOOK_SECONDS = 300.0
"""Between two looks, give or take a tenth: organisations do not come all at once."""
TENTH = 0.1


@dataclass(frozen=True, slots=True)
class ListWatch:
    """Checks a list at each new build. connect: verifies every manifest anew; read: the list."""

    connect: Callable[[], PrivateService]
    read: Callable[[], ListRun]
    output: ListOutput
    view: ProgressView
    tell: Callable[[str], None]

    def keep_watching(self, wait: Callable[[float], None]) -> None:
        """Look until `wait` raises. Raises a ForeseenError of usage; others are told and outlived.

        wait: waits so many seconds.
        """
        while True:
            try:
                self.look()
            except ForeseenError as error:
                if error.exit_code is ExitCode.USAGE:
                    raise
                self.tell(f"{error.explanation}; it is tried again")
            wait(LOOK_SECONDS * random.uniform(1 - TENTH, 1 + TENTH))  # noqa: S311 - no secret

    def look(self) -> None:
        """Check the list where its answers are of other builds than those there are now.

        Raises a ForeseenError; the output before stays.
        """
        service, run = self.connect(), self.read()
        binding = run.binding(service)
        bound = binding_of(self.output.beside(EARLIER), run.people.digest)
        if bound != binding or not self.output.path.exists():
            self._check(run, service, binding)

    def _check(self, run: ListRun, service: PrivateService, binding: dict[str, Any]) -> None:
        earlier = self.output.beside(EARLIER)
        answers = ProgressFile(self.output.beside(PROGRESS), run.people.digest, binding)
        try:
            run.answer(service, answers, self.view)
            self.output.write(run, answers)
            before = self._before(run, earlier, binding)
            changed = None if before is None else self.output.write_changes(run, answers, before)
            answers.keep_as(earlier)
        finally:
            answers.close()
        words = "" if changed is None else f", {changed:,} with another answer than before"
        self.tell(f"{run.people.counts.rows:,} rows checked{words}")

    def _before(
        self, run: ListRun, earlier: Path, binding: dict[str, Any]
    ) -> AnswersInMemory | None:
        """Return the answers before where they are of the same people in the same order."""
        bound = binding_of(earlier, run.people.digest)
        if bound is None or bound["people"] != binding["people"]:
            return None
        return AnswersInMemory(list(answers_in(earlier, run.people.digest)))
