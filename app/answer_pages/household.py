"""The view model of everybody on one form, in the order of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from app.answer_pages.texts import ID_TYPE_WORDS
from app.answer_pages.view_model import LISTED, AnswerView
from app.checks.person_form import PersonForm
from exposure_index.identity.canonical import IdentityClaim

ONE_NAME_TYPES = frozenset({"resident"})
"""Kinds of documents that bear a name in one script only."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's fields as sent, the number in groups as one compares it, and the answer.

    names: those that were given; one_name: the document may bear another one, in another script,
    which was not looked up; labels: how many an index was read for. All of it depends on what was
    sent alone.
    """

    fields: PersonForm
    id_type_words: LazyString
    number_groups: tuple[str, ...]
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
    def labels(self) -> int:
        """How many labels of each index were read."""
        return sum([person.labels for person in self.people])

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


def household_view(
    people: Sequence[PersonForm], claims: Sequence[IdentityClaim], answers: Sequence[AnswerView]
) -> HouseholdView:
    """Return the view model of people and their answers; all are given in the same order."""
    rows = zip(people, claims, answers, strict=True)
    return HouseholdView(
        people=tuple(_person_view(*row) for row in rows),
        listed=sum(answer.status in LISTED for answer in answers),
        incomplete=any(answer.status == "incomplete" for answer in answers),
    )


def _person_view(person: PersonForm, claim: IdentityClaim, answer: AnswerView) -> PersonView:
    fields = person.printable()
    return PersonView(
        fields=fields,
        id_type_words=ID_TYPE_WORDS[fields.id_type],
        number_groups=fields.number_groups(),
        names=fields.names,
        one_name=len(claim.names) == 1 and fields.id_type not in ONE_NAME_TYPES,
        labels=len(claim.names) + 1,
        answer=answer,
    )
