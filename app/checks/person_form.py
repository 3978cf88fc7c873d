"""The fields of one person, or of a household of up to six, parsed from a form and judged.

The first person's fields are ``id_type``, ``id_number``, ``name`` and ``name_latin``; those of
further ones carry their place: ``name_2``. A row without number and names is left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.parsing import (
    MAX_FIELD_CHARACTERS,
    FieldFault,
    field_faults,
    parse_identity,
)

FIELDS = ("id_type", "id_number", "name", "name_latin")
FIRST_TYPE = "resident"
RESIDENT_NUMBER = re.compile("[0-9]{17}[0-9Xx]")
_FIELD_OF_ANOTHER = re.compile(rf"(?:{'|'.join(FIELDS)})_(0|[1-9][0-9]{{0,3}})", re.ASCII)


class TooManyPeople(Exception):
    """The form holds people beyond those that one form may ask about."""


@dataclass(frozen=True, slots=True)
class PersonForm:
    """The fields of one person, as they were sent; place: of the row, from 1."""

    id_type: str = FIRST_TYPE
    id_number: str = ""
    name: str = ""
    name_latin: str = ""
    place: int = 1

    @classmethod
    def from_fields(cls, form: Mapping[str, str], suffix: str = "") -> "PersonForm":
        """Return the fields whose names end in ``suffix``; absent ones as ""."""
        id_type, id_number, name, name_latin = (form.get(field + suffix, "") for field in FIELDS)
        return cls(id_type, id_number, name, name_latin)

    @property
    def blank(self) -> bool:
        """Whether the row is empty: a kind of document is always chosen."""
        return not (self.id_number.strip() or self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that were given, as they were sent."""
        return tuple(name for name in (self.name, self.name_latin) if name.strip())

    def identity(self) -> IdentityClaim:
        """Return whom the form asks about. Raises InvalidIdentity."""
        return parse_identity(self.id_type, self.id_number, self.name, self.name_latin)

    def faults(self) -> Mapping[str, FieldFault]:
        """Return every field that cannot be used and why, in the order of the form."""
        return field_faults(self.id_type, self.id_number, self.name, self.name_latin)

    def number_groups(self) -> tuple[str, ...]:
        """Return the number as one compares it: region, birthday and rest of a resident's."""
        if self.id_type == "resident" and RESIDENT_NUMBER.fullmatch(self.id_number):
            return self.id_number[:6], self.id_number[6:14], self.id_number[14:]
        return (self.id_number,)

    def printable(self) -> "PersonForm":
        """Return the fields as a page may repeat them: no control characters, not endless."""
        return replace(
            self,
            id_number=_printable(self.id_number),
            name=_printable(self.name),
            name_latin=_printable(self.name_latin),
        )

    @property
    def suffix(self) -> str:
        """What follows the name of each field of this person in the form."""
        return "" if self.place == 1 else f"_{self.place}"

    def field_name(self, name: str) -> str:
        """Return the name that a field of this person has in the form."""
        return name + self.suffix


def parse_people(form: Mapping[str, str], people_max: int) -> tuple[PersonForm, ...]:
    """Return the rows of a form in their order, blank ones too; at least one.

    Raises TooManyPeople, so that nobody on the form is left without an answer.
    """
    places = {int(match[1]) for match in map(_FIELD_OF_ANOTHER.fullmatch, form) if match}
    if places and not 1 < min(places) <= max(places) <= people_max:
        raise TooManyPeople
    return number_rows(
        PersonForm.from_fields(form, suffix) for suffix in ("", *(f"_{n}" for n in sorted(places)))
    )


def without_blanks(rows: Iterable[PersonForm]) -> tuple[PersonForm, ...]:
    """Return the rows of somebody, numbered anew; the first row where all are blank."""
    rows = tuple(rows)
    return number_rows([row for row in rows if not row.blank] or rows[:1])


def with_blank_row(rows: Iterable[PersonForm]) -> tuple[PersonForm, ...]:
    """Return the rows with a blank one added."""
    return number_rows([*rows, PersonForm()])


def number_rows(rows: Iterable[PersonForm]) -> tuple[PersonForm, ...]:
    """Return the rows with their places, from 1."""
    return tuple(replace(row, place=place) for place, row in enumerate(rows, start=1))


def _printable(text: str) -> str:
    printable = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return printable[:MAX_FIELD_CHARACTERS]
