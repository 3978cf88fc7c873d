"""Adds replies to a build: each becomes a leg, a driver or a document, beside what was delivered.

A wrong reply must remove nobody: no delivered row is changed, and a document named in a reply is
linked to its person only after clearances were applied (see people.reply_links).
"""

from collections.abc import Mapping

import ibis

from index_builder.data_dictionary.table_definitions import TABLES
from index_builder.people.plain_documents import with_plain_documents
from index_builder.replies.inquiry_kinds import KINDS, kind_of
from index_builder.sources.build_context import BuildContext
from index_builder.trips.leg_origins import replied_driver, replied_leg

_FROM_INQUIRY = tuple(dict.fromkeys(name for kind in KINDS.values() for name in kind.from_inquiry))
_SUBJECT = (
    (*_FROM_INQUIRY, "service_date") if "service_date" not in _FROM_INQUIRY else _FROM_INQUIRY
)
_YES = ("yes", "y", "true", "1", "是")
REPLY_DOCUMENTS = "documents_of_replies"
"""Table of Source: the documents of replies, with inquiry_id, about, id_type, id_number, name."""


def add_replies(context: BuildContext) -> frozenset[str]:
    """Add replies to the source's tables; return the ids of the inquiries that they answer.

    Cells that the inquiry fills itself (the train, the plate) are taken from it where the row
    leaves them blank. Rows of an unknown kind are rejected.
    """
    table, work = context.source.get("replies"), context.work
    if table is None:
        return frozenset()
    names = table.select("inquiry_id").distinct().to_pyarrow()["inquiry_id"].to_pylist()
    kinds = {name: kind for name in names if name and (kind := kind_of(name))}
    _reject_unknown(context, table, kinds)
    subjects = context.inquiry_subjects(list(kinds))
    rows = [
        (name, kind.name, *(subjects.get(name, {}).get(column) for column in _SUBJECT))
        for name, kind in sorted(kinds.items())
    ]
    columns = ("inquiry_id", "kind", *(f"asked_{column}" for column in _SUBJECT))
    subject_table = work.small("reply_subjects", dict.fromkeys(columns, "string"), rows)
    replies = table.inner_join(subject_table, "inquiry_id")
    cells = {name: ibis.coalesce(replies[name], replies[f"asked_{name}"]) for name in _FROM_INQUIRY}
    replies = replies.mutate(**cells, usable=replies.id_number.notnull() | replies.name.notnull())
    replies = replies.filter(~replies.not_known.lower().isin(_YES).fill_null(False))
    replies = work.keep("replies_whole", replies)
    _add_legs(context, replies)
    _add_drivers(context, replies)
    documents = replies.filter(replies.kind.isin(["holder", "number"]) & replies.usable)
    columns = ("inquiry_id", "about", "id_type", "id_number", "name")
    context.source.replies[REPLY_DOCUMENTS] = documents.select(*columns)
    answering = replies.filter(replies.usable).select("inquiry_id").distinct().to_pyarrow()
    return frozenset(answering["inquiry_id"].to_pylist())


def _reject_unknown(context: BuildContext, table: ibis.Table, kinds: Mapping[str, object]) -> None:
    ids = context.work.small("reply_kinds", {"inquiry_id": "string"}, [(name,) for name in kinds])
    unknown = table.anti_join(ids, "inquiry_id").select("row").order_by("row").to_pyarrow()
    for row in unknown["row"].to_pylist():
        context.rejects.reject("replies", row, "inquiry_id", "no id of an inquiry")


def _add_legs(context: BuildContext, replies: ibis.Table) -> None:
    """Add everybody aboard, and passengers whose document was missing, as rows of legs."""
    date = ibis.coalesce(replies.service_date, replies.asked_service_date)
    legs = replies.mutate(service_date=date)
    # A passenger's row of the passenger list stands already, without a document.
    legs = legs.filter(
        (legs.kind == "manifest") | ((legs.kind == "passenger") & legs.id_number.notnull())
    )
    columns = TABLES["legs"].columns
    context.source.replies["legs"] = legs.mutate(row=replied_leg(legs["row"])).select(
        "row", *columns
    )


def _add_drivers(context: BuildContext, replies: ibis.Table) -> None:
    drivers = replies.filter(replies.kind == "driver")
    named = with_plain_documents(context.work, "replied_drivers_documents", drivers)
    drivers = drivers.semi_join(named.filter(named.plain_document != ""), "row")
    # A driver of unknown hours drove on the day that was asked about, not for ever.
    untimed = drivers.from_time.isnull() & drivers.to_time.isnull()
    day = untimed.ifelse(drivers.asked_service_date, ibis.null("string"))
    drivers = drivers.mutate(
        row=replied_driver(drivers["row"]),
        from_time=ibis.coalesce(drivers.from_time, day),
        to_time=ibis.coalesce(drivers.to_time, day),
    )
    context.source.replies["drivers"] = drivers.select("row", *TABLES["drivers"].columns)
