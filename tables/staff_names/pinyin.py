"""How a name in Han is written in Latin letters, where a staff list may lack that spelling.

Threat: a list has an English first name beside a Han name (周诗诺, Tom Zhou), or the Han name of a
permit alone, and the passenger list had Zhou Shinuo; or a program has lost a rare character, and
the pinyin beside 周诗 still has three syllables.
Limit: pinyin alone; whoever is Chan Tai Man on a permit is found under that name or the Han one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from exposure_index.identity.name import canonical_name
from exposure_index.identity.name_readings import READINGS_MAX, readings

_LOOKED_UP_MAX = 4
_SYLLABLE = "(?:[BPMFDTNLGKHJQXRZCSYW]|[ZCS]H)?[AEIOUV]{1,3}(?:NG?|R)?"
"""As a regular expression; a few more that no character has."""
_ONE_SYLLABLE = re.compile(f"(?=.{{1,6}}$){_SYLLABLE}")
_SYLLABLES = re.compile(f"(?:{_SYLLABLE})+")


def names_in_pinyin(han: str) -> tuple[str, ...]:
    """Return the canonical names in Latin letters of a name in Han, the likeliest ones; 4 at most.

    None where a name has too many readings to say which is likely.
    """
    found = readings(han)
    if len(found) > READINGS_MAX:
        return ()
    return tuple(dict.fromkeys(map(canonical_name, islice(found, _LOOKED_UP_MAX))))


def is_syllable(word: str) -> bool:
    """Whether a word of A–Z may be the pinyin of one character."""
    return _ONE_SYLLABLE.fullmatch(word) is not None


def has_lost_character(han: str, words: Sequence[str]) -> bool:
    """Whether words of A–Z are the pinyin of a name in Han and of a character that it lacks.

    Zhou Shinuo or Shinuo Zhou of 周诗, 诗诺 or 周诺.
    """
    spellings = ["".join(words), "".join([*words[1:], *words[:1]])]
    spellings.append("".join([*words[-1:], *words[:-1]]))
    return any(
        _is_longer(reading.split(), spelling)
        for reading in readings(han)
        for spelling in dict.fromkeys(spellings)
    )


def _is_longer(syllables: Sequence[str], spelling: str) -> bool:
    return any(_SYLLABLES.fullmatch(rest) for rest in _rests(syllables, spelling))


def _rests(syllables: Sequence[str], spelling: str) -> Iterator[str]:
    """Yield what a spelling has beside all syllables, where these are its beginning and its end."""
    for cut in range(len(syllables) + 1):
        before, behind = "".join(syllables[:cut]), "".join(syllables[cut:])
        rest = len(spelling) - len(before) - len(behind)
        if rest > 0 and spelling.startswith(before) and spelling.endswith(behind):
            yield spelling[len(before) : len(before) + rest]
