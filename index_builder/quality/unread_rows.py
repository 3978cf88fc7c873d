"""Rows of passenger lists that list nobody, by mode and carrier: a gap of that carrier.

They are rows that were rejected, and exposed legs that name no usable document. A share of rejects
below the limit stops no build, and whoever stands in those rows is told "not found".
"""

from collections import Counter
from collections.abc import Mapping

import ibis

from index_builder.people.contacts import Contacts
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.sources.build_context import BuildContext
from index_builder.sources.passenger_lists.list_reader import FOLDER
from index_builder.trips.trip_tables import TripTables

Carrier = tuple[str, str]
"""Mode and operator as the coverage has them, "" where not known."""

_NOT_KNOWN: Carrier = ("", "")
_OF_AIRLINES: Carrier = ("flight", "")
_CELLS = ("mode", "number", "operator")


def unread_rows(
    context: BuildContext, trips: TripTables, contacts: Contacts
) -> Mapping[Carrier, int]:
    """Return how many rows of each carrier list nobody; carriers without any are left out.

    A row that was rejected before its cells could be told apart is of the only carrier there is,
    else of one that is not known.
    """
    rejects = context.rejects
    rejected = [(row,) for row in sorted(rejects.rows("legs"))]
    counts = Counter[Carrier]()
    if rejected:
        rows = context.work.small("rejected_legs", {"row": "int64"}, rejected)
        counts += _by_carrier(context, trips, rows)
        counts[_only_carrier(trips)] += len(rejected) - counts.total()
    counts[_OF_AIRLINES] += rejects.count(FOLDER)
    if contacts.unresolved and context.work.has("pair_exposures"):
        counts += _by_carrier(context, trips, _unresolved_legs(context, contacts))
    return +counts


def _unresolved_legs(context: BuildContext, contacts: Contacts) -> ibis.Table:
    """Return the rows of exposed legs without a usable document."""
    work, identities = context.work, contacts.identities
    candidates = work.table("candidates")
    texts = {name: candidates[name].fill_null("") for name in IDENTITY_TEXTS}
    nobody = identities.filter(identities.document == "").select(*IDENTITY_TEXTS)
    nameless = candidates.select("leg", **texts).inner_join(nobody, list(IDENTITY_TEXTS))
    legs = work.keep("legs_without_document", nameless.select("leg").distinct())
    unresolved = legs.semi_join(work.table("pair_exposures"), "leg")
    return work.keep("unresolved_legs", unresolved.select(row="leg"))


def _by_carrier(context: BuildContext, trips: TripTables, rows: ibis.Table) -> Counter[Carrier]:
    """Count rows of legs, given by their number, by carrier."""
    table = context.source.whole("legs")
    counts = Counter[Carrier]()
    if table is None:
        return counts
    legs = table.raw.semi_join(rows, "row")
    cells = legs.group_by(_CELLS).agg(legs=legs.count())
    texts = {name: text.fill_null("") for name, text in table.trim(cells, _CELLS).items()}
    for row in cells.select("legs", **texts).to_pyarrow().to_pylist():
        cell = trips.services.cells.get((row["mode"], row["number"]))
        counts[(cell and cell.mode) or "", row["operator"]] += row["legs"]
    return counts


def _only_carrier(trips: TripTables) -> Carrier:
    if trips.carrier_cells is None:
        return _NOT_KNOWN
    cells = trips.carrier_cells.inner_join(trips.services.modes, "mode_text")
    carriers = cells.select("mode", "operator").distinct()
    found = carriers.limit(2).to_pyarrow().to_pylist()
    return (found[0]["mode"] or "", found[0]["operator"]) if len(found) == 1 else _NOT_KNOWN
