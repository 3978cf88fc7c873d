"""The word for somebody at the door, by what the indexes say of them now.

Threat: somebody who is listed is told to come in. Limit: only whoever is listed nowhere, in every
index that should be there, or whose observation is over, may come in; all else is not checked.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.indexes.snapshot import IndexSnapshot
from exposure_index.label.codec import date_of
from exposure_index.lookup.batch import WorstExposure


class Word(StrEnum):
    """What a kiosk may say; TEMPERATURE: nothing is known here but what it measures itself."""

    NOT_CHECKED = "not_checked"
    COME_IN = "come_in"
    WAIT = "wait"
    TEMPERATURE = "temperature_alone"


class Reason(StrEnum):
    """Why, for the officer alone."""

    EXPOSURE = "exposure"
    INCOMPLETE = "incomplete"
    QUOTA = "quota"
    NO_INDEX = "no_index"
    INVALID_PERSON = "invalid_person"


class DoorWord(NamedTuple):
    """A word with its reason, where there is one to give."""

    word: Word
    reason: Reason | None = None


def door_word(snapshot: IndexSnapshot, worst: WorstExposure | None, today: date) -> DoorWord:
    """Return the word for somebody of whom a snapshot says this; worst: None where not listed.

    An observation lasts to the end of its last day. A rule set that observes nobody holds nobody.
    """
    if worst is not None and worst.observe_until and today <= date_of(worst.observe_until):
        return DoorWord(Word.WAIT, Reason.EXPOSURE)
    if snapshot.missing:
        return DoorWord(Word.NOT_CHECKED, Reason.INCOMPLETE)
    return DoorWord(Word.COME_IN)
