"""What the answer page shows of the people on one form, in the order in which they were typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from app.answer_pages.labels import ID_TYPE_WORDS
from app.answer_pages.view_model import LISTED, AnswerShown
from app.checks.person_form import PersonForm


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person as typed, the number in groups as one compares it, and the answer."""

    typed: PersonForm
    id_type_words: LazyString
    number_groups: tuple[str, ...]
    answer: AnswerShown


@dataclass(frozen=True, slots=True)
class HouseholdShown:
    """Everybody on the form; listed: how many rows are; incomplete: whether any answer is.

    Rows are entries, not people: one person may have several documents, or stand twice.
    """

    people: tuple[PersonShown, ...]
    listed: int
    incomplete: bool

    @property
    def size(self) -> int:
        """How many rows were asked about."""
        return len(self.people)

    @property
    def several(self) -> bool:
        """Whether it is more than one."""
        return self.size > 1

    @property
    def only_incomplete(self) -> bool:
        """Whether nobody is listed, but an answer is incomplete."""
        return self.incomplete and not self.listed

    @property
    def nobody(self) -> bool:
        """Whether all answers are whole and list nobody."""
        return not (self.incomplete or self.listed)

    @property
    def kind(self) -> str:
        """The worst of the answers: exposed, incomplete or not_found."""
        return "exposed" if self.listed else "incomplete" if self.incomplete else "not_found"


def household_shown(people: Sequence[PersonForm], answers: Sequence[AnswerShown]) -> HouseholdShown:
    """Return what to show of people and their answers, given in the same order."""
    shown = [person.printable() for person in people]
    return HouseholdShown(
        people=tuple(
            PersonShown(person, ID_TYPE_WORDS[person.id_type], person.number_groups(), answer)
            for person, answer in zip(shown, answers, strict=True)
        ),
        listed=sum(answer.status in LISTED for answer in answers),
        incomplete=any(answer.status == "incomplete" for answer in answers),
    )
