"""Warns of cells of carriage and seat that were not understood as a whole, by row and column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ibis

from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES
from index_builder.normalise.carriages import carriages
from index_builder.normalise.seat_positions import seats
from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.trips.leg_origins import leg_source

NAMED_ROWS_MAX = 100
"""So many rows of a table are named for each column; the others are counted."""
_REASON = "not understood as a whole, taken as unknown"
_CELLS = ("mode", "carriage_text", "seat")


@dataclass(frozen=True, slots=True)
class PlaceResidues:
    """Where to warn, and of which table: case_legs, or legs and what leg_source tells of them."""

    rejects: RejectList
    table: str

    def warn(self, work: Workspace, legs: ibis.Table, cells: Iterable[tuple[str, ...]]) -> None:
        """Warn of each leg with one of the cells.

        legs: leg, mode, carriage_text, seat; cells: mode, carriage and seat as in legs, and the
        column, as residue_columns returns it.
        """
        schema = dict.fromkeys((*_CELLS, "column"), "string")
        found = sorted(set(cells))
        if not found:
            return
        doubtful = work.small(f"place_residues_{self.table}", schema, found)
        # A case's own rows in passenger lists have negative numbers, and are candidates as well.
        rows = legs.filter(legs.leg > 0).inner_join(doubtful, list(_CELLS))
        rows = work.keep(f"rows_of_residues_{self.table}", rows.select("leg", "column").distinct())
        for column in ("carriage", "seat"):
            same = rows.filter(rows.column == column).select("leg").order_by("leg")
            named = same.limit(NAMED_ROWS_MAX).to_pyarrow()["leg"].to_pylist()
            for leg in named:
                table, row = leg_source(leg)
                self.rejects.warn(self.table if table == "legs" else table, row, column, _REASON)
            count = int(same.count().execute()) - len(named)
            self.rejects.warn_many(self.table, column, _REASON, count)


def residue_columns(mode: str, carriage: str, seat: str) -> Iterator[str]:
    """Yield carriage and seat where the cell holds something that is not understood."""
    if mode in MODES_WITH_CARRIAGES and carriages(mode, carriage).residue:
        yield "carriage"
    if seats(mode, seat).residue:
        yield "seat"
