import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.citizens.receipt_codes import (
    READABLE_SIGNS,
    ReceiptMistyped,
    in_groups,
    new_receipt,
    parse_receipt,
    with_check_sign,
)

receipts = st.text(READABLE_SIGNS, min_size=15, max_size=15).map(with_check_sign)


@given(receipts)
def test_a_code_is_read_as_it_is_shown_in_small_letters_and_with_spaces(receipt):
    for spelling in (in_groups(receipt), receipt.lower(), f" {receipt[:3]} {receipt[3:]} "):
        assert receipt == parse_receipt(spelling)


@given(receipts, st.integers(0, 15), st.sampled_from(READABLE_SIGNS))
def test_one_wrong_sign_is_found(receipt, place, sign):
    wrong = receipt[:place] + sign + receipt[place + 1 :]
    if wrong != receipt:
        with pytest.raises(ReceiptMistyped):
            parse_receipt(wrong)


@given(receipts, st.integers(0, 14), st.integers(0, 14))
def test_two_signs_that_changed_places_are_found(receipt, one, other):
    signs = list(receipt)
    signs[one], signs[other] = signs[other], signs[one]
    if "".join(signs) != receipt:
        with pytest.raises(ReceiptMistyped):
            parse_receipt("".join(signs))


@given(st.text(max_size=200))
def test_whatever_is_written_is_a_code_or_mistyped(text):
    with contextlib.suppress(ReceiptMistyped):
        assert set(parse_receipt(text)) <= set(READABLE_SIGNS)


def test_no_code_comes_twice():
    assert 1_000 == len({new_receipt() for _ in range(1_000)})
