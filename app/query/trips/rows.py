"""The rows of the form of trips: several trips that are asked about at once, in their order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.query.trips.form import FIELDS, TripForm

TRIPS_PER_FORM = 6
_FIELD_OF_ANOTHER = re.compile(rf"(?:{'|'.join(FIELDS)})_(0|[1-9][0-9]{{0,3}})", re.ASCII)


class TooManyTrips(Exception):
    """The form holds trips beyond those that one form may ask about."""


def parse_rows(fields: Mapping[str, str]) -> tuple[TripForm, ...]:
    """Return the rows of a form, blank ones too; at least one.

    Raises TooManyTrips, so that no trip on the form is left without an answer.
    """
    places = {int(match[1]) for match in map(_FIELD_OF_ANOTHER.fullmatch, fields) if match}
    if places and not 1 < min(places) <= max(places) <= TRIPS_PER_FORM:
        raise TooManyTrips
    return _numbered(TripForm.from_fields(fields, place) for place in (1, *sorted(places)))


def without_blanks(rows: Iterable[TripForm]) -> tuple[TripForm, ...]:
    """Return the rows that name a trip, numbered anew; the first row where none does."""
    rows = tuple(rows)
    return _numbered([row for row in rows if not row.is_blank] or rows[:1])


def with_further_row(rows: Iterable[TripForm]) -> tuple[TripForm, ...]:
    """Return the rows and one more, for the day of the last: who changes trains does it that day.

    As many as there may be stay as they are.
    """
    rows = tuple(rows)
    if len(rows) >= TRIPS_PER_FORM:
        return rows
    return _numbered([*rows, TripForm(date=rows[-1].date)])


def with_row(rows: Iterable[TripForm], row: TripForm) -> tuple[TripForm, ...]:
    """Return the rows with another one at its place."""
    return tuple(row if each.place == row.place else each for each in rows)


def _numbered(rows: Iterable[TripForm]) -> tuple[TripForm, ...]:
    return tuple(replace(row, place=place) for place, row in enumerate(rows, start=1))
