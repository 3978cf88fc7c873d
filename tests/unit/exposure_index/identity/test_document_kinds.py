import pytest

from exposure_index.identity.document import ID_TYPES, canonical_document
from exposure_index.identity.document_kinds import UNCLEAR, find_id_type
from exposure_index.identity.parsing import InvalidIdentity, parse_document
from tests.fixtures.document_forms import KIND_OF_NUMBER
from tests.fixtures.drawn_identities import DrawnIdentities

DRAWN = 20_000


@pytest.mark.parametrize(("number", "kind"), KIND_OF_NUMBER.items())
def test_the_kind_is_found_from_the_form_of_the_number(number, kind):
    assert kind == find_id_type(number)


def test_no_kind_that_is_found_looks_up_another_number_than_the_kind_that_is_right():
    drawn = DrawnIdentities(7)
    for number in [drawn.number() for _ in range(DRAWN)]:
        found = find_id_type(number)
        if found == UNCLEAR:
            continue
        forms = {canonical_document(number, kind) for kind in ID_TYPES}
        assert {canonical_document(number, found)} == forms, number


def test_a_number_is_no_worse_judged_than_under_the_kind_that_is_right():
    drawn = DrawnIdentities(8)
    for number in [drawn.number() for _ in range(DRAWN)]:
        found = find_id_type(number) or "other"
        if _passes("resident", number):
            assert _passes(found, number), number
        if _passes(found, number) and found != "resident":
            assert _passes("other", number), number


def _passes(kind, number):
    try:
        return bool(parse_document(kind, number))
    except InvalidIdentity:
        return False
