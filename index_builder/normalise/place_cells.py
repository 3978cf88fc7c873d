"""Reads a cell about places aboard whole: every part of it is in the result, or it says unknown.

Where a cell can be read in two ways, both are in the result, or what they differ in is unknown.
"""

from __future__ import annotations

from collections.abc import Callable

from exposure_index.trip_text.folding import says_unknown, without_unknown_words
from index_builder.normalise.place_ends import PlaceWords
from index_builder.normalise.place_numbers import PlaceNumbers
from index_builder.normalise.place_record import DINING_CAR, Places
from index_builder.normalise.place_words import Kind, Word, folded_place, words_of

PLACE_MAXIMUM_CHARACTERS = 1_000
_OF_CARRIAGES = frozenset({Kind.CARRIAGE, Kind.CARRIAGE_PREFIX, Kind.EXTRA, Kind.DINING})
_NOTHING_NEW = frozenset({Kind.TO, Kind.MARK, Kind.NUMERAL, Kind.ROW})


def read_places(text: str, numbers_are: Kind, highest_carriage: int) -> Places:
    """Return what a cell names; never raises.

    numbers_are: what a number alone is: Kind.ROW, Kind.SEAT (numbered seats and berths) or
    Kind.CARRIAGE; highest_carriage: the highest number that a carriage may have.
    """
    if len(text) > PLACE_MAXIMUM_CHARACTERS:
        return Places(unknown=True, carriage_unknown=True, residue=True)
    folded = folded_place(text)
    of_carriages = numbers_are is Kind.CARRIAGE
    unknown = says_unknown(folded)
    if unknown and without_unknown_words(folded) == folded:
        return Places(unknown=True, carriage_unknown=of_carriages)  # blank, or a dash
    words = words_of(folded)
    kinds = {word.kind for word in words}
    if Kind.DATE in kinds:
        # Excel makes dates of 3-12, and nobody can tell which seats, rows or carriages it was.
        lost = of_carriages or not kinds.isdisjoint(_OF_CARRIAGES)
        return Places(unknown=True, carriage_unknown=lost, residue=True)
    reader = _PlaceReader(PlaceWords(words), numbers_are, highest_carriage)
    return reader.read(unknown=unknown)


