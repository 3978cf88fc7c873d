"""Names, by table and row, the cells of documents that were not read: their people are unknown."""

from pathlib import Path

import ibis

from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.people.proven_residents import NO_NAME, with_proven_residents
from index_builder.sources.build_context import BuildContext
from index_builder.sources.passenger_lists.list_reader import FOLDER, place_of_row
from index_builder.trips.leg_origins import leg_source
from tables.document_numbers import document_numbers

UNREAD = {
    "destroyed": "destroyed by a mask or a spreadsheet: the document is not known",
    "not_understood": "not understood as a whole: the document is not known",
}
"""Reasons by the fault of document_numbers; a blank cell and a filler are no fault of reading."""
_TABLES = ("cases", "documents", "contacts", "drivers", "outcomes", "replies")


def warn_of_tables(context: BuildContext) -> None:
    """Warn of each row of the tables about few people whose document is not read.

    Passenger lists have their own, see warn_of_exposed_legs; a clearance is rejected.
    """
    for name in _TABLES:
        table = context.source.delivered(name)
        if table is None:
            continue
        # Nearly all numbers prove themselves, and the engine sees it sooner.
        numbers = table.filter(table.id_number.notnull()).select("row", "id_number", name=NO_NAME)
        rows = with_proven_residents(numbers)
        rows = rows.filter(~rows.resident).select("row", "id_number").order_by("row")
        for batch in rows.to_pyarrow_batches():
            for row, cell in zip(*(batch.column(i).to_pylist() for i in range(2)), strict=True):
                fault = document_numbers(cell).fault
                if fault in UNREAD:
                    context.rejects.warn(name, row, "id_number", UNREAD[fault])


def warn_of_exposed_legs(context: BuildContext, identities: ibis.Table) -> None:
    """Warn of each row of a passenger list that was exposed and whose document is not read.

    identities: as canonical_identities returns them.
    """
    work = context.work
    if not work.has("pair_exposures"):
        return
    unread = identities.filter(identities.fault.isin(list(UNREAD))).drop("document", "name_key")
    candidates = work.table("candidates")
    texts = {name: candidates[name].fill_null("") for name in IDENTITY_TEXTS}
    legs = candidates.select("leg", **texts).inner_join(unread, list(IDENTITY_TEXTS))
    exposed = work.table("pair_exposures").select("leg").distinct()
    found = legs.semi_join(exposed, "leg").select("leg", "fault").distinct().order_by("leg")
    lists = context.source.tables.get(FOLDER)
    folder = None if lists is None else lists.path
    for leg in found.to_pyarrow().to_pylist():
        table, row = _place(folder, leg["leg"])
        context.rejects.warn(table, row, "id_number", UNREAD[leg["fault"]])


def _place(folder: Path | None, leg: int) -> tuple[str, int]:
    table, row = leg_source(leg)
    place = place_of_row(folder, row) if table == "legs" and folder is not None else None
    return place or (table, row)
