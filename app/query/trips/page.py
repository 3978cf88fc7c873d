"""GET and POST /trips: the form sends a trip in its body, so that no log of addresses tells it."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.answer_pages.coverage import data_views
from app.answer_pages.labels import mode_words
from app.query.trips.form import TripInvalid, TripTyped
from app.query.trips.labels import FAULTS, buttons, trip_words
from app.query.trips.lookup import TripFound, find_trip
from app.query.trips.today import today_here
from app.services import current_services
from app.web.request_bodies import same_origin_form
from exposure_index.messages.watch_message import KEPT_AFTER_TRIP
from exposure_index.trip_text.dates import FIRST_DATE_TOLD
from exposure_index.trip_text.folding import spaced
from exposure_index.trip_text.modes import MODES

FORM_MAX_BYTES = 8_192
FIELDS_MAX = 8
CORRECT_STEP = "correct"
CHOSEN = "trip"  # the button of a suggestion: mode, day and number in one
CHOSEN_PARTS = 3
TYPED_SHOWN_MAX = 60

bp = Blueprint("trips", __name__)


@bp.get("/trips")
def trip_form() -> ResponseReturnValue:
    """Show the form; a number or date in the address is answered like one typed."""
    typed = TripTyped.of(request.args)
    return _answer(typed) if typed.number or typed.date else _form_page(typed)


@bp.post("/trips")
def answer_trip() -> ResponseReturnValue:
    """Answer for one trip."""
    fields = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    chosen = fields.get(CHOSEN, "").split(" ", CHOSEN_PARTS - 1)
    if len(chosen) == CHOSEN_PARTS:
        mode, day, number = chosen
        return _answer(TripTyped(mode, number, day))
    typed = TripTyped.of(fields)
    return _form_page(typed) if fields.get("step") == CORRECT_STEP else _answer(typed)


def _answer(typed: TripTyped) -> ResponseReturnValue:
    try:
        found = find_trip(current_services().indexes, typed, today_here())
    except TripInvalid as error:
        return _form_page(typed, error), HTTPStatus.UNPROCESSABLE_ENTITY
    return _answer_page(found)


def _answer_page(found: TripFound) -> str:
    answer, near = found.answer, found.suggestions
    asked = answer.trip
    return render_template(
        "query/trips/answer.html",
        status=answer.status,
        mode=asked.mode,
        mode_words=mode_words(asked.mode),
        number="/".join(answer.numbers),
        day=asked.day,
        ahead=asked.day > today_here(),
        listed=[trip_words(trip, authority, asked.day) for trip, authority in answer.listed],
        lacking=answer.lacking,
        may_watch=answer.status != "listed"
        and asked.day + KEPT_AFTER_TRIP > today_here()
        and current_services().sealed_pub is not None,
        other_days=buttons(near.other_days),
        near_numbers=buttons(near.near_numbers),
        published=buttons(near.published),
        more_published=near.more,
        data=data_views(answer.indexes),
        oldest_source=min(manifest.oldest_source for manifest in answer.indexes),
    )


def _form_page(typed: TripTyped, error: TripInvalid | None = None) -> str:
    faults: Mapping[str, str] = error.faults if error else {}
    choice = error.modes if error else ()
    return render_template(
        "query/trips/form.html",
        fields=_shown(typed),
        faults={field: FAULTS[field, reason] for field, reason in faults.items()},
        modes={mode: mode_words(mode) for mode in choice or MODES},
        by_number=not choice,
        first_day=FIRST_DATE_TOLD,
    )


def _shown(typed: TripTyped) -> TripTyped:
    """Return what a page may repeat: no control characters, not endless."""
    number, day = (spaced(text)[:TYPED_SHOWN_MAX] for text in (typed.number, typed.date))
    return replace(typed, number=number, date=day)
