"""The people whose listing is explained, and the rows of the source that name them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exposure_index.identity.canonical import Identity
from index_builder.contact_tracing import CaseTrips
from index_builder.people.plain_documents import plain_forms, rows_naming
from index_builder.people.reply_links import read_reply_links
from index_builder.sources.build_context import BuildContext
from index_builder.sources.source import Source

_ABOUT_PEOPLE = ("legs", "contacts")


@dataclass(frozen=True, slots=True)
class Subject:
    """One identity to explain, its person in the sources, and all documents of that person."""

    identity: Identity
    person: str
    documents: frozenset[str]


def subjects_of(
    context: BuildContext, case_trips: CaseTrips, identities: Iterable[Identity]
) -> list[Subject]:
    """Return the person of each identity, with every document linked to them."""
    every_identity = list(identities)
    rows = [(document,) for document in sorted({identity.document for identity in every_identity})]
    table = context.work.small("asked", {"document": "string"}, rows)
    persons = case_trips.documents.persons
    owners = persons.of(table).select("document", "person").to_pyarrow().to_pylist()
    links = read_reply_links(context, persons)
    joined = {} if links is None else links.joined()
    person_of = {row["document"]: joined.get(row["person"], row["person"]) for row in owners}
    # Those whom replies join are one person to the index: look for all of them.
    people = {*person_of.values()}
    people |= {one for one, other in joined.items() if other in people}
    linked = persons.table.filter(persons.table.person.isin(sorted(people)))
    documents: dict[str, set[str]] = {}
    for one in people:
        documents.setdefault(joined.get(one, one), set()).add(one)  # an unlinked document is itself
    for row in linked.to_pyarrow().to_pylist():
        person = joined.get(row["person"], row["person"])
        documents.setdefault(person, set()).add(row["linked_document"])
    return [
        Subject(identity, person, frozenset({identity.document} | documents.get(person, set())))
        for identity in every_identity
        for person in (person_of[identity.document],)
    ]


def narrow(
    context: BuildContext, case_trips: CaseTrips, subjects: Iterable[Subject]
) -> tuple[BuildContext, CaseTrips]:
    """Narrow the source to passenger lists, contacts and drivers of these people."""
    forms = {
        form for one in subjects for document in one.documents for form in plain_forms(document)
    }
    rows = [(form,) for form in sorted(forms)]
    forms_wanted = context.work.small("forms_of_subjects", {"plain_document": "string"}, rows)
    tables = dict(context.source.tables)
    replies = dict(context.source.replies)
    if "legs" in replies:
        legs = replies["legs"]
        mine = rows_naming(context.work, "replies_documents", legs, forms_wanted)
        replies["legs"] = context.work.keep("replies_of_subjects", mine)
    for name in _ABOUT_PEOPLE:
        if name in tables:
            raw = rows_naming(context.work, f"{name}_documents", tables[name].raw, forms_wanted)
            tables[name] = replace(tables[name], raw=context.work.keep(f"{name}_asked", raw))
    drivers = case_trips.drivers
    if drivers is not None:
        mine = rows_naming(context.work, "drivers_documents", drivers, forms_wanted)
        drivers = context.work.keep("drivers_of_subjects", mine)
    source = Source(tables=tables, remarks=context.source.remarks, replies=replies)
    return replace(context, source=source), replace(case_trips, drivers=drivers)
