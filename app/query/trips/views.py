"""What the answer page shows of each trip, and of all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from flask_babel import LazyString

from app.answer_pages.texts import mode_words
from app.query.trips.lookup import TripFinding
from app.query.trips.texts import SuggestionButton, TripWords, suggestion_buttons, trip_words
from exposure_index.lookup.trip import TripStatus
from exposure_index.messages.trip_alerts import KEPT_AFTER_TRIP


@dataclass(frozen=True, slots=True)
class TripAnswerView:
    """One trip that was looked up; place: on the form; ahead: the day is still to come.

    more_published: how many published trips of that day are left out of ``published``.
    """

    place: int
    status: TripStatus
    mode: str
    mode_words: LazyString | str
    number: str
    day: date
    ahead: bool
    listed: tuple[TripWords, ...]
    lacking: tuple[str, ...]
    can_request_alert: bool
    other_days: tuple[SuggestionButton, ...]
    near_numbers: tuple[SuggestionButton, ...]
    published: tuple[SuggestionButton, ...]
    more_published: int


class Overview(Enum):
    """What several trips come to: the worst of them first."""

    LISTED = "listed"
    UNANSWERED = "unanswered"
    MANIFESTS_HELD = "manifests_held"


def trip_view(finding: TripFinding, place: int, today: date, *, can_seal: bool) -> TripAnswerView:
    """Return what the page shows of a finding; can_seal: whether alerts can be taken."""
    result, near = finding.result, finding.suggestions
    trip = result.trip
    return TripAnswerView(
        place=place,
        status=result.status,
        mode=trip.mode,
        mode_words=mode_words(trip.mode),
        number="/".join(result.numbers),
        day=trip.day,
        ahead=trip.day > today,
        listed=tuple(trip_words(each, authority, trip.day) for each, authority in result.listed),
        lacking=result.lacking,
        can_request_alert=result.status != "listed"
        and trip.day + KEPT_AFTER_TRIP > today
        and can_seal,
        other_days=suggestion_buttons(near.other_days),
        near_numbers=suggestion_buttons(near.near_numbers),
        published=suggestion_buttons(near.published),
        more_published=near.more,
    )


def overview_of(trips: Sequence[TripAnswerView]) -> Overview:
    """Return what they come to: a trip without an answer is never among those without a case."""
    statuses = {trip.status for trip in trips}
    if "listed" in statuses:
        return Overview.LISTED
    return Overview.MANIFESTS_HELD if statuses == {"manifest_held"} else Overview.UNANSWERED
