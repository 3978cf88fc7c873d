"""Numbers, times and durations as pages of organisations show them."""

from datetime import UTC, datetime

from flask_babel import format_decimal, gettext, ngettext, to_user_timezone

from app.web.template_context import day_words, moment_words

MINUTE_SECONDS = 60
HOUR_SECONDS = 3_600


def number_words(number: int) -> str:
    """Return a number with the reader's separators: 12,000."""
    return str(format_decimal(number))


def short_moment(at: int) -> str:
    """Return a time, in seconds since 1970, in the service's zone: 29 November 2026 15:20."""
    local = to_user_timezone(datetime.fromtimestamp(at, UTC))
    return f"{day_words(local.date())} {local:%H:%M}"


def whole_moment(at: int) -> str:
    """Return a time, in seconds since 1970, with its difference from UTC."""
    return moment_words(datetime.fromtimestamp(at, UTC))


def time_left(seconds: float) -> str:
    """Return how long something still takes, in minutes or hours."""
    if seconds < MINUTE_SECONDS:
        return str(gettext("less than a minute"))
    if seconds < 2 * HOUR_SECONDS:
        minutes = round(seconds / MINUTE_SECONDS)
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    hours = round(seconds / HOUR_SECONDS)
    return str(ngettext("%(num)s hour", "%(num)s hours", hours))
