"""The present day where the service stands."""

from datetime import date, datetime

from flask_babel import get_timezone


def today_here() -> date:
    """Return today's date in the service's time zone."""
    return datetime.now(get_timezone()).date()
