"""What pages say of check-ins: words, reasons, symptoms, directions."""

from collections.abc import Iterable

from flask_babel import LazyString, lazy_gettext

from app.kiosk.health_log.temperature_text import in_unit

WORD_WORDS: dict[str, LazyString] = {
    "come_in": lazy_gettext("Come in"),
    "wait": lazy_gettext("Please wait"),
    "not_checked": lazy_gettext("Not checked"),
}
REASON_WORDS: dict[str, LazyString] = {
    "fever": lazy_gettext("Fever"),
    "exposure": lazy_gettext("Listed as a contact"),
    "symptoms": lazy_gettext("Symptoms"),
    "cold": lazy_gettext("Temperature too low to be believed"),
    "no_decision": lazy_gettext("Badge unknown"),
    "expired": lazy_gettext("Data of the kiosk too old"),
    "foreign_badge": lazy_gettext("Badge of another organisation"),
    "unreadable_code": lazy_gettext("Code unreadable"),
    "code_expired": lazy_gettext("Visitor's code too old"),
    "code_reused": lazy_gettext("Visitor's code used before"),
    "offline": lazy_gettext("Kiosk was offline"),
    "clock": lazy_gettext("Clock of the kiosk unsure"),
    "quota": lazy_gettext("Number of people to check used up"),
    "incomplete": lazy_gettext("Part of the data missing"),
    "no_index": lazy_gettext("No data at that time"),
    "invalid_person": lazy_gettext("Details of the document wrong"),
    "busy": lazy_gettext("Too many questions at once"),
}
SYMPTOM_WORDS: dict[str, LazyString] = {
    "fever": lazy_gettext("feels feverish"),
    "cough": lazy_gettext("cough"),
    "breath": lazy_gettext("short of breath"),
    "throat": lazy_gettext("sore throat"),
    "taste": lazy_gettext("loss of taste or smell"),
}
DIRECTION_WORDS: dict[str, LazyString] = {"in": lazy_gettext("In"), "out": lazy_gettext("Out")}


def reason_list(reasons: Iterable[str]) -> str:
    """Return reasons in words, one after the other; a code without words as it is."""
    return _joined(REASON_WORDS, reasons)


def symptom_list(symptoms: Iterable[str]) -> str:
    """Return symptoms in words, one after the other."""
    return _joined(SYMPTOM_WORDS, symptoms)


def degrees(celsius: float | None, unit: str) -> str:
    """Return a temperature in a unit, C or F, with its sign; a dash where nothing was measured."""
    return "–" if celsius is None else f"{in_unit(celsius, unit):.1f} °{unit}"


def _joined(words: dict[str, LazyString], codes: Iterable[str]) -> str:
    between = str(lazy_gettext(", "))
    return between.join(str(words.get(code, code)) for code in codes)
