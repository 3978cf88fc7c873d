"""People whose ten digits begin with the same eight, under which both of them are entered.

Ten digits may be a permit for Taiwan residents, of which a check under that kind keeps eight. Two
people of consecutive numbers then share an entry, and an index can hold each entry once: both are
listed, so that they are told what either of them is.
"""

import ibis

from index_builder.runtime.workspace import Workspace

_PERMIT_DIGITS = 8
_PERMIT = "^[0-9]{8}([0-9]{2})?$"
PERMIT_LENGTHS = (_PERMIT_DIGITS, _PERMIT_DIGITS + 2)
"""A number of another length is no permit."""


def shared_permits(work: Workspace, entered: ibis.Table) -> ibis.Table | None:
    """Return (listed_person, one) of the people who share a permit; None where nobody does.

    entered: person and document of everybody to be listed; one: the person in whose place all who
    share a permit stand, the first of them.
    """
    permits = entered.filter(entered.document.re_search(_PERMIT))
    keyed = permits.select(
        "person",
        permit=permits.document.substr(0, _PERMIT_DIGITS),
        digits=permits.document.length(),
    ).distinct()
    counts = keyed.group_by("permit").agg(people=keyed.person.nunique(), longest=keyed.digits.max())
    several = counts.filter((counts.people > 1) & (counts.longest > _PERMIT_DIGITS))
    rows = keyed.semi_join(several, "permit").select("permit", "person").distinct()
    data = rows.order_by("permit", "person").to_pyarrow().to_pydict()
    first: dict[str, str] = {}
    root: dict[str, str] = {}
    for permit, person in zip(data["permit"], data["person"], strict=True):
        ends = (_root(root, first.setdefault(permit, person)), _root(root, person))
        root[max(ends)] = min(ends)
    if not root:
        return None
    kind = str(entered.schema()["person"]).lstrip("!")
    pairs = [(person, _root(root, person)) for person in sorted(root)]
    return work.small("shared_permits", {"listed_person": kind, "one": kind}, pairs)


def as_one_person(table: ibis.Table, shared: ibis.Table) -> ibis.Table:
    """Return a table with the one person in the place of each who shares a permit."""
    joined = table.left_join(shared, table.person == shared.listed_person)
    return joined.mutate(person=ibis.coalesce(joined.one, joined.person)).drop(
        "listed_person", "one"
    )


def _root(root: dict[str, str], person: str) -> str:
    while root.setdefault(person, person) != person:
        person = root[person]
    return person
