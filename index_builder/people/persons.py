"""Persons: which documents are one person's, and where that is doubtful."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ibis

from exposure_index.identity.entry_spellings import written_names
from exposure_index.identity.name import HAN, canonical_name
from exposure_index.identity.name_readings import readings
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from index_builder.runtime.workspace import Workspace
from tables.document_cells import STAND_INS, is_stand_in

_PERSONS = {"linked_document": "string", "person": "string", "doubtful": "boolean"}
_KEYS = {"key": "string", "person_of_key": "string", "doubtful_key": "boolean"}


@dataclass(frozen=True, slots=True)
class Persons:
    """Which documents are one person's.

    table: linked_document, person, doubtful; others are their own. keys: person_key as `key`,
    person_of_key, doubtful_key. strangers: documents shared by keys with no name in common.
    """

    table: ibis.Table
    keys: ibis.Table
    documents: int
    strangers: int = 0

    def of(self, table: ibis.Table) -> ibis.Table:
        """Return a table that has a column document with person, linked and doubtful added.

        linked: whether the table `documents` says whose the document is; doubtful: whether the
        person may be several, since a number is a stand-in, or joins names that differ. Nobody
        doubtful is linked: that table does not vouch for them.
        """
        joined = table.left_join(self.table, table.document == self.table.linked_document)
        doubtful = joined.doubtful.fill_null(False) | joined.document.isin(sorted(STAND_INS))
        return joined.mutate(
            person=ibis.coalesce(joined.person, joined.document),
            linked=joined.person.notnull() & ~doubtful,
            doubtful=doubtful,
        ).drop("linked_document")

    def of_keys(self, table: ibis.Table) -> ibis.Table:
        """Return rows of `documents` with person, linked and doubtful of the key they have.

        A stand-in of several people is thereby a document of each of them.
        """
        owned = self.of(table)
        owned = owned.left_join(self.keys, owned.person_key == self.keys.key)
        doubtful = owned.doubtful_key.fill_null(owned.doubtful)
        return owned.mutate(
            person=owned.person_of_key.fill_null(owned.person),
            linked=owned.linked & ~doubtful,
            doubtful=doubtful,
        ).drop("key", "person_of_key", "doubtful_key")


def link_persons(work: Workspace, documents: ibis.Table | None) -> Persons:
    """Return the persons of the table `documents` (person_key, canonical document, name).

    Rows with one person_key are one person, and so are two keys that share a document. A stand-in
    joins only keys that have a name in common; any other document joins all of its keys, which
    lists wider, and makes them doubtful where their names have nothing in common.
    """
    keys_of: defaultdict[str, set[str]] = defaultdict(set)
    names_of: defaultdict[str, set[str]] = defaultdict(set)
    for key, document, name in _rows(documents):
        keys_of[document].add(key)
        names_of[key].add(name)
    links: dict[str, str] = {}

    def find(item: str) -> str:
        while links.setdefault(item, item) != item:
            links[item] = links[links[item]]
            item = links[item]
        return item

    doubts: set[str] = set()
    strangers = 0
    for document, keys in keys_of.items():
        differ = len(keys) > 1 and not _all_akin([names_of[key] for key in sorted(keys)])
        strangers += differ
        if differ or is_stand_in(document):
            doubts.update(keys)
        for key in keys:
            own = find(f"key {key}")
            if not (differ and is_stand_in(document)):
                first, second = sorted((own, find(document)))
                links[second] = first
    doubtful = {find(f"key {key}") for key in doubts}
    of_documents = [
        (item, find(item), find(item) in doubtful) for item in links if not item.startswith("key ")
    ]
    of_keys = [
        (item.removeprefix("key "), find(item), find(item) in doubtful)
        for item in links
        if item.startswith("key ")
    ]
    return Persons(
        table=work.small("persons", _PERSONS, of_documents),
        keys=work.small("persons_of_keys", _KEYS, of_keys),
        documents=len(of_documents),
        strangers=strangers,
    )


def _all_akin(names_of_keys: Iterable[set[str]]) -> bool:
    """Whether keys are held together by names in common, in either script; nameless ones never."""
    groups: list[set[str]] = []
    for names in names_of_keys:
        forms = {form for name in names for form in _forms(name)}
        apart = [group for group in groups if group.isdisjoint(forms)]
        akin = [group for group in groups if not group.isdisjoint(forms)]
        groups = [*apart, forms.union(*akin)]
    return len(groups) == 1


def _forms(text: str) -> Iterator[str]:
    if len(text) > MAX_FIELD_CHARACTERS:
        return
    for name in written_names(text):
        yield from filter(None, name.names)
        if name.names.han:
            yield from map(canonical_name, readings("".join(HAN.findall(name.text))))


def _rows(documents: ibis.Table | None) -> Iterator[tuple[str, str, str]]:
    if documents is None:
        return
    columns = ("person_key", "document", "name")
    for batch in documents.select(*columns).to_pyarrow_batches():
        yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