class _PlaceReader(PlaceNumbers):
    """Reads the words of one cell; previous: what the last was."""

    def __init__(self, words: PlaceWords, numbers_are: Kind, highest_carriage: int) -> None:
        super().__init__(words, numbers_are, highest_carriage)
        self.previous = Kind.END

    def read(self, *, unknown: bool) -> Places:
        """Return the places of the cell; unknown: it says so itself."""
        self.record.unknown = unknown
        self.record.carriage_unknown = unknown and self.record.default is Kind.CARRIAGE
        while (word := self.words.peek()).kind is not Kind.END:
            if self.words.number_follows():
                self.place(self.end())
                self.previous = Kind.NUMBER
                continue
            self.words.take()
            _DEEDS.get(word.kind, _PlaceReader._not_understood)(self, word)
            if word.kind not in _NOTHING_NEW:
                self.last = None
            self.previous = word.kind
        self.flush()
        if self.dangling:
            self.record.fault()
        return self.record.places()

    # The words

    def _not_understood(self, word: Word) -> None:
        self.record.fault(of_carriage=word.kind is Kind.FROM_THE_END)

    def _join(self, word: Word) -> None:
        if word.kind is Kind.AND and not self.begun:
            self.record.fault()
        self.dangling |= word.kind is Kind.AND
        self.listed = True
        self.after = "listed" if self.after == "direct" else self.after

    def _prefix(self, word: Word) -> None:
        """`ROWS 20, 21`, `SEAT 12`: what the numbers that follow are."""
        self.flush()
        self.after = ""
        self.context = Kind.ROW if self.record.default is Kind.ROW else Kind.SEAT
        if word.kind is Kind.SEAT_PREFIX:
            self.after = "seat"
        elif word.kind is Kind.ROW_PREFIX:
            self.context = Kind.ROW
        self.dangling |= self.begun and word.text.isascii()

    def _no_number(self, word: Word) -> None:
        """`中铺` without a number is some berth; 中 may be any word's part."""
        self.record.unknown = True
        if len(word.text) == 1:
            self.record.fault()

    def _everybody(self, _: Word) -> None:
        self.record.everybody = True
        self.listed = False

    def _person_or_car(self, word: Word) -> None:
        self.flush()
        self.begun, self.dangling = True, False
        if word.kind is Kind.DINING:
            self.record.add_label(DINING_CAR)
            self.after = "direct"
            if self.words.peek().kind is Kind.CARRIAGE:
                self.words.take()
        self.record.standing |= word.kind is Kind.STANDING
        self.record.crew |= word.kind is Kind.CREW
        self.record.infant |= word.kind is Kind.INFANT

    def _carriage_word(self, word: Word) -> None:
        """A word for carriage before its label, or one without any."""
        self.flush()
        self.after = ""
        follows = self.words.peek()
        if word.kind is Kind.CABIN:
            if self.record.default is Kind.CARRIAGE:
                self.record.fault()
        elif self.words.number_follows():
            self.context = Kind.CARRIAGE
        elif follows.kind in {Kind.LETTERS, Kind.LABEL} and len(follows.text) == 1:
            self.words.take()
            self._label(follows.text)
        elif self.previous not in {Kind.NEUTRAL, Kind.EVERYBODY}:
            self.record.fault(of_carriage=True)

    def _letters(self, word: Word) -> None:
        """Letters that stand behind no number: `X仓`, or more seats of the last row."""
        self.flush()
        follows = self.words.peek().kind
        if len(word.text) == 1 and follows in {Kind.CARRIAGE, Kind.CABIN}:
            self.words.take()
            if follows is Kind.CARRIAGE or self.record.default is Kind.CARRIAGE:
                self._label(word.text)
        elif word.kind is Kind.LETTERS and self.record.rows:
            letters = self.words.letters(word)
            self.record.add_letters(letters)
            self.dangling = False
        else:
            self.record.fault()

    def _label(self, label: str) -> None:
        self.record.add_label(label)
        self.begun, self.dangling, self.listed, self.after = True, False, False, "direct"


_DEEDS: dict[Kind, Callable[[_PlaceReader, Word], None]] = {
    Kind.LIST: _PlaceReader._join,
    Kind.AND: _PlaceReader._join,
    Kind.CARRIAGE: _PlaceReader._carriage_word,
    Kind.CARRIAGE_PREFIX: _PlaceReader._carriage_word,
    Kind.CABIN: _PlaceReader._carriage_word,
    Kind.SEAT_PREFIX: _PlaceReader._prefix,
    Kind.ROW_PREFIX: _PlaceReader._prefix,
    Kind.BERTH_PREFIX: _PlaceReader._prefix,
    Kind.LETTERS: _PlaceReader._letters,
    Kind.LABEL: _PlaceReader._letters,
    Kind.DINING: _PlaceReader._person_or_car,
    Kind.STANDING: _PlaceReader._person_or_car,
    Kind.CREW: _PlaceReader._person_or_car,
    Kind.INFANT: _PlaceReader._person_or_car,
    Kind.EVERYBODY: _PlaceReader._everybody,
    Kind.NEUTRAL: lambda reader, _: reader.flush(),
    Kind.FROM_THE_END: _PlaceReader._not_understood,
    **dict.fromkeys((Kind.LEVEL, Kind.SEAT, Kind.BERTH), _PlaceReader._no_number),
    **dict.fromkeys(_NOTHING_NEW - {Kind.TO}, lambda _reader, _: None),
    Kind.TO: _PlaceReader.add_range,
}
