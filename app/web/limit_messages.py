"""What the page of a limit says of it, for each kind."""

from flask_babel import LazyString, lazy_gettext

from app.limits.outcomes import LimitKind

LIMIT_MESSAGES: dict[LimitKind, LazyString] = {
    LimitKind.NETWORK: lazy_gettext(
        "Too many checks came from your network, which many people may share. The limit protects"
        " the people listed from being guessed."
    ),
    LimitKind.DOCUMENT: lazy_gettext(
        "Too many names were tried for this document. The limit protects the people listed from"
        " being guessed."
    ),
    LimitKind.TELEPHONE: lazy_gettext(
        "No more documents can be looked up from your telephone today. The limit protects the"
        " people listed from being guessed."
    ),
    LimitKind.MESSAGES: lazy_gettext("No more codes can be sent to this mobile number today."),
    LimitKind.TRIP_ALERTS: lazy_gettext(
        "No more trips can be entered for this mobile number today."
    ),
    LimitKind.CLERK: lazy_gettext(
        "You have reached the limit of people that one clerk can check in a day."
    ),
    LimitKind.REQUESTS: lazy_gettext(
        "Too many requests came from your network, which many people may share."
    ),
    LimitKind.EVERYWHERE: lazy_gettext(
        "More people are asking just now than the service can answer."
    ),
    LimitKind.SIGN_IN: lazy_gettext("There were too many attempts to sign in."),
}
