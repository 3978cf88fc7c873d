"""Han of GBK that were read as Big5, or the other way round: 笚坒霴 for 周诗诺.

Limit: what begins with one of the hundred usual surnames is not looked at; anything else counts as
garbled where the other reading is a name in characters that are far likelier.
"""

import re

from exposure_index.identity.name import fold_han
from tables.han_frequencies import han_costs
from tables.han_surnames import FREQUENT_SURNAMES, begins_with_surname

_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_READ_FOR_EACH_OTHER = (("big5", "gbk"), ("gbk", "big5"))
_RARE = 15.0
_LIKELIER_BY = 8.0
"""In nats: three thousand times as likely."""


def is_other_han(text: str) -> bool:
    """Whether a name in Han is another in the other one of two encodings."""
    if not _NAME.fullmatch(text) or fold_han(text[0]) in FREQUENT_SURNAMES:
        return False
    return any(_is_likelier(meant, text) for meant in _meant(text))


def _meant(text: str) -> list[str]:
    found = []
    for codec, other_codec in _READ_FOR_EACH_OTHER:
        try:
            found.append(text.encode(codec).decode(other_codec))
        except UnicodeError:
            continue
    return found


def _is_likelier(meant: str, text: str) -> bool:
    is_name = _NAME.fullmatch(meant) is not None and begins_with_surname(fold_han(meant))
    return is_name and _cost(meant) + _LIKELIER_BY < _cost(text)


def _cost(text: str) -> float:
    """Return how unlikely Han are, in nats."""
    costs = han_costs()
    return sum(costs.get(character, _RARE) for character in fold_han(text))
