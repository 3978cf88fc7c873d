"""What the page of a limit says of it, for each kind."""

from flask_babel import LazyString, lazy_gettext

from app.limits.refusals import Limited

LIMITED_WORDS: dict[Limited, LazyString] = {
    Limited.NETWORK: lazy_gettext(
        "From your network, which many people may share, more checks came than the service admits."
        " This protects the people listed from being guessed."
    ),
    Limited.DOCUMENT: lazy_gettext(
        "For this document more names were tried than the service admits. This protects the people"
        " listed from being guessed."
    ),
    Limited.TELEPHONE: lazy_gettext(
        "From your telephone as many documents were looked up today as the service admits. This"
        " protects the people listed from being guessed."
    ),
    Limited.MESSAGES: lazy_gettext(
        "As many codes were sent to this mobile number today as the service sends."
    ),
    Limited.WATCHES: lazy_gettext(
        "For this mobile number as many trips were entered today as the service admits."
    ),
    Limited.SIGN_IN: lazy_gettext("There were too many attempts to sign in."),
    Limited.CLERK: lazy_gettext("You have checked as many people today as one clerk may."),
    Limited.REQUESTS: lazy_gettext(
        "From your network, which many people may share, more was asked than the service admits."
    ),
    Limited.EVERYWHERE: lazy_gettext("More people ask just now than the service can answer."),
}
