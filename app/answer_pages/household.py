"""The view model of everybody on one form, in the order of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.answer_pages.view_model import LISTED, AnswerView
from app.answer_pages.words import AnswerWords, answer_words
from app.checks.person_form import PersonForm
from exposure_index.identity.canonical import IdentityClaim

ONE_NAME_TYPES = frozenset({"resident"})
"""Kinds of documents that bear a name in one script only."""
WORST_FIRST = ("close", "general", "ended", "incomplete", "not_found")


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's fields as sent, the number in groups as one compares it, and the answer.

    short_number: where it has a check digit, so that a slip was refused, its first and last
    characters. names: those that were given; one_name: the document may bear another one, in
    another script, which was not looked up; labels: how many an index was read for. All of it
    depends on what was sent alone.
    """

    fields: PersonForm
    id_type_words: str
    number_groups: tuple[str, ...]
    short_number: str
    names: tuple[str, ...]
    one_name: bool
    labels: int
    answer: AnswerView

    @property
    def display_name(self) -> str:
        """The name under which the page lists the person: the first that was given."""
        return next(iter(self.names), "")


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """Everybody on the form; kind: the worst verdict; listed: how many rows are.

    Rows are entries, not people: one person may have several documents, or stand twice.
    oldest_source: of the data behind the answers; checked_at: when they were made; ask_again: the
    day on which to ask again, 2020-02-02; language: of all words, BCP 47.
    """

    people: tuple[PersonView, ...]
    kind: str
    listed: int
    oldest_source: datetime
    checked_at: datetime
    ask_again: str
    language: str

    @property
    def size(self) -> int:
        """How many rows were checked."""
        return len(self.people)

    @property
    def labels(self) -> int:
        """How many labels of each index were read."""
        return sum([person.labels for person in self.people])

    @property
    def several(self) -> bool:
        """Whether it is more than one."""
        return self.size > 1

    @property
    def is_close(self) -> bool:
        """Whether the worst verdict is that of a close contact."""
        return self.kind == "close"

    @property
    def is_general(self) -> bool:
        """Whether it is that of any other contact."""
        return self.kind == "general"

    @property
    def is_ended(self) -> bool:
        """Whether whoever is listed is observed no longer."""
        return self.kind == "ended"

    @property
    def is_incomplete(self) -> bool:
        """Whether nobody is listed, but an answer is incomplete."""
        return self.kind == "incomplete"

    @property
    def is_not_found(self) -> bool:
        """Whether all answers are whole and list nobody."""
        return self.kind == "not_found"


def household_view(
    people: Sequence[PersonForm],
    claims: Sequence[IdentityClaim],
    answers: Sequence[AnswerView],
    checked_at: datetime,
    language: str,
) -> HouseholdView:
    """Return the view model of people and their answers; all are given in the same order.

    language: BCP 47.
    """
    rows, words = zip(people, claims, answers, strict=True), answer_words(language)
    return HouseholdView(
        people=tuple([_person_view(*row, words) for row in rows]),
        kind=min([answer.kind for answer in answers], key=WORST_FIRST.index),
        listed=sum(answer.status in LISTED for answer in answers),
        oldest_source=answers[0].oldest_source,
        checked_at=checked_at,
        ask_again=answers[0].ask_again_on.isoformat(),
        language=language,
    )


def _person_view(
    person: PersonForm, claim: IdentityClaim, answer: AnswerView, words: AnswerWords
) -> PersonView:
    fields = person.printable()
    return PersonView(
        fields=fields,
        id_type_words=words.id_types[fields.kind],
        number_groups=fields.number_groups(),
        short_number=fields.short_number(),
        names=fields.names,
        one_name=len(claim.names) == 1 and fields.kind not in ONE_NAME_TYPES,
        labels=len(claim.names) + 1,
        answer=answer,
    )
