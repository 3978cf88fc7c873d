"""The words of answers in one language, translated once: an answer looks thirty of them up.

Which ones it takes depends on who is listed; that each costs the same does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import has_app_context
from flask_babel import force_locale

from app.answer_pages.place_words import cabin_words, carriage_words
from app.answer_pages.texts import (
    ANOTHER_AUTHORITY,
    ID_TYPE_WORDS,
    MODE_WORDS,
    NEIGHBOURING_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
)
from app.answer_pages.zone_pictures import ZonePictures, zone_pictures
from exposure_index.label.carriages import CARRIAGE_OTHER
from exposure_index.label.model import Mode, Relation, Tier

_by_language: dict[str, "AnswerWords"] = {}  # as many as are offered


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Words of one language; places: carriages, then cabins, by the number in a label.

    neighbouring: of how far neighbours are apart, by the mark of their drawing.
    """

    id_types: Mapping[str, str]
    modes: Mapping[Mode, str]
    tiers: Mapping[Tier, str]
    relations: Mapping[Relation, str]
    neighbouring: Mapping[str, str]
    places: tuple[tuple[str, ...], tuple[str, ...]]
    another_authority: str
    zones: ZonePictures


def answer_words(language: str) -> AnswerWords:
    """Return the words of answers in a language (BCP 47) that is offered."""
    if not has_app_context():  # no request: the texts as they stand in the program
        return _translated()
    words = _by_language.get(language)
    if words is None:
        with force_locale(language.replace("-", "_")):
            words = _by_language[language] = _translated()
    return words


def _translated() -> AnswerWords:
    return AnswerWords(
        id_types={name: str(words) for name, words in ID_TYPE_WORDS.items()},
        modes={mode: str(words) for mode, words in MODE_WORDS.items()},
        tiers={tier: str(words) for tier, words in TIER_WORDS.items()},
        relations={relation: str(words) for relation, words in RELATION_WORDS.items()},
        neighbouring={mark: str(words) for mark, words in NEIGHBOURING_WORDS.items()},
        places=(
            tuple(map(carriage_words, range(CARRIAGE_OTHER + 1))),
            tuple(map(cabin_words, range(CARRIAGE_OTHER + 1))),
        ),
        another_authority=str(ANOTHER_AUTHORITY),
        zones=zone_pictures(),
    )
