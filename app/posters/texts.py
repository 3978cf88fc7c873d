"""The texts of a poster, in one language."""

from dataclasses import dataclass
from enum import StrEnum

from babel.support import Translations

from app.languages import TRANSLATIONS

PHRASE_MARK = "^"  # where a heading of a page may break: app/web/phrases.py


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The texts of a poster."""

    question: str
    how: str
    free: str
    address: str
    genuine: str
    hotline: str


class PosterPurpose(StrEnum):
    """Where a poster leads: to the self-check, to trips, or to the form of visitors at a door."""

    CHECK = "check"
    TRIPS = "trips"
    VISIT = "visit"


def poster_words(tag: str, purpose: PosterPurpose = PosterPurpose.CHECK) -> PosterWords:
    """Return the texts in a language (BCP 47)."""
    _ = Translations.load(str(TRANSLATIONS), [tag.replace("-", "_")]).gettext
    genuine = _(
        "How to see that this is genuine: after scanning, your browser must show exactly "
        "this address. You are never asked for money or for a password; never share a "
        "text-message code, and enter it only at this address."
    )
    address = _("Or open this address:")
    if purpose == PosterPurpose.VISIT:
        address = _("The code opens this address:")  # which holds no key, so it is not to be typed
        genuine = _("Before you type anything: your browser must show exactly this address.")
    question, how, free = {
        PosterPurpose.CHECK: (
            _("Did you share a trip with a confirmed case?").replace(PHRASE_MARK, ""),
            _("Scan the code, type your document number and name, and read the answer at once."),
            _("No app, no registration, no charge."),
        ),
        PosterPurpose.TRIPS: (
            _("Was a confirmed case on your train or flight?"),
            _("Scan the code, type number and date of your trip: no name, no document number."),
            _("No app, no registration, no charge."),
        ),
        PosterPurpose.VISIT: (
            _("Visiting us?"),
            _(
                "Scan the code, enter your name and document number on your own phone, and show "
                "the code that appears at the door."
            ),
            _("Your phone sends nothing; only the kiosk at this door can read your code."),
        ),
    }[purpose]
    return PosterWords(
        question=question,
        how=how,
        free=free,
        address=address,
        genuine=genuine,
        hotline=_("Hotline:"),
    )
