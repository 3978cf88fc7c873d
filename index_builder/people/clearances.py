"""Clearances: what was exposed on or before the date is told to nobody any more."""

from dataclasses import dataclass

import ibis

from exposure_index.trip_text.dates import date as normal_date
from index_builder.inputs import Inputs
from index_builder.normalise.times import today
from index_builder.people.identities import Persons


def read_clearances(inputs: Inputs, identities: ibis.Table, persons: Persons) -> ibis.Table:
    """Return person, name_key ("" where the clearance names nobody) and cleared_on, stored.

    A day after today is a slip, and would keep the person off the list for good: it is rejected.
    """
    schema = {"id_type": "string", "id_number": "string", "name": "string", "cleared_on": "date"}
    table, rejects = inputs.source.get("cleared"), inputs.rejects
    rows: list[tuple[object, ...]] = []
    last = today()
    if table is not None:
        for values in table.to_pyarrow().to_pylist():
            day = normal_date(values["cleared_on"]) if values["cleared_on"] else None
            if day is None:
                rejects.reject("cleared", values["row"], "cleared_on", "not a date")
            elif day > last:
                rejects.reject("cleared", values["row"], "cleared_on", "after today")
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


@dataclass(frozen=True, slots=True)
class Cleared:
    """judged: every exposure, `open` where no clearance ended it; ended: how many are not open.

    not_applied: clearances of listed documents that name somebody else.
    """

    judged: ibis.Table
    ended: int
    not_applied: int


def without_cleared(
    inputs: Inputs, exposures: ibis.Table, clearances: ibis.Table, names: ibis.Table
) -> Cleared:
    """Return the exposures with `open`: whether no clearance ends them.

    exposures: person, name_key, end_date and more; names: person, name_key and linked (whether
    the table `documents` vouches for the person) of all that the sources name them. A clearance
    that names somebody ends the rows of that name; it ends every row of the person where that is
    the only name known, or one of those of a person whose documents are linked. Otherwise two
    people may share a number, and one must not clear the other.
    """
    work = inputs.work
    if not clearances.count().execute():
        judged = work.keep("exposures_judged", exposures.mutate(open=ibis.literal(True)))
        return Cleared(judged, ended=0, not_applied=0)
    known = names.filter(names.name_key != "").distinct()
    counted = known.group_by("person").agg(known_names=known.name_key.nunique())
    of_person = clearances.left_join(counted, "person").drop("person_right")
    matching = of_person.left_join(known, ["person", "name_key"])
    matching = matching.mutate(
        names_them=matching.linked.notnull(),
        of_everything=(matching.name_key == "")
        | matching.known_names.isnull()
        | (matching.linked.notnull() & ((matching.known_names == 1) | matching.linked)),
    ).select("person", "name_key", "cleared_on", "names_them", "of_everything")
    matching = work.keep("clearances_matched", matching.distinct())
    whole = matching.filter(matching.of_everything)
    whole = whole.group_by("person").agg(whole_until=whole.cleared_on.max())
    partly = matching.select("person", "name_key", named_until="cleared_on")
    joined = exposures.left_join(whole, "person").drop("person_right")
    joined = joined.left_join(partly, ["person", "name_key"]).drop("person_right", "name_key_right")
    lasting = (joined.whole_until.isnull() | (joined.end_date > joined.whole_until)) & (
        joined.named_until.isnull() | (joined.end_date > joined.named_until)
    )
    judged = joined.mutate(open=lasting).drop("whole_until", "named_until")
    judged = work.keep("exposures_judged", judged)
    idle = matching.filter(~matching.of_everything & ~matching.names_them)
    return Cleared(
        judged=judged,
        ended=int(judged.filter(~judged.open).count().execute()),
        not_applied=int(idle.semi_join(judged, "person").count().execute()),
    )
