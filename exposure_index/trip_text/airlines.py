"""Airlines by both of their designators and by name: a ticket has CA1234, a tracker CCA1234.

`exposure_index/airlines.tsv` holds them (decisions/0034 says where from): the designator of three
letters (ICAO Doc 8585), that of two characters on tickets (IATA Airline Coding Directory), and the
names that notices write. An unknown designator is kept as it is.
"""

from collections.abc import Mapping
from pathlib import Path

from exposure_index.trip_text.folding import compact, simplified

AIRLINES_PATH = Path(__file__).parents[1] / "airlines.tsv"
_MARKS_IN_NAMES = frozenset(" .'-!")


def _rows() -> tuple[tuple[str, str, str], ...]:
    lines = AIRLINES_PATH.read_text("utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return tuple((icao, iata, names) for icao, iata, names in cells)


def airline_name(text: str) -> str:
    """Return a name as it is compared: upper case, simplified, without spaces and marks."""
    folded = simplified(compact(text))
    return "".join(character for character in folded if character not in _MARKS_IN_NAMES)


_ROWS = _rows()
IATA_OF_ICAO: Mapping[str, str] = {icao: iata for icao, iata, _ in _ROWS}
"""The designator on tickets by the one of three letters."""
IATA_OF_NAME: Mapping[str, str] = {
    airline_name(name): iata for _, iata, names in _ROWS for name in names.split("|") if name
}
"""The designator on tickets by the name as `airline_name` returns it."""
DESIGNATORS: frozenset[str] = frozenset((*IATA_OF_ICAO, *IATA_OF_ICAO.values()))
"""Every designator of the table, of both kinds."""
_FIRST_WORDS: Mapping[str, frozenset[str]] = {
    iata: frozenset(airline_name(name.split()[0]) for name in names.split("|") if name)
    for _, iata, names in _ROWS
}
_NAME_MAX = max(map(len, IATA_OF_NAME))


def is_of_airline(word: str, iata: str) -> bool:
    """Return whether a word beside a number is what its airline is called for short.

    Its designator, or the first word of one of its names: `Qatar QR908`, `Air NZ NZ417`.
    """
    return word == iata or word in _FIRST_WORDS.get(iata, ())


def airline_at(folded: str, start: int) -> tuple[int, str] | None:
    """Return where the longest name ends that begins at a place of folded text, and its designator.

    A name of Latin letters is whole words: with the spaces and marks of its table or others
    (`West Jet`, `AIRCANADA`), never a part of a word. None where no name begins there.
    """
    name, longest = "", None
    for end in range(start, len(folded)):
        character = folded[end]
        if character in _MARKS_IN_NAMES:
            if not name:
                return None
            continue
        name += character
        if len(name) > _NAME_MAX:
            break
        if name in IATA_OF_NAME and not _within_word(folded, end):
            longest = (end + 1, IATA_OF_NAME[name])
    return longest


def _within_word(folded: str, end: int) -> bool:
    here, behind = folded[end], folded[end + 1 : end + 2]
    return _is_latin(here) and _is_latin(behind)


def _is_latin(character: str) -> bool:
    return character.isalpha() and ord(character) < 0x2E80  # below the scripts of East Asia
