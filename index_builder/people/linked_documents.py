"""The documents of people: those linked by the table `documents`, and those of the cases."""

from dataclasses import dataclass

import ibis

from index_builder.people.identities import canonical_identities, named_residents
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.people.persons import Persons, link_persons
from index_builder.people.plain_documents import with_plain_forms
from index_builder.people.proven_residents import with_proven_residents
from index_builder.people.reply_links import ReplyLinks
from index_builder.sources.build_context import BuildContext

_COLUMNS = (
    *("person", "linked", "doubtful", "id_type", "id_number", "document", "long_document"),
    *("name", "name_key"),
)
_TRUTHS = {"linked": "boolean", "doubtful": "boolean"}


@dataclass(frozen=True, slots=True)
class LinkedDocuments:
    """The table `documents`: person, id_type, id_number, name, document, long_document, name_key;
    and whose they are."""

    persons: Persons
    table: ibis.Table


def read_documents(context: BuildContext) -> LinkedDocuments:
    """Return the table `documents` with canonical identities and persons, stored."""
    work, table = context.work, context.source.get("documents")
    if table is None:
        empty = work.small("documents_named", dict.fromkeys(_COLUMNS, "string") | _TRUTHS, [])
        return LinkedDocuments(link_persons(work, None), empty)
    identities = canonical_identities(work, "document_identities", [table])
    texts = table.select("person_key", **{n: table[n].fill_null("") for n in IDENTITY_TEXTS})
    named = texts.inner_join(identities, list(IDENTITY_TEXTS))
    named = named.filter(named.document != "")
    persons = link_persons(work, named.filter(named.person_key.notnull()))
    reason = "joins people with no name in common; a clearance of one ends nothing of the other"
    context.rejects.warn_many("documents", "id_number", reason, persons.strangers)
    owned = persons.of_keys(named).select(*_COLUMNS).distinct()
    return LinkedDocuments(persons, work.keep("documents_named", owned))


def persons_of_cases(context: BuildContext, cases: ibis.Table, persons: Persons) -> ibis.Table:
    """Return the cases with a document, stored.

    Columns: case_id, person, linked, document, long_document, name_key.
    """
    work = context.work
    texts = cases.select("case_id", **{n: cases[n].fill_null("") for n in IDENTITY_TEXTS})
    texts = work.keep("case_texts", with_proven_residents(texts))
    residents = named_residents(work, "case_names", texts.filter(texts.resident).drop("resident"))
    others = texts.filter(~texts.resident).drop("resident")
    identities = canonical_identities(work, "case_identities", [others])
    named = others.inner_join(identities, list(IDENTITY_TEXTS))
    owned = persons.of(residents.select(*named.columns).union(named.filter(named.document != "")))
    columns = ("case_id", "person", "linked", "document", "long_document", "name_key")
    return work.keep("case_persons", owned.select(*columns).distinct())


def documents_of_cases(
    context: BuildContext, case_persons: ibis.Table, documents: LinkedDocuments
) -> ibis.Table:
    """Return case_id and every form of a document of the case in passenger lists.

    A number of which canonical form kept eight digits of ten is looked for as it stands too: a
    list may not say that it is a permit.
    """
    numbers = ("case_id", "document", "long_document")
    linked = case_persons.select("case_id", "person").inner_join(documents.persons.table, "person")
    long = documents.table.select("document", "long_document").distinct()
    linked = linked.select("case_id", document="linked_document").inner_join(long, "document")
    owned = ibis.union(case_persons.select(*numbers), linked.select(*numbers), distinct=True)
    forms = [
        with_plain_forms(owned.select("case_id", document=column)).drop("document")
        for column in ("document", "long_document")
    ]
    return context.work.keep("case_documents", ibis.union(*forms, distinct=True))


def documents_of_listed(
    context: BuildContext,
    people: ibis.Table,
    named: ibis.Table,
    documents: LinkedDocuments,
    links: ReplyLinks | None,
) -> ibis.Table:
    """Return person, id_type, document, name of every document of the people to be listed.

    Of documents linked by replies too (links); see there for rows with a blank document.
    """
    columns = ("person", "id_type", "document", "name", "name_key")
    every = ibis.union(named.select(*columns), documents.table.select(*columns), distinct=True)
    # What is no usable name (blank, or longer than anybody can type) names nobody.
    every = every.mutate(name=(every.name_key == "").ifelse("", every.name)).drop("name_key")
    if links is not None:
        every = links.of(every).union(links.table)
    return context.work.keep("listed_documents", every.semi_join(people, "person"))


def entered_documents(context: BuildContext, listed: ibis.Table, named: ibis.Table) -> ibis.Table:
    """Return the listed documents, permits for Taiwan residents also under all their ten digits.

    A check that calls such a permit a passport keeps those; document holds eight of them.
    """
    permits = named.filter(named.document != named.long_document)
    permits = permits.select("document", number="long_document").distinct()
    renewed = listed.inner_join(permits, "document")
    renewed = renewed.select("person", "id_type", "name", document="number")
    every = listed.union(renewed.select(*listed.columns), distinct=True)
    return context.work.keep("entered_documents", every)
