"""Weighs encodings: what a text would say in each of them, and how unlikely it is that it says so.

Costs are in nats, −ln of a probability: one text costs 10 less than another where it is 22,000
times as likely. Characters are taken for independent and for as frequent as in Chinese names and
texts; other languages get rates that are rather too good, so that what proves GB18030 does.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from unicodedata import category, name

from exposure_index.identity.tables import FOLD
from tables.text_encodings.han_frequencies import han_costs

SINGLE_BYTES = "some single-byte encoding"
"""Stands for every alphabet of one byte a letter, those without a name here included."""

_RARE, _RARER, _UNHEARD_OF = 12.0, 15.0, 20.0
_HIGH_BYTE = 4.3  # one of 70 letters
_NOT_OF_IT = 10.0  # bytes that the encoding does not have, beyond what they cost as single bytes
_TRADITIONAL = 2.5  # beyond the simplified character, in a text of the mainland
_FOLDED = 0.5  # several traditional characters may be one simplified
_SIGN, _USUAL_SIGN = 10.0, 5.0
_USUAL_SIGNS = frozenset("（）：；，。、·－—“”《》／　．")
_LATIN_SIGNS = frozenset("\u00a0°ºª·«»§±£€½№’“”–—…")
_HANGUL, _RARE_HANGUL, _HANJA, _SCRIPT_CHANGE = 7.5, 13.0, 9.5, 4.0  # one of 2,350 syllables
_KANA, _HALF_WIDTH = 4.7, 4.2
_KANJI = 1.0
_LETTER = MappingProxyType(
    {"CYRILLIC": 3.8, "GREEK": 3.6, "HEBREW": 3.3, "ARABIC": 3.6, "THAI": 4.2, "LATIN": 5.0}
)
_OTHER_LETTER, _UNUSUAL_LETTER = 5.0, 5.0
_UNUSUAL_LETTERS = frozenset(map(chr, (*range(0x460, 0x490), *range(0x492, 0x530))))  # Cyrillic
_WORDS_KEPT = 1 << 12
_ALONE, _BESIDE, _CASE_RISES, _NO_LETTER, _OTHER_SCRIPT = 6.0, 3.0, 5.0, 8.0, 8.0

Cost = Callable[[str], float]


def costs(cells: Iterable[bytes]) -> Mapping[str, float]:
    """Return encoding (its codec) → cost of the cells in it, SINGLE_BYTES among them."""
    cells = list(cells)
    every = {codec: sum(cost_in(codec, cell) for cell in cells) for codec in _COSTS}
    return {**every, SINGLE_BYTES: sum(map(_as_single_bytes, cells))}


def cost_in(codec: str, text: bytes) -> float:
    """Return the cost of a text in one encoding; ASCII costs nothing."""
    try:
        decoded = text.decode(codec)
    except UnicodeDecodeError:
        return _as_single_bytes(text) + _NOT_OF_IT
    return _COSTS[codec](decoded)


def _as_single_bytes(cell: bytes) -> float:
    return _HIGH_BYTE * sum(byte > 0x7F for byte in cell)


def _gb18030(text: str) -> float:
    return _chinese(text, _TRADITIONAL)


def _big5(text: str) -> float:
    return _chinese(text, _FOLDED)


def _chinese(text: str, traditional: float) -> float:
    beyond = [character for character in text if character > "\x7f"]
    return sum(_of_han(each, traditional) for each in beyond) + _touching_letters(text)


def _of_han(character: str, traditional: float) -> float:
    frequent = han_costs()
    if character in frequent:
        return frequent[character]
    if not _is_han(character):
        return _of_sign(character)
    simplified = character.translate(FOLD)
    if simplified != character and simplified in frequent:
        return frequent[simplified] + traditional
    return _RARE if character.encode("gb2312", "ignore") else _RARER


def _of_sign(character: str) -> float:
    if character in _USUAL_SIGNS or "\uff10" <= character <= "\uff5a":
        return _USUAL_SIGN
    if category(character)[0] in "CZ":
        return _UNHEARD_OF
    return _SIGN


def _touching_letters(text: str) -> float:
    """Return the cost of letters A–Z that touch others, as they do where é is read as two bytes."""
    return _SCRIPT_CHANGE * sum(
        one.isascii() != other.isascii() and one.isalpha() and other.isalpha()
        for one, other in pairwise(text)
    )


def _korean(text: str) -> float:
    total, before = _touching_letters(text), ""
    for character in text:
        hangul = "가" <= character <= "힣"
        if character <= "\x7f":
            before = ""
            continue
        kind = "hangul" if hangul else "han" if _is_han(character) else ""
        if hangul:
            total += _HANGUL if _is_usual(character, "euc_kr") else _RARE_HANGUL
        else:
            total += _HANJA if kind else _of_sign(character)
        total += _SCRIPT_CHANGE * bool(kind and before and kind != before)
        before = kind
    return total


def _is_usual(character: str, codec: str) -> bool:
    return len(character.encode(codec, "ignore")) == 2


def _japanese(text: str) -> float:
    total = _touching_letters(text)
    for character in text:
        if "\u3041" <= character <= "\u30ff":
            total += _KANA
        elif "\uff61" <= character <= "\uff9f":
            total += _HALF_WIDTH
        elif character > "\x7f":
            total += _of_han(character, _FOLDED) + _KANJI * _is_han(character)
    return total


def _utf8(text: str) -> float:
    """Return what a text costs that UTF-8 decodes: signs cost 1 each, Han as elsewhere."""
    signs = sum(character in _LATIN_SIGNS for character in text)
    han = [character for character in text if _is_han(character)]
    others = "".join(" " if c in _LATIN_SIGNS or _is_han(c) else c for c in text)
    return signs + sum(_of_han(each, _FOLDED) for each in han) + _alphabet(others)


def _alphabet(text: str) -> float:
    """Return the cost of a text in letters that are written in words, most of them of one case."""
    spaced = "".join([each if _is_letter(each) else " " for each in text])
    signs = sum([each > "\x7f" and of == " " for each, of in zip(text, spaced, strict=True)])
    return _NO_LETTER * signs + sum(map(_of_word, spaced.split()))


@lru_cache(_WORDS_KEPT)
def _of_word(word: str) -> float:
    if word.isascii():
        return 0.0
    scripts = [_script(letter) for letter in word]
    beyond = [letter > "\x7f" for letter in word]
    total = _OTHER_SCRIPT * (len(set(scripts) - {"COMBINING"}) - 1)
    total += sum(
        _LETTER.get(script, _OTHER_LETTER) + _UNUSUAL_LETTER * (letter in _UNUSUAL_LETTERS)
        for letter, script, high in zip(word, scripts, beyond, strict=True)
        if high
    )
    total += _CASE_RISES * sum(
        one.islower() and other.isupper() for one, other in pairwise(word) if other > "\x7f"
    )
    if "LATIN" in scripts:  # ë is a letter among others
        total += _BESIDE * sum(map(all, pairwise(beyond))) + _ALONE * sum(beyond) * all(beyond)
    return total


@lru_cache(_WORDS_KEPT)
def _is_letter(character: str) -> bool:
    return category(character)[0] in "LM"


@lru_cache(_WORDS_KEPT)
def _script(character: str) -> str:
    return name(character, "").partition(" ")[0]


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


_ALPHABETS = (
    "cp1252",
    "cp1251",
    *(f"cp{page}" for page in (1250, *range(1253, 1259), 874)),
    "koi8_r",
    "koi8_u",
)
_COSTS: Mapping[str, Cost] = MappingProxyType(
    {
        "utf-8-sig": _utf8,
        "gb18030": _gb18030,
        "big5hkscs": _big5,
        "cp949": _korean,
        "cp932": _japanese,
        "euc_jp": _japanese,
        **dict.fromkeys(_ALPHABETS, _alphabet),
    }
)
