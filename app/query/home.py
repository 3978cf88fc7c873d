"""GET /, /privacy and /robots.txt: what the service is, and what it does with personal data."""

from math import ceil

from flask import Blueprint, Response, render_template

from app.answer_pages.coverage import data_views
from app.indexes.store import CannotAnswer
from app.query.private.browser_config import checkable_in_browser
from app.services import current_services

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> str:
    """Show what the service does, promises and cannot do, and how old its data are."""
    try:
        data = data_views(current_services().indexes.snapshot().manifests)
    except CannotAnswer:
        data = ()
    return render_template("query/home.html", data=data)


@bp.get("/privacy")
def privacy() -> str:
    """Show what is done with personal data."""
    settings = current_services().settings
    return render_template(
        "query/privacy.html",
        corrections_days=settings.corrections_days,
        verifies_phones=settings.phone_verification == "on",
        phone_minutes=ceil(settings.phone_session_seconds / 60),
        phone_documents=settings.phone_identities,
        offers_private_check=checkable_in_browser() is not None,
    )


@bp.get("/robots.txt")
def robots() -> Response:
    """Admit search engines, but not to single QR codes nor to the API."""
    return Response("User-agent: *\nDisallow: /q/\nDisallow: /api/\n", content_type="text/plain")
