"""Logs: JSON lines on standard error whose fields stand on an allow-list.

Threat: an identity, an address or a result slips into a log line with a library's message or an
exception. Limit: only the fields below are written; other libraries' messages are reduced to
their template and place, exceptions to type and lines. What was dropped is counted in the line.
"""

import logging
import re
import sys
import traceback
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

EVENT_PATTERN = re.compile(r"[a-z][a-z_]{2,40}")
TEMPLATE_MAX_CHARACTERS = 120
FRAMES_MAX = 8
ALLOWED_FIELDS = frozenset(
    {
        "authority",
        "build_id",
        "event",
        "exception",
        "faults",
        "host",
        "level",
        "library",
        "limits",
        "line",
        "module",
        "port",
        "reason",
        "seq",
        "status",
        "template",
        "threads",
        "time",
        "unknown_settings",
        "where",
        "workers",
    }
)


def only_allowed_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Return the line without unknown fields, and with their number where there were any."""
    allowed = {name: value for name, value in event.items() if name in ALLOWED_FIELDS}
    if not EVENT_PATTERN.fullmatch(str(allowed.get("event", ""))):
        allowed["event"] = "unnamed_event"
    if len(allowed) < len(event):
        allowed["dropped_fields"] = len(event) - len(allowed)
    return allowed


def exception_facts(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace ``exc_info`` by the exception's type and the lines it passed, without its message."""
    exc_info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if exc_info is True else exc_info
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = type(error).__name__
        event["where"] = traceback_lines(error)
    return event


def traceback_lines(error: BaseException) -> list[str]:
    """Return the innermost lines of an exception as ``module:line``, outermost first."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames]
    return lines[-FRAMES_MAX:]


class LibraryHandler(logging.Handler):
    """Writes other libraries' records as lines of ours, without the values they hold."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; its template only where values were passed apart from it."""
        fields: dict[str, Any] = {
            "library": record.name,
            "module": record.module,
            "line": record.lineno,
        }
        if record.args and isinstance(record.msg, str):
            fields["template"] = record.msg[:TEMPLATE_MAX_CHARACTERS]
        if record.exc_info:
            fields["exc_info"] = record.exc_info
        structlog.get_logger().log(record.levelno, "library_message", **fields)


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """Send our lines and those of every library to ``stream`` (standard error) as JSON."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            exception_facts,
            only_allowed_fields,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.root.handlers = [LibraryHandler()]
    logging.root.setLevel(max(number, logging.INFO))
    for name in ("gunicorn.error", "gunicorn.access", "werkzeug", "flask.app", "app"):
        library = logging.getLogger(name)
        library.handlers = []
        library.propagate = True
