import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.corrections import READABLE_SIGNS as SIGNS
from app.records.receipt_codes import (
    ReceiptMistyped,
    in_groups,
    new_receipt,
    receipt_typed,
    with_check_sign,
)

receipts = st.text(SIGNS, min_size=15, max_size=15).map(with_check_sign)


@given(receipts)
def test_a_code_is_read_as_it_is_shown_in_small_letters_and_with_spaces(receipt):
    for typed in (in_groups(receipt), receipt.lower(), f" {receipt[:3]} {receipt[3:]} "):
        assert receipt == receipt_typed(typed)


@given(receipts, st.integers(0, 15), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found(receipt, place, sign):
    wrong = receipt[:place] + sign + receipt[place + 1 :]
    if wrong != receipt:
        with pytest.raises(ReceiptMistyped):
            receipt_typed(wrong)


@given(receipts, st.integers(0, 14), st.integers(0, 14))
def test_two_signs_that_changed_places_are_found(receipt, one, other):
    signs = list(receipt)
    signs[one], signs[other] = signs[other], signs[one]
    if "".join(signs) != receipt:
        with pytest.raises(ReceiptMistyped):
            receipt_typed("".join(signs))


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_code_or_mistyped(text):
    with contextlib.suppress(ReceiptMistyped):
        assert set(receipt_typed(text)) <= set(SIGNS)


def test_no_code_comes_twice():
    assert 1_000 == len({new_receipt() for _ in range(1_000)})
