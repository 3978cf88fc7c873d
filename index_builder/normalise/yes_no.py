"""Cells that hold yes or no."""

from exposure_index.trip_text.folding import compact

_ANSWERS = {
    **dict.fromkeys(("YES", "Y", "TRUE", "1", "是", "有"), True),
    **dict.fromkeys(("NO", "N", "FALSE", "0", "否", "无"), False),
}


def yes_or_no(text: str) -> bool | None:
    """Return the truth value of a cell, None where it is neither yes nor no."""
    return _ANSWERS.get(compact(text))
