"""GET /, /privacy and /robots.txt: what the service is, and what it does with personal data."""

from math import ceil

from flask import Blueprint, Response, render_template

from app.accounts.device_cookies import GOOD_FOR_SECONDS
from app.answer_pages.coverage import data_views, missing_view
from app.answer_pages.words import answer_words
from app.i18n import current_language
from app.indexes.store import CannotAnswer
from app.query.private.browser_config import checkable_in_browser
from app.services import current_services
from app.web.cached_pages import OF_A_TEXT, REVALIDATED, CachedPage, cached_page

bp = Blueprint("home", __name__)


@bp.get("/")
@cached_page(CachedPage(REVALIDATED))
def home() -> str:
    """Show what the service does, promises and cannot do; how old its data are, what is missing."""
    try:
        snapshot = current_services().indexes.snapshot()
    except CannotAnswer:
        return render_template("query/home.html", data=(), missing=())
    words = answer_words(current_language())
    return render_template(
        "query/home.html",
        data=data_views(snapshot.manifests),
        missing=[missing_view(each, words) for each in snapshot.missing],
    )


@bp.get("/privacy")
@cached_page(CachedPage(REVALIDATED))
def privacy() -> str:
    """Show what is done with personal data."""
    settings = current_services().settings
    return render_template(
        "query/privacy.html",
        corrections_days=settings.corrections_days,
        verifies_phones=settings.phone_verification == "on",
        phone_minutes=ceil(settings.phone_session_seconds / 60),
        phone_documents=settings.phone_identities,
        has_staff="on" in (settings.organisations, settings.counter),
        device_days=GOOD_FOR_SECONDS // 86_400,
        offers_private_check=checkable_in_browser() is not None,
    )


@bp.get("/robots.txt")
@cached_page(CachedPage(OF_A_TEXT, by_language=False))
def robots() -> Response:
    """Admit search engines, but not to single QR codes nor to the API."""
    return Response("User-agent: *\nDisallow: /q/\nDisallow: /api/\n", content_type="text/plain")
