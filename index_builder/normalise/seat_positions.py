"""Seats and berths of a cell, in every spelling that published notices and passenger lists use."""

from __future__ import annotations

from functools import lru_cache

from index_builder.normalise.place_cells import read_places
from index_builder.normalise.place_record import Places, carriage_maximum
from index_builder.normalise.place_words import Kind

_CELLS_KEPT = 16_384


@lru_cache(_CELLS_KEPT)
def seats(mode: str | None, text: str) -> Places:
    """Return the places a cell of seats names; never raises.

    mode: on flights a number alone is a row, elsewhere a numbered seat or berth.
    """
    numbers_are = Kind.ROW if mode == "flight" else Kind.SEAT
    return read_places(text, numbers_are, carriage_maximum(mode))
