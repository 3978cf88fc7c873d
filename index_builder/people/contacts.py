"""From exposures to contacts: identified, cleared, merged by person, ranked."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from index_builder.people.clearances import apply_clearances, read_clearances
from index_builder.people.contact_labels import ListedPeople, listed_people, person_exposures
from index_builder.people.identities import canonical_identities, named_residents
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.people.linked_documents import (
    LinkedDocuments,
    documents_of_listed,
    entered_documents,
)
from index_builder.people.reply_links import read_reply_links
from index_builder.people.shared_permits import as_one_person, shared_permits
from index_builder.people.single_rows import with_single_rows
from index_builder.quality.unread_documents import warn_of_exposed_legs
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext


@dataclass(frozen=True, slots=True)
class Contacts:
    """people: those to be sealed; exposures: the open ones; all_exposures: with those that a
    clearance ended, not `open`, and with `alone`, see with_single_rows; documents: person and
    document of everybody concerned who is not alone.

    listed: person, id_type, document, name of whoever is to be sealed; entered: the same, permits
    under all their digits too; identities: of everybody concerned but proven residents, with
    faults; unresolved: exposed legs that name no usable document; nameless: those that name one and
    nobody, with a blank name or with a filler or mask; cleared: exposures ended by a clearance.
    """

    people: ListedPeople
    exposures: ibis.Table
    all_exposures: ibis.Table
    documents: ibis.Table
    listed: ibis.Table
    entered: ibis.Table
    identities: ibis.Table
    unresolved: int
    nameless: Mapping[str, int]
    cleared: int


def contacts_of(
    context: BuildContext,
    exposures: ibis.Table,
    documents: LinkedDocuments,
    case_persons: ibis.Table,
    observation_days: ibis.Table,
) -> Contacts:
    """Return the contacts. Only a case's own pair with itself is left out.

    exposures: as find_exposures returns them; case_persons: case_id, person, linked, name_key;
    observation_days: rule and days.
    """
    work = context.work
    sources = [context.source.get("documents"), context.source.get("cleared")]
    residents = exposures.filter(exposures.resident).drop("resident")
    others = exposures.filter(~exposures.resident).drop("resident")
    concerned = [others, *(table for table in sources if table is not None)]
    identities = canonical_identities(work, "identities", concerned)
    named = others.inner_join(identities, list(IDENTITY_TEXTS))
    unresolved = int(named.filter(named.document == "").count().execute())
    if unresolved:
        warn_of_exposed_legs(context, identities)
    named = named.filter(named.document != "")
    named = named_residents(work, "resident_names", residents).select(*named.columns).union(named)
    named = documents.persons.of(named)
    links = read_reply_links(context, documents.persons)
    named = _with_own(work, with_single_rows(work, named, documents, links), case_persons)
    named = work.keep("exposures_named", named)
    nameless = _nameless(named)
    columns = ("person", "name_key", "linked")
    names = ibis.union(named.select(*columns), documents.table.select(*columns), distinct=True)
    clearances = read_clearances(context, identities, documents.persons)
    others = named.filter(~named.own).drop("own")
    cleared = apply_clearances(context, others, clearances, names)
    reason = "one number for several people; ended only what bears the cleared name"
    context.rejects.warn_many("cleared", "id_number", reason, cleared.doubtful)
    reason = "another name than the sources give that document; not applied"
    context.rejects.warn_many("cleared", "name", reason, cleared.not_applied)
    for row in cleared.idle_trips:
        reason = "this person was not exposed on that trip; not applied"
        context.rejects.warn("cleared", row, "number", reason)
    open_exposures = cleared.all_exposures.filter(cleared.all_exposures.open).inner_join(
        observation_days, "rule"
    )
    if links is not None:
        open_exposures = links.of(open_exposures)
    alone = open_exposures.filter(open_exposures.alone)
    # What is no usable name (blank, or longer than anybody can type) names nobody.
    alone = alone.mutate(name=(alone.name_key == "").ifelse("", alone.name))
    several, named_several = _not_alone(open_exposures), _not_alone(named)
    ranked = work.keep("people_ranked", person_exposures(several))
    listed = documents_of_listed(context, ranked, named_several, documents, links)
    entered = entered_documents(context, listed, named_several)
    shared = shared_permits(work, entered)
    if shared is not None:
        entered = work.keep("entered_as_one", as_one_person(entered, shared).distinct())
        open_exposures = as_one_person(open_exposures, shared)
        ranked = work.keep("people_as_one", person_exposures(_not_alone(open_exposures)))
    return Contacts(
        people=listed_people(work, ranked, entered, alone),
        exposures=open_exposures,
        all_exposures=cleared.all_exposures,
        documents=ibis.union(
            named_several.select("person", "document"),
            documents.table.select("person", "document"),
            distinct=True,
        ),
        listed=alone.select(*listed.columns).union(listed),
        entered=alone.select(*entered.columns).union(entered),
        identities=identities,
        unresolved=unresolved,
        nameless=nameless,
        cleared=cleared.ended,
    )


def _not_alone(exposures: ibis.Table) -> ibis.Table:
    return exposures.filter(~exposures.alone)


def _nameless(named: ibis.Table) -> dict[str, int]:
    """Return how many rows name nobody, by what stands in place of a name.

    Names longer than anybody can type are warned of apart.
    """
    rows = named.filter((named.name_key == "") & (named.fault.fill_null("") != "name_too_long"))
    counts = rows.agg(
        blank=(rows.name == "").sum().fill_null(0), filler=(rows.name != "").sum().fill_null(0)
    )
    return {what: int(count) for what, count in counts.to_pyarrow().to_pylist()[0].items()}


def _with_own(work: Workspace, named: ibis.Table, case_persons: ibis.Table) -> ibis.Table:
    """Add `own`, whether it is a case's pair with itself, not of another with the same number."""
    cases = case_persons.select("person", "case_id", case_linked="linked", case_name="name_key")
    pairs = named.inner_join(cases.distinct(), ["person", "case_id"])
    nameless = (pairs.case_name == "") | (pairs.name_key == "")
    own = pairs.filter(
        pairs.case_linked
        | (nameless & ~pairs.doubtful)
        | (~nameless & (pairs.case_name == pairs.name_key))
    )
    keys = ("person", "case_id", "name_key")
    own = work.keep("exposures_own", own.select(*keys).distinct()).mutate(own=ibis.literal(True))
    marked = named.left_join(own, keys).drop(*(f"{key}_right" for key in keys))
    return marked.mutate(own=marked.own.fill_null(False))
