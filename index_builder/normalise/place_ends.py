"""A number of a cell about places with the words that belong to it: `第12排A、B座`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index_builder.normalise.place_words import SEAT_LETTERS, Kind, Word

_BEFORE_A_NUMBER = frozenset({Kind.ORDINAL, Kind.NUMERAL, Kind.MARK, Kind.EXTRA})
_PREFIXES = {
    Kind.ROW_PREFIX: Kind.ROW,
    Kind.SEAT_PREFIX: Kind.SEAT,
    Kind.BERTH_PREFIX: Kind.BERTH,
    Kind.CARRIAGE_PREFIX: Kind.CARRIAGE,
    Kind.CARRIAGE: Kind.CARRIAGE,
}
_UNITS = {
    Kind.ROW: Kind.ROW,
    Kind.SEAT: Kind.SEAT,
    Kind.SEAT_PREFIX: Kind.SEAT,
    Kind.BERTH: Kind.BERTH,
    Kind.LEVEL: Kind.BERTH,
    Kind.CARRIAGE: Kind.CARRIAGE,
    Kind.CABIN: Kind.CARRIAGE,
    Kind.COUNTER: Kind.CARRIAGE,
}
_LEVELS = {"UPPER": "上", "MIDDLE": "中", "LOWER": "下"}


@dataclass(frozen=True, slots=True)
class PlaceEnd:
    """A number of a row, seat, berth or carriage, and what is said of it.

    prefix: 加 of an extra carriage, or the letters of a label; unit: ROW, SEAT, BERTH, CARRIAGE,
    COUNTER, or None where nothing says what the number is; numbered: 号 stands behind it;
    readable: False where a word grown together with the number is not understood.
    """

    digits: str
    prefix: str = ""
    unit: Kind | None = None
    level: str | None = None
    letters: tuple[str, ...] = ()
    numbered: bool = False
    readable: bool = True


class PlaceWords:
    """The words of a cell with the position that a reader has reached."""

    def __init__(self, words: Sequence[Word]) -> None:
        """words: as words_of returns them, the last of kind END."""
        self._words = words
        self._at = 0
        self._ordinal = any(word.kind is Kind.ORDINAL and word.text == "第" for word in words)

    def peek(self, ahead: int = 0) -> Word:
        """Return the word that stands so many words ahead, END beyond the last."""
        return self._words[min(self._at + ahead, len(self._words) - 1)]

    def take(self) -> Word:
        """Return the next word and go behind it; END is never passed."""
        word = self.peek()
        self._at += word.kind is not Kind.END
        return word

    def number_follows(self, ahead: int = 0) -> bool:
        """Return whether an end begins so many words ahead, behind 第, No. or a colon at most."""
        while self.peek(ahead).kind in _BEFORE_A_NUMBER:
            ahead += 1
        return self.peek(ahead).kind is Kind.NUMBER or self.label_follows(ahead)

    def label_follows(self, ahead: int = 0) -> bool:
        """Return whether letters grown together with a number stand so many words ahead: A3."""
        after = self.peek(ahead + 1)
        lettered = self.peek(ahead).kind in {Kind.LETTERS, Kind.LABEL}
        return lettered and after.kind is Kind.NUMBER and not after.spaced

    def end_follows(self) -> bool:
        """Return whether an end begins here, with the word for what it is before it or not."""
        return self.number_follows(int(self.peek().kind in _PREFIXES))

    def end(self, *, prefixed: bool = False) -> PlaceEnd:
        """Return the end that begins here; end_follows must be true.

        prefixed: a word for carriage before a number names that number, not the one before it.
        """
        unit = _PREFIXES.get(self.peek().kind)
        if unit:
            self.take()
            prefixed = prefixed or unit is Kind.CARRIAGE
        prefix = ""
        while self.peek().kind is not Kind.NUMBER:
            word = self.take()
            if word.kind is Kind.EXTRA:
                prefix = "加"
            elif word.text == "R":
                unit = Kind.ROW
            elif word.kind in {Kind.LETTERS, Kind.LABEL}:
                prefix = word.text
        digits = self.take().text
        after = self.peek()
        readable = self._stands_alone() and not (
            prefix and after.kind is Kind.LETTERS and not after.spaced
        )
        numbered = after.kind is Kind.NUMERAL
        own_unit, level = self._unit(prefixed=prefixed)
        letters: tuple[str, ...] = ()
        if own_unit in {None, Kind.ROW} and unit is not Kind.CARRIAGE and not prefix:
            letters = self._letters_of_number()
            readable = readable and self._stands_alone()
        unit = own_unit or unit
        if letters and unit in {Kind.SEAT, Kind.BERTH}:
            unit = None  # SEAT 12A names a row
        return PlaceEnd(digits, prefix, unit, level, letters, numbered, readable)

    def _stands_alone(self) -> bool:
        """Whether the next word is not grown together with the last into something unknown."""
        word = self.peek()
        grown = word.kind in {Kind.NUMBER, Kind.OTHER, Kind.LABEL} or self.label_follows()
        return word.spaced or not grown

    def _unit(self, *, prefixed: bool) -> tuple[Kind | None, str | None]:
        """Take the words behind a number that say what it is; the first that says it holds."""
        unit: Kind | None = None
        level: str | None = None
        while True:
            if self.peek().text == "(" and self.peek(1).kind is Kind.LEVEL:
                self.take()  # 12号（下铺）
            word = self.peek()
            named = _UNITS.get(word.kind)
            if word.kind is Kind.NUMERAL or (word.kind is Kind.ORDINAL and word.text == "#"):
                self.take()
                continue
            if named is None or (word.kind is Kind.SEAT_PREFIX and self._begins(word)):
                return unit, level
            if named is Kind.CARRIAGE and (unit or (prefixed and self.number_follows(1))):
                return unit, level
            self.take()
            if word.kind is Kind.LEVEL:
                level = _LEVELS.get(word.text, word.text[0])
            if word.kind is Kind.COUNTER:
                if self.peek().kind in {Kind.CARRIAGE, Kind.CABIN}:
                    self.take()
                # Four carriages, or the fourth: only 第 says which.
                return (Kind.CARRIAGE if self._ordinal else Kind.COUNTER), None
            unit = unit or named
            if unit is Kind.CARRIAGE:
                return unit, None

    def _begins(self, word: Word) -> bool:
        """Whether a word for seat belongs to what follows: `12号座位13号`, `ROW 12 SEAT A`."""
        return word.text.isascii() or self.number_follows(1)

    def _letters_of_number(self) -> tuple[str, ...]:
        """Take the letters behind a row's number: `A`, ` A`, `-A`, `(D`; () for none."""
        ahead = int(self.peek().text == "(" or self.peek().kind is Kind.TO)
        # A letter grown together with its number is its seat: `12A车厢3`.
        grown = not ahead and not self.peek().spaced
        if not self._letters_stand(ahead, before_a_carriage=grown):
            return ()
        for _ in range(ahead):
            self.take()
        return self.letters(self.take())

    def letters(self, first: Word) -> tuple[str, ...]:
        """Return the letters of seats that begin with a word taken: `A-F`, `A、B和C座`."""
        found: list[str] = []
        text = first.text
        while True:
            if self.peek().kind is Kind.TO and self._letters_stand(1):
                self.take()
                text = _letters_between(text + self.take().text)
            found.extend(text)
            while self.peek().kind in {Kind.SEAT, Kind.NUMERAL}:
                self.take()
            ahead = 0
            while self.peek(ahead).kind in {Kind.LIST, Kind.AND}:
                ahead += 1
            if not self._letters_stand(ahead):
                return tuple(dict.fromkeys(found))
            for _ in range(ahead):
                self.take()
            text = self.take().text

    def _letters_stand(self, ahead: int, *, before_a_carriage: bool = False) -> bool:
        if self.peek(ahead).kind is not Kind.LETTERS or self.label_follows(ahead):
            return False
        labels_carriage = self.peek(ahead + 1).kind in {Kind.CARRIAGE, Kind.CABIN}
        return before_a_carriage or not labels_carriage


def _letters_between(ends: str) -> str:
    """Every seat between two of one row, whichever of them is named first."""
    places = sorted(SEAT_LETTERS.find(letter) for letter in ends)
    return SEAT_LETTERS[places[0] : places[-1] + 1]
