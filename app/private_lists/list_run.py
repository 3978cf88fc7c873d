"""One run over a list: connect, continue where an earlier run stopped, ask, give the answers.

Nothing is written before everybody is answered: half of a list would look like all of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from app.private_lists.checking import ListChecking
from app.private_lists.list_rows import ListRow, PeopleList
from app.private_lists.person_answer import PersonAnswer
from app.private_lists.person_checker import CheckTask
from app.private_lists.progress_file import ProgressFile
from exposure_index.remote.service import PrivateService

FEWEST_KEPT = 64
"""Of a shorter list no progress is kept: it is soon asked again, and could be guessed as a whole
by whoever finds the file."""


class Answers(Protocol):
    """Answers in the order of the list."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __iter__(self) -> Iterator[PersonAnswer]:
        """Yield every one in order."""

    def append(self, answers: Sequence[PersonAnswer]) -> None:
        """Add those of the next people."""


@dataclass
class AnswersInMemory:
    """Answers of a list whose output is no file, or which is short."""

    answers: list[PersonAnswer] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.answers)

    def __iter__(self) -> Iterator[PersonAnswer]:
        return iter(self.answers)

    def append(self, answers: Sequence[PersonAnswer]) -> None:
        """Add those of the next people."""
        self.answers.extend(answers)


class ProgressView(Protocol):
    """Whoever runs a command sees how far a list is."""

    def begin(self, before: int, total: int, *, anew: bool) -> None:
        """Show that so many of all were answered by an earlier run, or that they are let go."""

    def advance(self, people: int) -> None:
        """Show that so many more are answered."""

    def wait(self, seconds: float) -> None:
        """Show for how long the service asks to wait, 0 where it does not."""


@dataclass(frozen=True, slots=True)
class ListRun:
    """A list, the service that it is checked at, and how many people are asked about at once."""

    people: PeopleList
    url: str
    jobs: int
    with_trips: bool

    def answer(self, service: PrivateService, answers: Answers, view: ProgressView) -> None:
        """Ask about everybody who has no answer yet.

        Raises CannotAnswer, CheckingDied, ListChanged; what was answered stays in `answers`.
        """
        total, before = self.people.counts.people, len(answers)
        view.begin(before, total, anew=isinstance(answers, ProgressFile) and answers.begun_anew)
        manifests = tuple(index.manifest for index in service.indexes)
        task = CheckTask(self.url, manifests, service.missing, self.with_trips)
        checking = ListChecking(task, self.jobs, view.wait)
        claims = (row.claims for row in self.people.rows() if row.is_asked_about)
        for batch in checking.answers(islice(claims, before, None), total - before):
            answers.append(batch)
            view.advance(len(batch))

    def answers_for(self, service: PrivateService, progress: Path) -> Answers:
        """Return the answers so far: of the progress file of an earlier run, if there is one.

        Raises ProgressInUse, OSError.
        """
        if self.people.counts.people < FEWEST_KEPT:
            return AnswersInMemory()
        return ProgressFile(progress, self.people.digest, self.binding(service))

    def binding(self, service: PrivateService) -> dict[str, Any]:
        """Return what the answers depend on beside the list, as JSON."""
        manifests = [index.manifest for index in service.indexes]
        return {
            "url": self.url,
            "builds": sorted([one.authority, one.build_id] for one in manifests),
            "missing": [list(each) for each in service.missing],
            "people": self.people.counts.digest.hex(),
            "trips": self.with_trips,
        }

    def rows(self, answers: Answers) -> Iterator[tuple[ListRow, PersonAnswer | None]]:
        """Yield every row with the answer about its person, None where nobody was asked about.

        Who is not found under a doubtful name is `not_checked`.
        Raises ListChanged, ProgressDamaged; then nothing of it may be used.
        """
        in_order = iter(answers)
        repeated: dict[int, PersonAnswer] = {}
        for row in self.people.rows():
            if row.place is None:
                yield row, None
            elif row.duplicate_of is not None:
                yield row, _credible_answer(row, repeated[row.place])
            else:
                answer = next(in_order, None)
                if answer is None:
                    raise RuntimeError("fewer answers than people")
                if row.place in self.people.counts.repeated:
                    repeated[row.place] = answer
                yield row, _credible_answer(row, answer)


def _credible_answer(row: ListRow, answer: PersonAnswer) -> PersonAnswer:
    """Return what is believed of an answer: under a doubtful name, no "not found"."""
    if row.doubt and answer.status == "not_found":
        return PersonAnswer("not_checked", reason=row.doubt)
    return answer
