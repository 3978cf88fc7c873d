"""People of whom one row is all that is known: nothing of them is to be grouped, joined or ranked.

Nearly everybody who met a case stands in one row of exposures, with one document and one name.
"""

import ibis

from index_builder.people.linked_documents import LinkedDocuments
from index_builder.people.reply_links import ReplyLinks
from index_builder.people.shared_permits import PERMIT_LENGTHS
from index_builder.runtime.workspace import Workspace


def with_single_rows(
    work: Workspace, named: ibis.Table, documents: LinkedDocuments, links: ReplyLinks | None
) -> ibis.Table:
    """Return exposures with `alone`: whether the row is all that is known of the person.

    named: with person and document, those of the cases themselves among them. Whoever is in the
    table `documents`, or is linked by a reply, is not alone, nor is one whose number may be a
    permit for Taiwan residents: that may be entered twice, or shared.
    """
    rows = named.group_by("person").agg(
        rows=named.count(), characters=named.document.length().max()
    )
    others = rows.filter((rows["rows"] > 1) | rows.characters.isin(PERMIT_LENGTHS))
    parts = [others.select("person"), documents.table.select("person")]
    if links is not None:
        parts += [links.moved.select(person=end) for end in ("moved_person", "joined")]
        parts += [links.table.select("person")]
    several = work.keep("people_of_several_rows", ibis.union(*parts, distinct=True))
    several = several.rename(one_of_several="person")
    marked = named.left_join(several, named.person == several.one_of_several)
    return marked.mutate(alone=marked.one_of_several.isnull()).drop("one_of_several")
