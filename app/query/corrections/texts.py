"""Texts of the pages of corrections: what may be wrong, states, reasons of a decision, faults."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from app.answer_pages.texts import fault_words
from app.records.citizens.corrections import State
from exposure_index.identity.parsing import FieldFault

WHAT_WORDS: dict[str, LazyString] = {
    "never_aboard": lazy_gettext("I was not on this trip"),
    "other_place": lazy_gettext("I was aboard, but in another seat or carriage"),
    "cleared": lazy_gettext("I was tested, or my observation has been ended"),
    "somebody_else": lazy_gettext("The name or the number belongs to somebody else"),
    "not_listed": lazy_gettext("I was aboard, but no record of it is found"),
    "other": lazy_gettext("Something else"),
}

STATE_WORDS: dict[State, LazyString] = {
    State.RECEIVED: lazy_gettext("Received, not read yet"),
    State.IN_REVIEW: lazy_gettext("Being examined"),
    State.ACCEPTED: lazy_gettext("Decision: record corrected"),
    State.DECLINED: lazy_gettext("Decision: the record stays"),
    State.WITHDRAWN: lazy_gettext("Withdrawn: what you wrote has been deleted here"),
}

REASON_WORDS: dict[str, LazyString] = {
    "taken_off": lazy_gettext(
        "The record has been removed. The next data will not include it. Check again after 2 days."
    ),
    "added": lazy_gettext("Your trip has been added to the data. Check again after 2 days."),
    "place_changed": lazy_gettext("Your seat has been corrected. Check again after 2 days."),
    "confirmed": lazy_gettext(
        "The carrier's records show that this person was on board. Follow the steps in your "
        "answer. Call if you have proof that this is wrong."
    ),
    "unclear": lazy_gettext(
        "What you wrote was not enough to find the record. Please call or send another request."
    ),
    "duplicate": lazy_gettext(
        "The same request was sent more than once. We are dealing with another copy of it."
    ),
    "call": lazy_gettext("This cannot be decided in writing. Please call."),
}

CORRECTION_FAULTS: dict[tuple[str, str], LazyString] = {
    ("what", "missing"): lazy_gettext("Choose what is wrong"),
    ("text", "missing"): lazy_gettext("Say briefly what is wrong"),
    ("text", "too_long"): lazy_gettext("Shorten this to 1,000 characters"),
    ("trip", "too_long"): lazy_gettext("Shorten this to 100 characters"),
    ("contact", "too_long"): lazy_gettext("Shorten this to 100 characters"),
    ("receipt", "mistyped"): lazy_gettext(
        "This is not a receipt code: a character is missing or wrong. Compare it with your copy"
    ),
    ("receipt", "unknown"): lazy_gettext(
        "There is no request with this code. Requests are deleted when their time is up"
    ),
}


def correction_fault_words(faults: Mapping[str, FieldFault]) -> dict[str, LazyString]:
    """Return the message for each field at fault."""
    return {
        field: CORRECTION_FAULTS.get((field, fault.reason)) or fault_words(field, fault)
        for field, fault in faults.items()
    }


def reason_words(reason: str) -> LazyString | str:
    """Return the words of a decision's reason, "" for none and for one of another version."""
    return REASON_WORDS.get(reason, "")
