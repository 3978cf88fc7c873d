"""Write `exposure_index/latin.tsv` and `exposure_index/lookalikes.tsv` from `unicodedata`.

Made once, with a Python that knows Unicode 14 (3.11): `python -m tools.make_letter_tables`. Run by
a maintainer, and only when the identity format itself is to change: every index built with other
tables is refused (docs/decisions/0026-identity.md).
"""

import re
import sys
from pathlib import Path
from unicodedata import category, decimal, name, normalize

FOLDER = Path(__file__).parents[1] / "exposure_index"
# ICAO Doc 9303 part 3, section 6, table A: the letters that do not decompose into A–Z and marks
ICAO = {
    "Æ": "AE", "Ð": "D", "Ø": "OE", "Þ": "TH", "ß": "SS", "ẞ": "SS", "Đ": "D", "Ħ": "H", "ı": "I",
    "ĸ": "Q", "Ł": "L", "Ŋ": "N", "Œ": "OE", "Ŧ": "T",
}  # fmt: skip
# What a letter's own name does not begin with: sounds, historic letters and digraphs of phonetics.
# Letters without a neighbour in A–Z (clicks, glottal stops, tones) are left out, and so go.
BY_NAME = {
    "A REVERSED-SCHWA": "A", "AFRICAN D": "D", "ALPHA": "A", "ANGLICANA W": "W",
    "BARRED ALPHA": "A", "BARRED E": "E", "BETA": "B", "BLACKLETTER E": "E", "BLACKLETTER O": "O",
    "BROKEN L": "L", "CHI": "X", "CON": "CON", "CUATRILLO": "K", "DELTA": "D", "DEZH": "DZ",
    "DOTLESS J": "J", "DUM": "DUM", "DZ": "DZ", "EGYPTOLOGICAL AIN": "", "EGYPTOLOGICAL ALEF": "",
    "ENG": "N", "ESH": "SH", "ET": "ET", "ETH": "D", "EZH": "ZH", "FENG": "NG", "GAMMA": "G",
    "GLOTTAL A": "A", "GLOTTAL I": "I", "GLOTTAL U": "U", "HENG": "H", "HV": "HV", "HWAIR": "HV",
    "I LONGA": "I", "IOTA": "I", "IOTIFIED E": "E", "IS": "IS", "KRA": "Q", "LAMBDA": "L",
    "LEZH": "LZ", "LONG S": "S", "LUM": "LUM", "MIDDLE SCOTS S": "S", "MUM": "MUM", "NUM": "NUM",
    "OLD POLISH O": "O", "OMEGA": "O", "PHI": "F", "QP": "QP", "R ROTUNDA": "R",
    "R WITHOUT HANDLE": "R", "RUM": "RUM", "RUM ROTUNDA": "RUM", "SAKHA YAT": "E", "SCHWA": "E",
    "SHARP S": "SS", "SIGMOID S": "S", "TESH": "TSH", "THORN": "TH", "TRESILLO": "K",
    "TUM": "TUM", "U BAR": "U", "UPSILON": "U", "VEND": "V", "VISIGOTHIC Z": "Z", "WYNN": "W",
    "YOGH": "Y", "YR": "R",
}  # fmt: skip
LOOKS = re.compile(
    r"(?:(?:TURNED|REVERSED|INVERTED|SIDEWAYS|INSULAR|BARRED|SCRIPT|LENIS|STIRRUP|CLOSED|OPEN"
    r"|VOLAPUK|MIDDLE-WELSH|SMALL CAPITAL|SMALL|CAPITAL|TOP HALF|BOTTOM HALF|HALF|DOUBLE|ARCHAIC"
    r"|BASELINE|DIAERESIZED|SQUAT) )+"
)
# Capitals of Cyrillic and Greek whose shape is that of a Latin one (as in UTS #39, confusables)
CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХҮҺӀԀԌԚԜѴ", "ABESIJKMHOPCTYXYHIDGQWV", strict=True))
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺϜͿ", "ABEZHIKMNOPTYXCMFJ", strict=True))
CROSSES = dict.fromkeys("×╳☓✕✖✗✘❌❎⨉⨯⤫⤬\U0001f5d9\U0001f5f4\U0001f5f6", "X")


def latin_table() -> dict[str, str]:
    """Return each Latin letter that does not decompose into A–Z → what stands for it there."""
    table = {}
    for character in map(chr, range(sys.maxunicode + 1)):
        if category(character)[0] == "L" and name(character, "").startswith("LATIN"):
            bare = "".join(c for c in normalize("NFKD", character) if category(c)[0] != "M")
            letters = ICAO.get(bare.upper(), ICAO.get(bare)) or _letters_of(name(character))
            if len(bare) == 1 and not bare.isascii() and letters:
                table[character] = letters
    return table


def _letters_of(letter_name: str) -> str:
    """Return A–Z for a letter by its name: `SMALL LETTER TURNED R WITH LONG LEG` is R."""
    what = re.sub(
        r"^LATIN (?:CAPITAL|SMALL|EPIGRAPHIC|SUBSCRIPT SMALL|SMALL CAPITAL)? ?", "", letter_name
    )
    what = re.sub("^(?:LETTER|LIGATURE) ", "", what).split(" WITH")[0].split(" DIGRAPH")[0]
    if what in BY_NAME:
        return BY_NAME[what]
    what = LOOKS.sub("", what + " ").strip()
    if what in BY_NAME:
        return BY_NAME[what]
    return what if re.fullmatch("[A-Z]{1,2}", what) else ""


def lookalike_table() -> dict[str, str]:
    """Return each digit of another script, and what looks like a capital of A–Z → 0–9, A–Z."""
    digits = {
        character: str(decimal(character))
        for character in map(chr, range(sys.maxunicode + 1))
        if category(character) == "Nd" and not normalize("NFKC", character).isascii()
    }
    return digits | CYRILLIC | GREEK | CROSSES


def table_text(table: dict[str, str]) -> str:
    """Return a table as `character TAB representative` lines by code point."""
    return "".join(f"{character}\t{table[character]}\n" for character in sorted(table))


def main() -> None:
    """Write both tables."""
    for file_name, table in (("latin.tsv", latin_table()), ("lookalikes.tsv", lookalike_table())):
        (FOLDER / file_name).write_text(table_text(table), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
