"""Open contacts: listed, not cleared, and still under observation on a day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import ibis

from index_builder.contact_tracing import find_contacts, trips_of_cases
from index_builder.people.contacts import Contacts
from index_builder.sources.build_context import BuildContext

_BATCH_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class OpenContact:
    """One contact of one case: the worst exposure, and until when to observe.

    tier: 1 close, 2 general; last_day: the last date together; document and name: the first that
    the sources give this person; first: whether this is the worst of the person's cases.
    """

    person: str
    case_id: str
    rule: int
    tier: int
    mode: str
    trip: str
    last_day: date
    until: date
    id_type: str
    document: str
    name: str
    first: bool


@dataclass(frozen=True, slots=True)
class OpenContacts:
    """rows: once through, while the workspace is open; unobserved: people of rule sets without
    observation days; diseases: by rule number, as the cases name them.
    """

    rows: Iterator[OpenContact]
    unobserved: int
    diseases: Mapping[int, str]


def open_contacts(
    context: BuildContext, day: date, progress: Callable[[str], None]
) -> OpenContacts:
    """Return the open contacts on a day, found as for a build.

    Raises what `build` raises for the input.
    """
    case_trips = trips_of_cases(context, progress)
    exposed = find_contacts(context, case_trips, progress)
    unobserved = exposed.exposures.filter(exposed.exposures.observation_days <= 0)
    used = context.rules.used_for(case_trips.cases.diseases).values()
    return OpenContacts(
        rows=_stream(context, _worst_of_each_case(context, exposed, day)),
        unobserved=int(unobserved.person.nunique().execute()),
        diseases={rule_set.number: disease for rule_set, disease in used},
    )


def _worst_of_each_case(context: BuildContext, exposed: Contacts, day: date) -> ibis.Table:
    exposures = exposed.exposures.filter(exposed.exposures.observation_days > 0)
    until = exposures.end_date + exposures.observation_days.cast("int32").as_interval("D")
    exposures = exposures.mutate(until=until.cast("date"), case_id=exposures.case_id.fill_null(""))
    exposures = exposures.filter(exposures.until >= ibis.literal(day))
    worst = [
        exposures.tier.asc(),
        exposures.end_date.desc(),
        exposures.trip.asc(),
        exposures.rule.asc(),
    ]
    ranked = exposures.mutate(
        place=ibis.row_number().over(group_by=["person", "case_id"], order_by=worst),
        last_day=exposures.end_date.max().over(group_by=["person", "case_id"]),
        latest=exposures.until.max().over(group_by=["person", "case_id"]),
    )
    contacts = ranked.filter(ranked.place == 0).select(
        "person", "case_id", "rule", "tier", "mode", "trip", "last_day", until="latest"
    )
    by_case = [contacts.tier.asc(), contacts.last_day.desc(), contacts.case_id.asc()]
    contacts = contacts.mutate(rank=ibis.row_number().over(group_by="person", order_by=by_case))
    documents = exposed.listed
    order = [
        (documents["name"] == "").asc(),
        documents.id_type.asc(),
        documents.document.asc(),
        documents["name"].asc(),
    ]
    named = documents.mutate(place=ibis.row_number().over(group_by="person", order_by=order))
    named = named.filter(named.place == 0).drop("place")
    return context.work.keep("open_contacts", contacts.inner_join(named, "person"))


def _stream(context: BuildContext, contacts: ibis.Table) -> Iterator[OpenContact]:
    for batch in context.work.stream(contacts, _BATCH_ROWS):
        for row in batch.to_pylist():
            first = row.pop("rank") == 0
            yield OpenContact(first=first, **row)
