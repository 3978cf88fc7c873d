"""Refuses a build whose tables can list nobody, whatever their rows say of trips."""

import ibis

from index_builder.people.contacts import Contacts
from index_builder.people.plain_documents import with_plain_documents
from index_builder.published_trips.publications import Publications
from index_builder.sources.build_context import BuildContext
from index_builder.sources.source import NOBODY, SourceRefused

_LISTING = ("legs", "contacts")


def check_anybody(
    context: BuildContext,
    contacts: Contacts,
    drivers: ibis.Table | None,
    publications: Publications,
) -> None:
    """Raise SourceRefused where no trip is published and no row could list anybody.

    drivers: as read_drivers returns them. A build that finds no exposure among people whom it
    could have listed is no such build.
    """
    if contacts.people.count or contacts.cleared or publications.trips:
        return
    tables = {name: context.source.get(name) for name in _LISTING}
    tables["drivers"] = drivers
    if any(_names_anybody(context, name, table) for name, table in tables.items()):
        return
    message = (
        "no row of legs, contacts or drivers names a usable document, and no trip is published: "
        f"{NOBODY}"
    )
    raise SourceRefused(message)


def _names_anybody(context: BuildContext, name: str, table: ibis.Table | None) -> bool:
    if table is None:
        return False
    named = with_plain_documents(context.work, f"anybody_{name}", table)
    return bool(named.filter(named.plain_document != "").limit(1).count().execute())
