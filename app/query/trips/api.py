"""GET /api/v1/trips: whether a trip was published, without any identity."""

from dataclasses import fields
from datetime import date
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qsl

import msgspec
from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.openapi.operations import Operation, described
from app.query.trips.form import FIELDS, TripForm, TripInvalid
from app.query.trips.lookup import TripFinding, find_trip
from app.services import AppServices, current_services
from app.web.error_types import BadInput, FieldFault
from exposure_index.files.published_trip import PublishedTrip
from exposure_index.lookup.trip import TripLookupResult
from exposure_index.trip_text.modes import MODES

PATH = "/api/v1/trips"
JSON_TYPE = "application/json"
KNOWN = frozenset(FIELDS)
NEEDED = KNOWN - {"mode"}
REASONS = {"missing": "missing", "extra_forbidden": "unknown_field"}

TRIP_FIELDS = tuple(field.name for field in fields(PublishedTrip))
_TIMES = ("built_at", "valid_until", "oldest_source")

bp = Blueprint("trips_api", __name__)


class QueryUnclear(Exception):
    """A query with anything that the view must judge."""


class TripQuery(BaseModel):
    """A trip as people write it; a mode that is left out follows from the number."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    number: str = Field(description="G1234, CZ 3013, Z11/Z14, a plate or a line")
    date: str = Field(description="The day on the ticket, 2020-01-21")
    mode: str = Field("", json_schema_extra={"enum": ["", *MODES]})


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TripItem(_Schema):
    """One published trip, as the notice had it; "" where it does not say."""

    mode: str
    number: str
    service_date: date
    carriage: str
    seats: str
    board: str
    alight: str
    board_time: str
    alight_time: str
    published: str
    source: str
    authority: str


class TripSuggestion(_Schema):
    """A trip that may have been meant."""

    mode: str
    number: str
    date: date
    status: Literal["listed", "manifest_held"]


class TripIndexItem(_Schema):
    """The index of one authority behind the answer."""

    authority: str
    build_id: str
    built_at: str
    valid_until: str
    oldest_source: str
    unruled: list[str] = Field(description="Diseases whose cases are not in this index.")
    complete: bool = Field(description="false: this authority can tell nothing of trips now")


class TripAnswer(_Schema):
    """The whole answer. `manifest_held` says that no case on it was published so far."""

    status: Literal["listed", "manifest_held", "no_manifest", "incomplete"]
    mode: str
    number: str
    date: date
    trips: list[TripItem]
    suggestions: list[TripSuggestion]
    index: list[TripIndexItem]


@bp.get(PATH)
@described(
    Operation(
        "Look up a trip, without any identity",
        answer=TripAnswer,
        query=TripQuery,
    )
)
def answer_trip() -> Response:
    """Answer for a trip by mode (may be left out), number and date."""
    body = answer_form(current_services(), _parse_query())
    return Response(body, content_type=JSON_TYPE)


def answer_form(services: AppServices, form: TripForm) -> bytes:
    """Return the body of the answer to a form. Raises BadInput, or CannotAnswer."""
    try:
        finding = find_trip(services.indexes, form, services.settings.today())
    except TripInvalid as error:
        faults = [FieldFault(field, reason) for field, reason in error.faults.items()]
        raise _unprocessable(faults) from None
    return _answer_body(finding)


def parse_plain_query(query: str) -> TripForm:
    """Return the form of a query that is in perfect order, as the view reads it.

    query: as it was sent, without "?". Raises QueryUnclear where the view should judge it.
    """
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=len(FIELDS)
        )
    except ValueError:
        raise QueryUnclear from None
    fields = dict(pairs)
    if not query.isascii() or len(fields) < len(pairs) or not NEEDED <= fields.keys() <= KNOWN:
        raise QueryUnclear
    return TripForm.from_fields(fields)


def _parse_query() -> TripForm:
    query = request.args
    repeated = [name for name in FIELDS if len(query.getlist(name)) > 1]
    if repeated:
        raise _unprocessable([FieldFault(name, "duplicate_field") for name in repeated])
    try:
        return TripForm(**TripQuery.model_validate(query.to_dict()).model_dump())
    except ValidationError as error:
        raise _unprocessable(
            [_fault(item["type"], item["loc"]) for item in error.errors()]
        ) from None


def _fault(kind: str, location: tuple[int | str, ...]) -> FieldFault:
    field = str(location[0]) if location and location[0] in FIELDS else ""
    return FieldFault(field, REASONS.get(kind, "invalid"))


def _unprocessable(faults: list[FieldFault]) -> BadInput:
    return BadInput(HTTPStatus.UNPROCESSABLE_ENTITY, faults)


def _answer_body(finding: TripFinding) -> bytes:
    """Return the JSON of a TripAnswer; a test holds it to that type.

    Validating each part of what this program says itself takes as long as the look-up.
    """
    result, near = finding.result, finding.suggestions
    return msgspec.json.encode(
        {
            "status": result.status,
            "mode": result.trip.mode,
            "number": "/".join(result.numbers),
            "date": result.trip.day,
            "trips": [_trip_item(trip, authority) for trip, authority in result.listed],
            "suggestions": [
                {
                    "mode": trip.mode,
                    "number": trip.number,
                    "date": trip.day,
                    "status": "listed" if trip.listed else "manifest_held",
                }
                for trip in (*near.other_days, *near.near_numbers, *near.published)
            ],
            "index": _indexes(result),
        }
    )


def _trip_item(trip: PublishedTrip, authority: str) -> dict[str, object]:
    return {**{name: getattr(trip, name) for name in TRIP_FIELDS}, "authority": authority}


def _indexes(result: TripLookupResult) -> list[dict[str, object]]:
    return [
        {
            "authority": manifest.authority,
            "build_id": manifest.build_id,
            **{name: manifest.document[name] for name in _TIMES},  # signed as text
            "unruled": manifest.unruled,
            "complete": manifest.authority not in result.lacking,
        }
        for manifest in result.indexes
    ]
