"""GET and POST /trips: the form sends trips in its body, so that no log of addresses tells them."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.answer_pages.render import render_data
from app.answer_pages.texts import mode_words
from app.query.alerts.form_text import printable_text
from app.query.trips.form import TripForm, TripInvalid
from app.query.trips.lookup import TripFinding, find_trips
from app.query.trips.rows import (
    TRIPS_PER_FORM,
    TooManyTrips,
    parse_rows,
    with_further_row,
    with_row,
    without_blanks,
)
from app.query.trips.texts import FAULT_WORDS
from app.query.trips.views import overview_of, trip_view
from app.services import current_services
from app.web.cached_pages import OF_A_FORM, CachedPage, cached_page
from app.web.error_types import BadInput
from app.web.request_bodies import same_origin_form
from exposure_index.trip_text.dates import FIRST_EXPOSURE_DATE
from exposure_index.trip_text.modes import MODES

FORM_MAX_BYTES = 16_384
FIELDS_MAX = 24
ADD_STEP, CORRECT_STEP = "add", "correct"
SUGGESTION_FIELD = "trip"  # the button of a suggestion: mode, day and number in one
SUGGESTION_PARTS = 3
PHONE_FIELD = "phone"  # of the alert's form, which is sent along for another language
PLACE_FIELD = "place"  # of the row that a suggestion is for

bp = Blueprint("trips", __name__)


@bp.get("/trips")
@cached_page(CachedPage(OF_A_FORM, reads_query=True))
def trip_form() -> ResponseReturnValue:
    """Show the form for a trip of today, or answer at once for what an address names."""
    form = TripForm.from_fields(request.args)
    if form.number or form.date:
        return _answer((form,))
    today = current_services().settings.today()
    return _render_form((TripForm(form.mode, date=today.isoformat()),))


@bp.post("/trips")
def answer_trip() -> ResponseReturnValue:
    """Answer for each trip of the form, or show the form with one row more, or as it was."""
    fields = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    try:
        rows = parse_rows(fields)
    except TooManyTrips:
        raise BadInput(HTTPStatus.BAD_REQUEST) from None
    suggestion = _suggested(fields, len(rows))
    if suggestion is not None:
        return _answer(without_blanks(with_row(rows, suggestion)))
    step = fields.get("step")
    if step == ADD_STEP:
        longer = with_further_row(rows)
        return _render_form(longer, new_row=len(longer))
    if step == CORRECT_STEP:
        return _render_form(rows)
    return _answer(without_blanks(rows), fields.get(PHONE_FIELD, ""))


def _suggested(fields: Mapping[str, str], rows: int) -> TripForm | None:
    """Return the trip of a suggestion's button, in the row that it is for; None without."""
    parts = fields.get(SUGGESTION_FIELD, "").split(" ", SUGGESTION_PARTS - 1)
    if len(parts) != SUGGESTION_PARTS:
        return None
    mode, day, number = parts
    place = fields.get(PLACE_FIELD, "1")
    places = {str(each): each for each in range(1, rows + 1)}
    if place not in places:
        raise BadInput(HTTPStatus.BAD_REQUEST)
    return TripForm(mode, number, day, places[place])


def _answer(rows: Sequence[TripForm], phone: str = "") -> ResponseReturnValue:
    """Return the answer, or the form with what is wrong; phone: begun for an alert, to be kept."""
    services = current_services()
    if len(rows) > 1:  # the first is counted as a request
        services.page_limits.admit(services.network_of(request), len(rows) - 1)
    found = find_trips(services.indexes, rows, services.settings.today())
    findings = [each for each in found if isinstance(each, TripFinding)]
    if len(findings) == len(rows):
        return _render_answer(findings, printable_text(phone))
    errors = {
        row.place: each
        for row, each in zip(rows, found, strict=True)
        if isinstance(each, TripInvalid)
    }
    return _render_form(rows, errors), HTTPStatus.UNPROCESSABLE_ENTITY


def _render_answer(findings: Sequence[TripFinding], phone: str) -> str:
    services = current_services()
    today = services.settings.today()
    seals = services.sealed_pub is not None
    trips = [
        trip_view(finding, place, today, can_seal=seals)
        for place, finding in enumerate(findings, start=1)
    ]
    indexes = findings[0].result.indexes
    return render_template(
        "query/trips/answer.html",
        trips=trips,
        overview=overview_of(trips),
        phone=phone,
        data_block=render_data(tuple(indexes)),
        oldest_source=min(manifest.oldest_source for manifest in indexes),
    )


def _render_form(
    rows: Sequence[TripForm], errors: Mapping[int, TripInvalid] | None = None, new_row: int = 0
) -> str:
    """Return the form; errors: of rows by place; new_row: the place of the one just added."""
    errors = errors or {}
    faults = {
        row.field_name(field): (row.place, FAULT_WORDS[field, reason])
        for row in rows
        if row.place in errors
        for field, reason in errors[row.place].faults.items()
    }
    choices = {place: error.modes for place, error in errors.items() if error.modes}
    return render_template(
        "query/trips/form.html",
        rows=[row.printable() for row in rows],
        faults=faults,
        choices=choices,
        modes={mode: mode_words(mode) for mode in MODES},
        new_row=new_row,
        can_add=len(rows) < TRIPS_PER_FORM,
        first_day=FIRST_EXPOSURE_DATE,
    )
