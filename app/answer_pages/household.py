"""The view model of everybody on one form, in the order of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from app.answer_pages.texts import ID_TYPE_WORDS
from app.answer_pages.view_model import LISTED, AnswerView
from app.checks.person_form import PersonForm


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's fields as sent, the number in groups as one compares it, and the answer."""

    fields: PersonForm
    id_type_words: LazyString
    number_groups: tuple[str, ...]
    answer: AnswerView


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """Everybody on the form; listed: how many rows are; incomplete: whether any answer is.

    Rows are entries, not people: one person may have several documents, or stand twice.
    """

    people: tuple[PersonView, ...]
    listed: int
    incomplete: bool

    @property
    def size(self) -> int:
        """How many rows were checked."""
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


def household_view(people: Sequence[PersonForm], answers: Sequence[AnswerView]) -> HouseholdView:
    """Return the view model of people and their answers, given in the same order."""
    rows = [person.printable() for person in people]
    return HouseholdView(
        people=tuple(
            PersonView(row, ID_TYPE_WORDS[row.id_type], row.number_groups(), answer)
            for row, answer in zip(rows, answers, strict=True)
        ),
        listed=sum(answer.status in LISTED for answer in answers),
        incomplete=any(answer.status == "incomplete" for answer in answers),
    )
