"""GET /api/v1/kiosk/roster: the decision table of the organisation, as a file."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from app.indexes.store import CannotAnswer
from app.kiosk.api.authentication import signed_kiosk
from app.kiosk.api.problems import register_problems
from app.kiosk.roster.decision_tables import current_table
from app.openapi.operations import HeaderPart, Octets, Operation, described
from app.services import current_services

PATH = "/api/v1/kiosk/roster"
OCTETS_TYPE = "application/octet-stream"
TABLE = Octets("The decision table, as docs/kiosk-protocol.md describes its bytes.")
IF_NONE_MATCH = HeaderPart(
    "If-None-Match", '"[0-9a-f]{32}"', "The table that the kiosk holds; 304 where it is that one."
)

bp = Blueprint("kiosk_roster_api", __name__)
register_problems(bp)


@bp.get(PATH)
@described(
    Operation("Fetch the decision table", answer=TABLE, headers=(IF_NONE_MATCH,), signed=True)
)
def show_table() -> Response:
    """Return the table of now; 503 where there is no roster, or no index that answers."""
    services = current_services()
    signer = signed_kiosk(services, request)
    table = current_table(services, signer.organisation)
    if table is None:
        raise CannotAnswer(("missing",))
    if table.id in request.if_none_match:
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = Response(table.data, content_type=OCTETS_TYPE)
    response.set_etag(table.id)
    return response
