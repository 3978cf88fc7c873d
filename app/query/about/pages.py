"""GET /about, /places and /share: what the service is, where help is, and how to pass it on."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from app.i18n import current_language
from app.portal.qr_picture import qr_path
from app.services import current_services
from app.settings.help import HelpPlace
from app.settings.texts import text_in
from app.web.cached_pages import REVALIDATED, CachedPage, cached_page

bp = Blueprint("about", __name__)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A help place in the reader's language."""

    name: str
    address: str
    hours: str
    telephone: str


@bp.get("/about")
@cached_page(CachedPage(REVALIDATED))
def about() -> str:
    """Show what a close contact is, who runs the service, and how its answers are held right."""
    settings = current_services().settings
    return render_template(
        "query/about/about.html",
        source_url=settings.source_url,
        security_contact=settings.security_contact,
    )


@bp.get("/places")
@cached_page(CachedPage(REVALIDATED))
def places() -> str:
    """Show where staff check for those who have no phone."""
    language = current_language()
    listed = current_services().settings.help_places
    return render_template(
        "query/about/places.html", places=[_place_view(place, language) for place in listed]
    )


@bp.get("/share")
@cached_page(CachedPage(REVALIDATED, when=lambda settings: bool(settings.base_url)))
def share() -> str:
    """Show the address of the service, in letters and as a QR code; it leads to the start page.

    Without a public address in the settings it is the one that this reader asked for, and the page
    is made for each of them.
    """
    address = current_services().settings.base_url or request.host_url.rstrip("/")
    width, path = qr_path(f"{address}/")
    return render_template("query/about/share.html", address=address, qr_width=width, qr_path=path)


def _place_view(place: HelpPlace, language: str) -> PlaceView:
    return PlaceView(
        text_in(place.name, language),
        text_in(place.address, language),
        text_in(place.hours, language),
        place.telephone,
    )
