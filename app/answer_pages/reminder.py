"""The reminder to ask again as a calendar file: RFC 5545, one whole day, an alarm in its morning.

Threat: a calendar is read by others, or kept by a company. Limit: it says that one asks again on a
day, which is the same for everybody who asks today, whatever the answer is.
"""

from datetime import date

from flask_babel import gettext

from app.answer_pages.view_model import ASK_AGAIN_AFTER
from app.i18n import current_language

MEDIA_TYPE = "text/calendar; charset=utf-8"
FILE_NAME = "contact-gauge.ics"
ALARM = "PT9H"  # after the day's beginning, wherever the phone is
LINE_MAX_BYTES = 75
DAY_MARK = "{day}"


def calendar_form() -> str:
    """Return the calendar file with ``{day}`` in place of the day: a script fills it in."""
    title = _text(gettext("Contact Gauge: ask again"))
    text = _text(gettext("New trips may be known by then. Open Contact Gauge and check again."))
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Contact Gauge//Reminder//{current_language().upper()}",
        "BEGIN:VEVENT",
        f"UID:ask-again-{DAY_MARK}@contact-gauge.invalid",
        f"DTSTAMP:{DAY_MARK}T000000Z",
        f"DTSTART;VALUE=DATE:{DAY_MARK}",
        f"SUMMARY:{title}",
        f"DESCRIPTION:{text}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        f"TRIGGER:{ALARM}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def calendar_file(today: date) -> str:
    """Return the calendar file of whoever asks today."""
    return calendar_form().replace(DAY_MARK, f"{today + ASK_AGAIN_AFTER:%Y%m%d}")


def _text(text: str) -> str:
    """Return a text as a property's value holds it. Source: RFC 5545, 3.3.11."""
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return text


def _folded(line: str) -> str:
    """Return a line folded after 75 bytes at most, never within a character. RFC 5545, 3.1."""
    folded, width = "", 0
    for character in line:
        size = len(character.encode())
        if width + size > LINE_MAX_BYTES:
            folded, width = f"{folded}\r\n ", 1
        folded, width = folded + character, width + size
    return folded
