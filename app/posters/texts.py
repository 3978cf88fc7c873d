"""The texts of a poster, in one language."""

from dataclasses import dataclass

from babel.support import Translations

from app.languages import TRANSLATIONS


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The texts of a poster."""

    question: str
    how: str
    free: str
    address: str
    genuine: str
    hotline: str


def poster_words(tag: str, *, trips: bool = False) -> PosterWords:
    """Return the texts in a language (BCP 47); trips: of the poster that leads to trips."""
    _ = Translations.load(str(TRANSLATIONS), [tag.replace("-", "_")]).gettext
    return PosterWords(
        question=_("Was a confirmed case on your train or flight?")
        if trips
        else _("Did you share a trip with a confirmed case?"),
        how=_("Scan the code, type number and date of your trip: no name, no document number.")
        if trips
        else _("Scan the code, type your document number and name, and read the answer at once."),
        free=_("No app, no registration, no charge."),
        address=_("Or open this address:"),
        genuine=_(
            "How to see that this is genuine: after scanning, your browser must show exactly "
            "this address. You are never asked for money or for a password; give a code from a "
            "text message to nobody, and type it only at this address."
        ),
        hotline=_("Hotline:"),
    )
