"""Staff lists as they come: each is read, and no row that is not understood is "not found"."""

import io

import pytest

from exposure_index.identity.parsing import InvalidIdentity, parse_identity
from tables.staff_lists.staff_list import (
    REASONS,
    REFUSALS,
    ColumnsUnclear,
    ListRefused,
    ListSource,
    open_staff_list,
    reason_of,
    row_claims,
)
from tests.fixtures.messy_workbooks import MessyCast, messy_workbooks

CAST = MessyCast()
LISTS = messy_workbooks(CAST)
LISTED = {
    (claim.document, name)
    for person in (CAST.listed, CAST.passport)
    for claim in [parse_identity(person.id_type, person.id_number, person.name)]
    for name in claim.names
}


def first_answer(source):
    try:
        open_staff_list(source)
    except ColumnsUnclear:
        return "columns"
    except ListRefused as error:
        return error.code
    return ""


def state(person, before):
    """What a check would answer, by the claims of the person and of whoever stands above."""
    try:
        claims, doubt = row_claims(person)
    except InvalidIdentity as error:
        return reason_of(error)
    pairs = {(claim.document, name) for claim in claims for name in claim.names}
    if doubt:
        return "exposed" if pairs & LISTED else doubt
    if claims in before:
        return "duplicate"
    before.append(claims)
    return "exposed" if pairs & LISTED else "not_found"


@pytest.mark.parametrize("messy", LISTS, ids=lambda messy: messy.name)
def test_every_row_of_a_messy_list_has_its_state(messy):
    source = ListSource(messy.name, messy.kind, lambda: io.BytesIO(messy.data))
    assert messy.first_answer == first_answer(source)
    if messy.first_answer and messy.choice is None:
        return
    before = []
    states = {
        row.row: row.reason or state(row.person, before)
        for block in open_staff_list(source, messy.choice).blocks()
        for row in block
    }
    assert messy.expected == states


def test_there_are_more_than_fifty_messy_lists_of_distinct_names():
    assert 50 < len({messy.name for messy in LISTS}) == len(LISTS)


def test_every_answer_is_a_code_that_there_is():
    answers = {answer for messy in LISTS for answer in messy.expected.values()}
    assert set() == answers - {"exposed", "not_found", "duplicate", *REASONS}
    assert set() == {messy.first_answer for messy in LISTS} - {"", "columns", *REFUSALS}
