"""/org/door: the code that visitors scan, on the page and as a poster.

Threat: a poster of somebody else has visitors seal their details to a stranger. Limit: the poster
tells the address that a browser must show; the key stands behind #, which no server and no log of
one ever sees.
"""

import io
from base64 import urlsafe_b64encode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from app.i18n import current_language
from app.kiosk.keys.organisation_keypairs import door_key
from app.kiosk.moments import now_ms
from app.languages import whole_languages
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.portal.navigation import add_portal_page
from app.portal.qr_picture import qr_path
from app.posters.drawing import DOTS_PER_INCH, pixels
from app.posters.fonts import FontMissing
from app.posters.layout import PosterFacts, poster_items
from app.posters.texts import PosterPurpose
from app.records.kiosks.settings import organisation_code
from app.records.organisations.organisation_keys import OrganisationKey
from app.services import current_services

VISIT_PATH = "/visit"
PDF_TYPE = "application/pdf"
NO_FONT = lazy_gettext(
    "This server has no font with Chinese characters, so it draws no poster. Tell its operator."
)

add_portal_page(
    "organisation.show_door", lazy_gettext("Visitors"), Permission.MANAGE_ROSTER, place=52
)


@bp.get("/door")
def show_door() -> ResponseReturnValue:
    """Show the code of now."""
    return _door_page(require_member(Permission.MANAGE_ROSTER))


@bp.get("/door/poster.pdf")
def download_door_poster() -> ResponseReturnValue:
    """Return the code of now as a poster, in the reader's language and the others."""
    member = require_member(Permission.MANAGE_ROSTER)
    facts = PosterFacts(
        url=door_address(_site(), _code(member), _key(member)),
        address=f"{_site()}{VISIT_PATH}",
        authority=member.organisation.title,
        hotline="",
        languages=tuple(dict.fromkeys((current_language(), *whole_languages()))),
        purpose=PosterPurpose.VISIT,
    )
    try:
        page = pixels(poster_items(facts))
    except FontMissing:
        return _door_page(member, fault=True), 503
    content = io.BytesIO()
    page.save(content, "PDF", resolution=DOTS_PER_INCH)
    response = Response(content.getvalue(), content_type=PDF_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="visitors.pdf"'
    return response


def door_address(site: str, code: str, key: OrganisationKey) -> str:
    """Return the address of the visitor's page with code and key behind #."""
    public_key = urlsafe_b64encode(key.public_key).rstrip(b"=").decode()
    return f"{site}{VISIT_PATH}#{code}.{key.id}.{public_key}"


def _door_page(member: SignedInMember, *, fault: bool = False) -> str:
    key = _key(member)
    address = door_address(_site(), _code(member), key)
    qr_width, path = qr_path(address)
    return render_template(
        "kiosk/door.html",
        address=address,
        qr_width=qr_width,
        qr_path=path,
        made_at=key.created_at // 1_000,
        faults={"poster": NO_FONT} if fault else {},
    )


def _key(member: SignedInMember) -> OrganisationKey:
    return door_key(current_services().records, member.organisation.id, now_ms())


def _code(member: SignedInMember) -> str:
    records = current_services().records
    with records.writing() as connection:
        return organisation_code(connection, records.cipher, member.organisation.id)


def _site() -> str:
    """Return scheme and host: the public ones where they are set, else those of the request."""
    return current_services().settings.base_url or request.host_url.rstrip("/")
