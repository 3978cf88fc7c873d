"""GET and POST /trips: the form sends a trip in its body, so that no log of addresses tells it."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.answer_pages.coverage import data_views
from app.answer_pages.texts import mode_words
from app.query.trips.form import TripForm, TripInvalid
from app.query.trips.lookup import TripFinding, find_trip
from app.query.trips.texts import FAULT_WORDS, suggestion_buttons, trip_words
from app.services import current_services
from app.web.request_bodies import same_origin_form
from exposure_index.messages.trip_alerts import KEPT_AFTER_TRIP
from exposure_index.trip_text.dates import FIRST_EXPOSURE_DATE
from exposure_index.trip_text.modes import MODES

FORM_MAX_BYTES = 8_192
FIELDS_MAX = 8
CORRECT_STEP = "correct"
SUGGESTION_FIELD = "trip"  # the button of a suggestion: mode, day and number in one
SUGGESTION_PARTS = 3

bp = Blueprint("trips", __name__)


@bp.get("/trips")
def trip_form() -> ResponseReturnValue:
    """Show the form, or answer at once for a number or date in the address."""
    form = TripForm.from_fields(request.args)
    return _answer(form) if form.number or form.date else _render_form(form)


@bp.post("/trips")
def answer_trip() -> ResponseReturnValue:
    """Answer for one trip."""
    fields = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    suggestion = fields.get(SUGGESTION_FIELD, "").split(" ", SUGGESTION_PARTS - 1)
    if len(suggestion) == SUGGESTION_PARTS:
        mode, day, number = suggestion
        return _answer(TripForm(mode, number, day))
    form = TripForm.from_fields(fields)
    return _render_form(form) if fields.get("step") == CORRECT_STEP else _answer(form)


def _answer(form: TripForm) -> ResponseReturnValue:
    services = current_services()
    try:
        finding = find_trip(services.indexes, form, services.settings.today())
    except TripInvalid as error:
        return _render_form(form, error), HTTPStatus.UNPROCESSABLE_ENTITY
    return _render_answer(finding)


def _render_answer(finding: TripFinding) -> str:
    result, near = finding.result, finding.suggestions
    trip, today = result.trip, current_services().settings.today()
    return render_template(
        "query/trips/answer.html",
        status=result.status,
        mode=trip.mode,
        mode_words=mode_words(trip.mode),
        number="/".join(result.numbers),
        day=trip.day,
        ahead=trip.day > today,
        listed=[trip_words(each, authority, trip.day) for each, authority in result.listed],
        lacking=result.lacking,
        can_request_alert=result.status != "listed"
        and trip.day + KEPT_AFTER_TRIP > today
        and current_services().sealed_pub is not None,
        other_days=suggestion_buttons(near.other_days),
        near_numbers=suggestion_buttons(near.near_numbers),
        published=suggestion_buttons(near.published),
        more_published=near.more,
        data=data_views(result.indexes),
        oldest_source=min(manifest.oldest_source for manifest in result.indexes),
    )


def _render_form(form: TripForm, error: TripInvalid | None = None) -> str:
    faults: Mapping[str, str] = error.faults if error else {}
    modes = error.modes if error else ()
    return render_template(
        "query/trips/form.html",
        fields=form.printable(),
        faults={field: FAULT_WORDS[field, reason] for field, reason in faults.items()},
        modes={mode: mode_words(mode) for mode in modes or MODES},
        by_number=not modes,
        first_day=FIRST_EXPOSURE_DATE,
    )
