"""What pages say of the status of a job."""

from flask_babel import LazyString, lazy_gettext

STATUS_WORDS: dict[str, LazyString] = {
    "draft": lazy_gettext("Not started yet"),
    "queued": lazy_gettext("Waiting for its turn"),
    "running": lazy_gettext("Under way"),
    "done": lazy_gettext("Done"),
    "cancelled": lazy_gettext("Stopped and destroyed"),
    "failed": lazy_gettext("Could not be read"),
}
