"""POST /api/v1/kiosk/sync: how a kiosk is, and what it works by until its next sync."""

from flask import Blueprint, Response, request

from app.kiosk.api.authentication import KioskRevoked, SignedKiosk, signed_kiosk
from app.kiosk.api.bodies import json_response, parse_body
from app.kiosk.api.organisations import public_code
from app.kiosk.api.problems import register_problems
from app.kiosk.api.schema import (
    DoorKeyItem,
    KioskItem,
    OrganisationItem,
    SyncAnswer,
    SyncRequest,
    TableItem,
)
from app.kiosk.keys.encodings import to_base64url
from app.kiosk.keys.organisation_keypairs import checkin_key, door_key, sealed_for_kiosk
from app.kiosk.moments import now_ms
from app.kiosk.roster.decision_tables import current_table
from app.kiosk.settings.kiosk_settings import KioskSettings, settings_of
from app.openapi.operations import Operation, described
from app.organisations.policy import tells_individuals
from app.records.kiosks.kiosks import kiosk_of_id, note_report
from app.services import AppServices, current_services

PATH = "/api/v1/kiosk/sync"
BODY_MAX_BYTES = 4_096

bp = Blueprint("kiosk_sync_api", __name__)
register_problems(bp)


@bp.post(PATH)
@described(
    Operation(
        "Tell how a kiosk is, and learn what it works by",
        body=SyncRequest,
        answer=SyncAnswer,
        signed=True,
    )
)
def sync_kiosk() -> Response:
    """Keep a kiosk's report; answer with settings, keys and the table that there is now."""
    services = current_services()
    signer = signed_kiosk(services, request, BODY_MAX_BYTES)
    report = parse_body(SyncRequest, signer.body).model_dump()
    records = services.records
    with records.writing() as connection:
        note_report(connection, records.cipher, signer.kiosk.id, now_ms(), report)
    answer = _sync_answer(services, signer)
    _require_unrevoked(services, signer)
    return json_response(answer)


def effective_settings(services: AppServices, signer: SignedKiosk) -> KioskSettings:
    """Return what the organisation has set, within what the authority lets it learn."""
    settings = settings_of(services.records, signer.organisation.id)
    if tells_individuals(signer.organisation.policy):
        return settings
    return settings.model_copy(update={"exposure": False})


def _require_unrevoked(services: AppServices, signer: SignedKiosk) -> None:
    """Raise KioskRevoked where it was revoked meanwhile: the door's key may be of after that."""
    records = services.records
    with records.reading() as connection:
        kiosk = kiosk_of_id(connection, records.cipher, signer.kiosk.id)
    if kiosk is None or kiosk.revoked_at is not None:
        raise KioskRevoked


def _sync_answer(services: AppServices, signer: SignedKiosk) -> SyncAnswer:
    records, organisation, kiosk = services.records, signer.organisation, signer.kiosk
    table = current_table(services, organisation)
    door = door_key(records, organisation.id, now_ms())
    sealed = sealed_for_kiosk(door, kiosk.sealing_key)
    code = public_code(records, organisation.id)
    return SyncAnswer(
        kiosk=KioskItem(id=kiosk.id, name=kiosk.name),
        organisation=OrganisationItem(id=code, title=organisation.title),
        checkin_key=to_base64url(checkin_key(records, organisation.id, now_ms()).public_key),
        door_keys=[
            DoorKeyItem(
                id=door.id,
                public_key=to_base64url(door.public_key),
                sealed_private_key=to_base64url(sealed),
            )
        ],
        settings=effective_settings(services, signer),
        table=None
        if table is None
        else TableItem(id=table.id, valid_until=table.valid_until, entries=table.entries),
        server_at=now_ms(),  # last: a table may have been made meanwhile
    )
