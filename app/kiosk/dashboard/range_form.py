"""The two days of a form: the first and the last."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext

from app.kiosk.dashboard.shared_people import DayRange, DaysInvalid

DAYS_FAULT = lazy_gettext("Choose a first day and a last day, not too far apart")


def read_days(form: Mapping[str, str], days_max: int) -> DayRange:
    """Return the days ``first`` and ``last`` of a form. Raises DaysInvalid."""
    try:
        chosen = DayRange(*(date.fromisoformat(form.get(name, "")) for name in ("first", "last")))
    except ValueError:
        raise DaysInvalid from None
    chosen.require(days_max)
    return chosen
