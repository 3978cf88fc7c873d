"""Whatever a department writes into a row, it is taken, refused by column, or left blank."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.identity.document import canonical_document
from index_builder.replies.inquiry_kinds import KINDS
from index_builder.replies.reply_check import COLUMNS, InquiryFacts, check_reply

SUBJECTS = {
    "manifest": {"mode": "train", "number": "G1", "service_date": "2020-01-20"},
    "passenger": {"mode": "flight", "number": "CA1", "service_date": "2020-01-20", "seat": "1A"},
    "holder": {"about": "X0000001", "id_type": "passport"},
    "number": {"about": "990101199001010010", "id_type": "resident"},
    "driver": {"plate": "粤A12345", "service_date": "2020-01-20"},
}
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "X0000002", "passport", "resident", "990101199001010027", "2020-01-20", "王", "yes"]
    ),
)
CELLS = st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, TEXTS))


def check(kind, cells):
    inquiry = InquiryFacts(KINDS[kind], "transport", SUBJECTS[kind])
    return check_reply({"inquiry_id": f"{kind}-0", **cells}, inquiry, date(2020, 1, 22))


@given(st.sampled_from(sorted(KINDS)), CELLS)
def test_a_row_is_blank_or_refused_by_column_or_whole(kind, cells):
    cells.pop("inquiry_id", None)
    reply = check(kind, cells)
    if isinstance(reply, dict):
        assert list(COLUMNS) == list(reply)
        named = canonical_document(reply["id_number"] or reply["about"])
        assert reply["not_known"] == "yes" or named
    elif reply is not None:
        assert reply
        for fault in reply:
            assert fault.column in COLUMNS


@given(st.sampled_from(sorted(KINDS)), CELLS)
def test_no_answer_changes_what_was_asked(kind, cells):
    cells.pop("inquiry_id", None)
    reply = check(kind, cells)
    if isinstance(reply, dict):
        for name in set(KINDS[kind].from_inquiry) - set(KINDS[kind].from_reply):
            assert SUBJECTS[kind].get(name, "") == reply[name]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_row_that_was_only_looked_at_is_blank(kind):
    assert check(kind, {"answered_by": "somebody", "id_number": "  "}) is None


def test_a_document_of_another_kind_needs_no_check_digit():
    assert isinstance(check("number", {"id_type": "passport", "id_number": "X0000002"}), dict)
