"""Titles glued to a name, as airlines write them: SMITH/JOHNMR, MRSMITH/JOHN; and names that look
like titles, UM/KULTHUM."""

import re
from collections.abc import Callable, Iterator, Sequence

from exposure_index.identity.name_words import TITLES

_LEFT_MIN = 2  # letters that a name keeps
_LONGEST_FIRST = sorted(TITLES, key=lambda title: (-len(title), title))
_ENDS = re.compile(f"(?:{'|'.join(_LONGEST_FIRST)})$")
_BEGINS = re.compile(f"(?:{'|'.join(_LONGEST_FIRST)})")


_MAY_BE_NAMES = frozenset({"DR", "IV", "JR", "MX", "SR", "UM"}) & TITLES
_OF_TWO_WORDS = 2


def with_titles_as_names(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name, A–Z, with such titles as parts of a name; () where none is.

    Before another word, as SR IVASTAVA RAVI, or as one of two, as SOPHEAP IV; JOHN OEZ JR has one.
    """
    named = [word for word in words if word not in TITLES or word in _MAY_BE_NAMES]
    titles = [place for place, word in enumerate(named) if word in _MAY_BE_NAMES]
    if not titles or len(titles) == len(named):
        return ()
    if titles[0] == len(named) - 1 and len(named) > _OF_TWO_WORDS:
        return ()
    return ("".join(named),)


def without_glued_titles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, A–Z, without what may be a title glued to one of them.

    Likeliest first: behind the last word, before the first, then anywhere; two letters stay.
    """
    first, last = 0, len(words) - 1
    yield from _stripped(words, last, _before_end)
    yield from _stripped(words, first, _after_beginning)
    for place in range(1, last + 1):
        yield from _stripped(words, place, _after_beginning)
    for place in range(last):
        yield from _stripped(words, place, _before_end)


def _stripped(
    words: Sequence[str], place: int, rests: Callable[[str], Iterator[str]]
) -> Iterator[tuple[str, ...]]:
    for rest in rests(words[place]):
        yield (*words[:place], rest, *words[place + 1 :])


def _before_end(word: str) -> Iterator[str]:
    """Yield what stands before a title, or several: JOHN of JOHNMRJR after JOHNMR."""
    if not _ENDS.search(word):
        return
    rests = [word.removesuffix(title) for title in _LONGEST_FIRST if word.endswith(title)]
    for rest in rests:
        if len(rest) >= _LEFT_MIN:
            yield rest
            yield from _before_end(rest)


def _after_beginning(word: str) -> Iterator[str]:
    if not _BEGINS.match(word):
        return
    for title in _LONGEST_FIRST:
        rest = word.removeprefix(title)
        if word.startswith(title) and len(rest) >= _LEFT_MIN:
            yield rest
