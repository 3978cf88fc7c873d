"""Readings of Han names in pinyin, and the three ways in which documents write its ü."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations_with_replacement, islice, product

from exposure_index.identity.surname_readings import SURNAME_READINGS

READINGS_MAX = 64
"""How many readings of one name are looked at; a name that has more is not read to the end."""
_FORMS_MIXED_MAX = 64
_NAMES_KEPT = 1 << 12
_U_FORMS = ("YU", "V", "U")
# L or N with one of ü's spellings where a pinyin syllable may hold it: SILVA has none
_U_SYLLABLE = re.compile(r"(?:(?<=[AEIOUNGR])|(?<![A-Z]))([LN])(YU|V|U)(?![AIOUVY])")


@lru_cache(_NAMES_KEPT)
def readings(han: str) -> tuple[str, ...]:
    """Return the pinyin of a Han name, the likeliest first: by the surname's own reading.

    At most READINGS_MAX, and one more where there are more.
    """
    return tuple(islice(dict.fromkeys(_readings(han)), READINGS_MAX + 1))


def u_forms(text: str) -> Iterator[str]:
    """Yield LYU, LV and LU (NYU, NV, NU) for one another, all alike first, then mixed.

    Which syllable has which form does not matter, since letters are sorted.
    """
    pieces = _U_SYLLABLE.split(text)  # text, letter, form, text, letter, form, …, text
    places = range(2, len(pieces), 3)
    alike = [(form,) * len(places) for form in _U_FORMS]
    mixed = combinations_with_replacement(_U_FORMS, len(places))
    for forms in [*alike, *islice(mixed, _FORMS_MIXED_MAX)] if places else []:
        for place, form in zip(places, forms, strict=True):
            pieces[place] = form
        yield "".join(pieces)


def _readings(han: str) -> Iterator[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionaries load only for a builder

    surname = next((han[:n] for n in (2, 1) if han[:n] in SURNAME_READINGS), "")
    common = [reading[0] for reading in pinyin(han, style=Style.NORMAL)]
    leading = dict.fromkeys(
        [*SURNAME_READINGS.get(surname, ()), " ".join(common[: len(surname) or 1])]
    )
    usual = common[len(surname) or 1 :]
    given_name = pinyin(han[len(surname) or 1 :], style=Style.NORMAL, heteronym=True)
    likely = [(reading, *usual) for reading in leading]
    others = product(leading, *given_name)
    for syllables in [*likely, *islice(others, READINGS_MAX + 1)]:
        text = " ".join(syllables).replace("ü", "v").upper()
        for form in _U_FORMS if "V" in text else ("",):  # pinyin has no other V
            yield text.replace("V", form)
