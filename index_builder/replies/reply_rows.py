"""Replies in a build: each becomes a leg, a driver or a document, beside what was delivered.

A wrong reply must remove nobody: no delivered row is changed, and a document named in a reply is
linked to its person only after clearances were applied (see people.answered).
"""

from collections.abc import Mapping

import ibis

from index_builder.data_dictionary.tables import TABLES
from index_builder.people.plain_documents import plain_document
from index_builder.replies.inquiry_kinds import KINDS, kind_of
from index_builder.sources.build_context import Inputs
from index_builder.trips.leg_numbers import replied_driver, replied_leg

_ASKED = tuple(dict.fromkeys(name for kind in KINDS.values() for name in kind.asked))
_SUBJECT = (*_ASKED, "service_date") if "service_date" not in _ASKED else _ASKED
_YES = ("yes", "y", "true", "1", "是")
ANSWERED_DOCUMENTS = "answered_documents"
"""Under this name Source gives the documents of replies: inquiry_id, about, id_type …"""


def take_replies(inputs: Inputs) -> frozenset[str]:
    """Add what replies say to the source's tables; return the ids of the inquiries they answer.

    What the question had said already (the train, the plate) is taken from the inquiry where the
    row leaves it blank. Rows of an unknown kind are rejected.
    """
    table, work = inputs.source.get("replies"), inputs.work
    if table is None:
        return frozenset()
    names = table.select("inquiry_id").distinct().to_pyarrow()["inquiry_id"].to_pylist()
    known = {name: kind for name in names if name and (kind := kind_of(name))}
    _reject_unknown(inputs, table, known)
    subjects = inputs.asked(list(known))
    rows = [
        (name, kind.name, *(subjects.get(name, {}).get(column) for column in _SUBJECT))
        for name, kind in sorted(known.items())
    ]
    columns = ("inquiry_id", "kind", *(f"asked_{column}" for column in _SUBJECT))
    asked = work.small("replies_asked", dict.fromkeys(columns, "string"), rows)
    replies = table.inner_join(asked, "inquiry_id")
    told = {name: ibis.coalesce(replies[name], replies[f"asked_{name}"]) for name in _ASKED}
    replies = replies.mutate(**told, usable=replies.id_number.notnull() | replies.name.notnull())
    replies = replies.filter(~replies.not_known.lower().isin(_YES).fill_null(False))
    replies = work.keep("replies_told", replies)
    _add_legs(inputs, replies)
    _add_drivers(inputs, replies)
    documents = replies.filter(replies.kind.isin(["holder", "number"]) & replies.usable)
    columns = ("inquiry_id", "about", "id_type", "id_number", "name")
    inputs.source.answers[ANSWERED_DOCUMENTS] = documents.select(*columns)
    answering = replies.filter(replies.usable).select("inquiry_id").distinct().to_pyarrow()
    return frozenset(answering["inquiry_id"].to_pylist())


def _reject_unknown(inputs: Inputs, table: ibis.Table, known: Mapping[str, object]) -> None:
    ids = inputs.work.small("replies_known", {"inquiry_id": "string"}, [(name,) for name in known])
    unknown = table.anti_join(ids, "inquiry_id").select("row").order_by("row").to_pyarrow()
    for row in unknown["row"].to_pylist():
        inputs.rejects.reject("replies", row, "inquiry_id", "no id of an inquiry")


def _add_legs(inputs: Inputs, replies: ibis.Table) -> None:
    """Everybody aboard, and passengers whose document was missing: rows of legs."""
    date = ibis.coalesce(replies.service_date, replies.asked_service_date)
    legs = replies.mutate(service_date=date)
    # A passenger's row of the manifest stands already, without a document.
    legs = legs.filter(
        (legs.kind == "manifest") | ((legs.kind == "passenger") & legs.id_number.notnull())
    )
    columns = TABLES["legs"].columns
    inputs.source.answers["legs"] = legs.mutate(row=replied_leg(legs["row"])).select(
        "row", *columns
    )


def _add_drivers(inputs: Inputs, replies: ibis.Table) -> None:
    drivers = replies.filter((replies.kind == "driver") & (plain_document(replies.id_number) != ""))
    # A driver of unknown hours drove on the day that was asked about, not for ever.
    untimed = drivers.from_time.isnull() & drivers.to_time.isnull()
    day = untimed.ifelse(drivers.asked_service_date, ibis.null("string"))
    drivers = drivers.mutate(
        row=replied_driver(drivers["row"]),
        from_time=ibis.coalesce(drivers.from_time, day),
        to_time=ibis.coalesce(drivers.to_time, day),
    )
    inputs.source.answers["drivers"] = drivers.select("row", *TABLES["drivers"].columns)
