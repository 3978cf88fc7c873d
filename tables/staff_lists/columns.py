"""Columns of a staff list, and the person whom the cells of a row name.

Threat: numbers of resident cards stand in one column and those of passports in another, or surnames
and given names do; a row is looked up under the half of it and told "not found".
Limit: a row of two numbers asks about both; a name of which a part is blank asks about nobody.
"""

from collections.abc import Callable, Mapping, Sequence

from exposure_index.identity.name import HAN
from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import ALL_COLUMNS, PersonRow

SURNAME, GIVEN_NAME, PASSPORT_NUMBER = "surname", "given_name", "passport_number"
FORMER_NAME, OTHER_NAME = "former_name", "other_name"
STAFF_COLUMNS = (*ALL_COLUMNS, PASSPORT_NUMBER, SURNAME, GIVEN_NAME, FORMER_NAME, OTHER_NAME)
BETWEEN_NAMES = "、"  # of one cell
_PARTS = (SURNAME, GIVEN_NAME)
_NUMBERS = ("id_number", PASSPORT_NUMBER)
_NAMES = ("name", *_PARTS)
ReadPerson = Callable[[Sequence[str], int], PersonRow]


def are_enough(columns: Mapping[str, int]) -> bool:
    """Whether a list with such columns names people: a number, and a name or both its parts."""
    return "id_number" in columns and ("name" in columns or set(_PARTS) <= set(columns))


def number_places(columns: Mapping[str, int]) -> tuple[int, ...]:
    """Return the places of the columns that hold numbers of documents, that of any kind first."""
    return tuple(columns[column] for column in _NUMBERS if column in columns)


def name_places(columns: Mapping[str, int]) -> tuple[int, ...]:
    """Return the places of the columns that hold names which every person has."""
    if "name" in columns:
        return (columns["name"],)
    return tuple(columns[column] for column in _PARTS if column in columns)


def are_plain(columns: Mapping[str, int]) -> bool:
    """Whether each field of a person stands in one column."""
    return set(columns) <= set(ALL_COLUMNS)


def person_reader(columns: Mapping[str, int]) -> ReadPerson:
    """Return what makes a person of the cells of a row and of its number.

    It raises InvalidIdentity where a part of the name is blank.
    """
    type_at, number_at, name_at, latin_at, passport_at, surname_at, given_at, *former_at = (
        columns.get(column, -1) for column in STAFF_COLUMNS
    )

    def read(cells: Sequence[str], row: int) -> PersonRow:
        def cell(place: int) -> str:
            return cells[place] if place >= 0 else ""

        name, latin = cell(name_at), cell(latin_at)
        if surname_at >= 0 and given_at >= 0:
            joined = joined_name(cell(surname_at), cell(given_at))
            if name_at < 0:
                name = joined
                if not joined and (cell(surname_at).strip() or cell(given_at).strip()):
                    raise InvalidIdentity("name", "partial")
            elif latin_at < 0:
                latin = joined
        former = BETWEEN_NAMES.join(filter(str.strip, map(cell, former_at)))
        further = cell(passport_at), former
        return PersonRow(cell(type_at), cell(number_at), name, latin, row, *further)

    return read


def joined_name(surname: str, given_name: str) -> str:
    """Return the name of two parts, "" where one is blank.

    Parts of Han stay apart where the first may be the given name: both orders are looked up then.
    """
    first, second = surname.strip(), given_name.strip()
    if not first or not second:
        return ""
    is_han = HAN.fullmatch(first) and HAN.fullmatch(second)
    is_usual = len(first) == 1 or len(second) > 1
    return f"{first}{second}" if is_han and is_usual else f"{first} {second}"
