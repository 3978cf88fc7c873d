"""Texts of the trip pages: faults of the form, published trips, and suggestions as buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import LazyString, lazy_gettext

from app.answer_pages.place_words import berth_words, published_carriage_words
from app.answer_pages.texts import mode_words
from app.query.trips.suggestions import TripSuggestion
from exposure_index.files.published_trip import PublishedTrip

FAULT_WORDS: dict[tuple[str, str], LazyString] = {
    ("mode", "unknown_mode"): lazy_gettext("Choose a means of transport"),
    ("mode", "ambiguous"): lazy_gettext("Choose whether this was a train, a flight or another"),
    ("mode", "plate"): lazy_gettext("Choose whether this was a taxi, a bus or a coach"),
    ("number", "missing"): lazy_gettext("Enter the number of the train, flight or vehicle"),
    ("number", "too_long"): lazy_gettext("The number is too long"),
    ("number", "unreadable"): lazy_gettext(
        "Enter the number as on the ticket, for example G1234 or CZ3013"
    ),
    ("date", "missing"): lazy_gettext("Enter the day on which you boarded"),
    ("date", "unreadable"): lazy_gettext("Enter a real date, for example 2020-01-21"),
    ("date", "too_early"): lazy_gettext(
        "The service knows trips from 2019 on. Compare the year with your ticket"
    ),
    ("date", "too_late"): lazy_gettext(
        "This day is more than a year ahead. Compare the year with your ticket"
    ),
}
_CREW, _STANDING, _UNKNOWN = "CC", "无座", "unknown"
_SEATS_IN_WORDS = {
    _CREW: lazy_gettext("crew"),
    _STANDING: lazy_gettext("without a seat"),
    _UNKNOWN: lazy_gettext("not known"),
}


@dataclass(frozen=True, slots=True)
class TripWords:
    """One published trip in the words of the page; texts "" where the notice does not say.

    link: the source, where it is an address; times: as published, local.
    """

    mode: LazyString | str
    number: str
    service_date: date
    other_day: bool
    carriage: str
    seats: tuple[LazyString | str, ...]
    board: str
    alight: str
    board_at: str
    alight_at: str
    published: date | None
    source: str
    link: str
    authority: str


def trip_words(trip: PublishedTrip, authority: str, day: date) -> TripWords:
    """Return a published trip in words; day: on the citizen's ticket."""
    return TripWords(
        mode=mode_words(trip.mode),
        number=trip.number,
        service_date=trip.service_date,
        other_day=trip.service_date != day,
        carriage=published_carriage_words(trip.mode, trip.carriage),
        seats=tuple(
            _SEATS_IN_WORDS.get(seat) or berth_words(seat) for seat in trip.seats.split("|") if seat
        ),
        board=trip.board,
        alight=trip.alight,
        board_at=_moment(trip.board_time, trip.service_date),
        alight_at=_moment(trip.alight_time, trip.service_date),
        published=date.fromisoformat(trip.published) if trip.published else None,
        source=trip.source,
        link=trip.source if trip.source.startswith(("https://", "http://")) else "",
        authority=authority,
    )


def _moment(text: str, day: date) -> str:
    """Return the time, with its date where that is another than the trip's."""
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    return f"{moment:%H:%M}" if moment.date() == day else f"{moment:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class SuggestionButton:
    """A suggested trip as a button: what it sends, and what it says."""

    value: str
    mode: LazyString | str
    number: str
    day: date
    listed: bool


def suggestion_buttons(trips: Sequence[TripSuggestion]) -> tuple[SuggestionButton, ...]:
    """Return suggested trips as buttons."""
    return tuple(
        SuggestionButton(
            f"{trip.mode} {trip.day.isoformat()} {trip.number}",
            mode_words(trip.mode),
            trip.number,
            trip.day,
            trip.listed,
        )
        for trip in trips
    )
