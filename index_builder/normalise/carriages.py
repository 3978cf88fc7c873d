"""Carriages of a cell: `8号车厢`, `08`, `加1`, `餐车`, `3、17号车厢`, `3至5号车厢`."""

from __future__ import annotations

from functools import lru_cache

from index_builder.normalise.place_cells import read_places
from index_builder.normalise.place_record import Places, carriage_maximum
from index_builder.normalise.place_words import Kind

_CELLS_KEPT = 4_096


@lru_cache(_CELLS_KEPT)
def carriages(mode: str | None, text: str) -> Places:
    """Return every carriage that a cell of carriages names, in its `carriages`; never raises.

    mode: a train's have at most two digits, a ship's cabins and the cars of a metro up to four.
    A number loses its leading zeros (`08` is `8`); `加1` is the extra carriage of that name, not
    carriage 1; `餐车` is the dining car. Where part of the cell is not understood, or a carriage is
    counted from the end (`倒数第二节`) or described (`车厢尾部`), none is named and
    carriage_unknown is set: unknown widens to the whole vehicle, a guess could miss somebody.
    """
    places = read_places(text, Kind.CARRIAGE, carriage_maximum(mode))
    if places.carriages and not places.carriage_unknown:
        return places
    return Places(
        places.positions,
        standing=places.standing,
        unknown=True,
        carriage_unknown=True,
        crew=places.crew,
        infant=places.infant,
        residue=places.residue,
    )
