"""Cells without the blanks around them, at the price of a comparison where there are none."""

from functools import reduce
from operator import or_
from typing import Any

_BLANKS = (" ", "\t", "\n", "\r", "\v", "\f")
_FIRST_PRINTED = "!"  # every blank stands before it, and so does nothing that is no control


def stripped(text: Any) -> Any:  # noqa: ANN401 - ibis columns have no useful static type
    """Return the expression of a text without blanks at its ends.

    An engine's own trimming takes ten times as long as to see that there is nothing to trim, which
    is what nearly all of hundreds of millions of cells come to.
    """
    blank_ends = reduce(or_, (text.endswith(blank) for blank in _BLANKS))
    return ((text < _FIRST_PRINTED) | blank_ends).ifelse(text.strip(), text)
