"""Clearances: what was exposed on or before the date is told to nobody any more."""

import ibis

from index_builder.inputs import Inputs
from index_builder.normalise.dates import date as normal_date
from index_builder.people.identities import Persons
from index_builder.workspace import Workspace


def read_clearances(inputs: Inputs, identities: ibis.Table, persons: Persons) -> ibis.Table:
    """Return person, name_key ("" where the clearance names nobody) and cleared_on, stored."""
    schema = {"id_type": "string", "id_number": "string", "name": "string", "cleared_on": "date"}
    table, rejects = inputs.source.get("cleared"), inputs.rejects
    rows: list[tuple[object, ...]] = []
    if table is not None:
        for values in table.to_pyarrow().to_pylist():
            day = normal_date(values["cleared_on"]) if values["cleared_on"] else None
            if day is None:
                rejects.reject("cleared", values["row"], "cleared_on", "not a date")
            elif not values["id_number"]:
                rejects.reject("cleared", values["row"], "id_number", "blank")
            else:
                identity = (values["id_type"] or "", values["id_number"], values["name"] or "")
                rows.append((*identity, day))
    cleared = inputs.work.small("cleared_rows", schema, rows)
    named = cleared.inner_join(identities, ["id_type", "id_number", "name"])
    named = persons.of(named.filter(named.document != ""))
    latest = named.group_by(["person", "name_key"]).agg(cleared_on=named.cleared_on.max())
    return inputs.work.keep("clearances", latest)


def without_cleared(
    work: Workspace, exposures: ibis.Table, clearances: ibis.Table, names: ibis.Table
) -> tuple[ibis.Table, int, int]:
    """Return the exposures that no clearance ends, how many ended, and clearances not applied.

    exposures: person, end_date and more; names: person, name_key of all that the sources name
    them. A clearance that names somebody else than any of these may be a slip in the number: it
    is not applied, and counted.
    """
    known = names.filter(names.name_key != "").select("person", "name_key").distinct()
    named_persons = known.select("person").distinct()
    fitting = ibis.union(
        clearances.filter(clearances.name_key == ""),
        clearances.semi_join(known, ["person", "name_key"]),
        clearances.filter(clearances.name_key != "").anti_join(named_persons, "person"),
    )
    until = fitting.group_by("person").agg(cleared_on=fitting.cleared_on.max())
    until = work.keep("cleared_until", until)
    joined = exposures.left_join(until, "person").drop("person_right")
    kept = joined.filter(joined.cleared_on.isnull() | (joined.end_date > joined.cleared_on))
    kept = work.keep("exposures_open", kept.drop("cleared_on"))
    ended = exposures.count().execute() - kept.count().execute()
    listed = clearances.semi_join(exposures, "person")
    applied = listed.semi_join(until, "person")
    return kept, int(ended), int(listed.count().execute() - applied.count().execute())
