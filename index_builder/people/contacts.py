"""From exposed legs to exposed people: identified, cleared, merged, ranked."""

from dataclasses import dataclass

import ibis

from index_builder.people.clearances import read_clearances, without_cleared
from index_builder.people.identities import IDENTITY_TEXTS, canonical_identities
from index_builder.people.labels import ListedPeople, listed_people, person_exposures
from index_builder.people.linked_documents import LinkedDocuments, documents_of_listed
from index_builder.people.reply_links import answered_documents
from index_builder.sources.build_context import Inputs


@dataclass(frozen=True, slots=True)
class ExposedPeople:
    """people: what is sealed; exposures: those that are told; judged: those that a clearance ended
    as well, not `open`; documents: person and document of everybody concerned.

    identities: of everybody concerned, with faults; unresolved: exposed legs that name no usable
    document; cleared: exposures ended by a clearance.
    """

    people: ListedPeople
    exposures: ibis.Table
    judged: ibis.Table
    documents: ibis.Table
    identities: ibis.Table
    unresolved: int
    cleared: int


def exposed_people(
    inputs: Inputs,
    exposures: ibis.Table,
    documents: LinkedDocuments,
    case_persons: ibis.Table,
    observation_days: ibis.Table,
) -> ExposedPeople:
    """Return who is to be listed. Only a case's own pair with itself is left out.

    case_persons: case_id, person, linked, name_key; observation_days: rule and days.
    """
    work = inputs.work
    sources = [inputs.source.get("documents"), inputs.source.get("cleared")]
    concerned = [exposures, *(table for table in sources if table is not None)]
    identities = canonical_identities(work, "identities", concerned)
    named = exposures.inner_join(identities, list(IDENTITY_TEXTS))
    unresolved = int(named.filter(named.document == "").count().execute())
    owned = documents.persons.of(named.filter(named.document != ""))
    named = work.keep("exposures_named", owned)
    columns = ("person", "name_key", "linked")
    names = ibis.union(named.select(*columns), documents.table.select(*columns), distinct=True)
    clearances = read_clearances(inputs, identities, documents.persons)
    others = _without_own(named, case_persons)
    cleared = without_cleared(inputs, others, clearances, names)
    reason = "another name than the sources give that document; not applied"
    inputs.rejects.warn_many("cleared", "name", reason, cleared.not_applied)
    for row in cleared.idle_trips:
        reason = "this person was not exposed on that trip; not applied"
        inputs.rejects.warn("cleared", row, "number", reason)
    told = cleared.judged.filter(cleared.judged.open).inner_join(observation_days, "rule")
    answered = answered_documents(inputs, documents.persons)
    if answered is not None:
        told = answered.of(told)
    ranked = work.keep("people_ranked", person_exposures(told))
    listed = documents_of_listed(inputs, ranked, named, documents, answered)
    return ExposedPeople(
        people=listed_people(work, ranked, listed),
        exposures=told,
        judged=cleared.judged,
        documents=ibis.union(
            named.select("person", "document"),
            documents.table.select("person", "document"),
            distinct=True,
        ),
        identities=identities,
        unresolved=unresolved,
        cleared=cleared.ended,
    )


def _without_own(named: ibis.Table, case_persons: ibis.Table) -> ibis.Table:
    """Leave out a case's pairs with itself, not those of somebody else with the same number."""
    cases = case_persons.select("person", "case_id", case_linked="linked", case_name="name_key")
    pairs = named.inner_join(cases.distinct(), ["person", "case_id"])
    own = pairs.filter(
        pairs.case_linked
        | (pairs.case_name == "")
        | (pairs.name_key == "")
        | (pairs.case_name == pairs.name_key)
    )
    return named.anti_join(own, ["person", "case_id", "name_key"])
