"""Reply links: documents named in replies, entered for their holders too, and never fewer.

So are the documents that one cell of a traveller, a driver or a contact names. They are linked
after clearances were applied and a case's own exposures taken off: a wrong reply can join two
people to one answer, and list somebody who need not be, but can clear nobody.
"""

from dataclasses import dataclass

import ibis

from exposure_index.identity.document import canonical_document
from exposure_index.identity.name import canonical_name
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from index_builder.people.persons import Persons
from index_builder.people.plain_documents import cells_of_several
from index_builder.sources.build_context import BuildContext
from tables.document_cells import document_kind, is_filler
from tables.document_numbers import documents_in


@dataclass(frozen=True, slots=True)
class ReplyLinks:
    """moved: person → joined, where replies link people; table: person (joined), id_type,
    document, name. A row with a blank document gives the person a name that no row of a document
    vouches for: the document then stays entered under its number alone too."""

    moved: ibis.Table
    table: ibis.Table

    def joined(self) -> dict[str, str]:
        """Return person → the person whom replies make of them, of those joined only."""
        rows = self.moved.to_pyarrow().to_pylist()
        return {row["moved_person"]: row["joined"] for row in rows}

    def of(self, table: ibis.Table) -> ibis.Table:
        """Return a table of persons with those joined whom replies join."""
        joined = table.left_join(self.moved, table.person == self.moved.moved_person)
        person = ibis.coalesce(joined.joined, joined.person)
        return joined.mutate(person=person).select(*table.columns)


def read_reply_links(context: BuildContext, persons: Persons) -> ReplyLinks | None:
    """Return what replies, and cells of several documents, say of them; None for nothing."""
    table = context.source.get("documents_of_replies")
    rows = [] if table is None else table.to_pyarrow().to_pylist()
    together = cells_of_several(context)
    if not rows and not together:
        return None
    linked: list[tuple[str, str, str, str]] = []
    for row in rows:
        about = canonical_document(row["about"] or "")  # canonical already
        kind = document_kind(row["id_type"] or "")
        name = row["name"] or ""
        usable_name = len(name) <= MAX_FIELD_CHARACTERS and canonical_name(name)
        if about and not is_filler(about):
            linked += [
                (about, other, row["id_type"] or "", name if usable_name else "")
                for other in documents_in(row["id_number"] or "", kind) or (about,)
            ]
    pairs = [pair[:2] for pair in linked]
    pairs += [(documents[0], other) for documents in together for other in documents[1:]]
    owners = _owners(context, persons, {document for pair in pairs for document in pair})
    links: dict[str, str] = {}

    def find(person: str) -> str:
        while links.setdefault(person, person) != person:
            person = links[person]
        return person

    for about, other in pairs:
        first, second = sorted((find(owners[about]), find(owners[other])))
        links[second] = first
    schema = {"person": "string", "id_type": "string", "document": "string", "name": "string"}
    listed = {(find(owners[about]), kind, other, "") for about, other, kind, _ in linked}
    listed |= {(find(owners[about]), "", "", name) for about, _, _, name in linked if name}
    moved = [(person, find(person)) for person in links if find(person) != person]
    return ReplyLinks(
        context.work.small("persons_moved", {"moved_person": "string", "joined": "string"}, moved),
        context.work.small("answered_listed", schema, sorted(listed)),
    )


def _owners(context: BuildContext, persons: Persons, documents: set[str]) -> dict[str, str]:
    rows = [(document,) for document in sorted(documents)]
    table = context.work.small("answered_named", {"document": "string"}, rows)
    owned = persons.of(table).select("document", "person").to_pyarrow()
    return dict(zip(owned["document"].to_pylist(), owned["person"].to_pylist(), strict=True))
