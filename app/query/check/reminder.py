"""GET /reminder.ics: the reminder to ask again, for browsers without JavaScript."""

from flask import Blueprint, Response

from app.answer_pages.reminder import FILE_NAME, MEDIA_TYPE, calendar_file
from app.services import current_services
from app.web.cached_pages import REVALIDATED, CachedPage, cached_page

bp = Blueprint("reminder", __name__)


@bp.get("/reminder.ics")
@cached_page(CachedPage(REVALIDATED))
def reminder() -> Response:
    """Return a calendar file for tomorrow: the same for everybody who asks today."""
    text = calendar_file(current_services().settings.today())
    response = Response(text, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
