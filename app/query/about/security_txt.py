"""GET /.well-known/security.txt: whom to tell of a weakness (RFC 9116)."""

from datetime import UTC, date, datetime, time

from flask import Blueprint, Response, abort

from app.services import current_services
from app.settings import Settings
from app.web.cached_pages import OF_A_TEXT, CachedPage, cached_page

PATH = "/.well-known/security.txt"
VALID_MONTHS = 6  # the RFC asks for less than a year
MONTHS_OF_A_YEAR = 12

bp = Blueprint("security_txt", __name__)


@bp.get(PATH)
@cached_page(CachedPage(OF_A_TEXT, by_language=False))
def security_txt() -> Response:
    """Say whom to tell; 404 where the operator has named nobody, since the RFC needs a contact."""
    settings = current_services().settings
    if not settings.security_contact:
        abort(404)
    lines = security_lines(settings, datetime.now(UTC).date())
    return Response(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )


def security_lines(settings: Settings, today: date) -> list[str]:
    """Return the fields of the file, the contacts in the order in which they are preferred.

    It expires at a beginning of a month, six to seven months on: whoever keeps a copy knows when
    to ask again, and the text changes once a month.
    """
    expires = datetime.combine(_months_on(today, VALID_MONTHS + 1), time(), UTC)
    lines = [f"Contact: {contact}" for contact in settings.security_contact]
    lines.append(f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}")
    lines.append(f"Preferred-Languages: {settings.security_languages}")
    if settings.base_url:
        lines.append(f"Canonical: {settings.base_url}{PATH}")
    return lines


def _months_on(day: date, months: int) -> date:
    """Return the first day of the month that comes so many months later."""
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(day.year + years, month + 1, 1)
