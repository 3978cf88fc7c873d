import json
from datetime import date

import pytest

from app.bulk.jobs.views import JobView
from app.bulk.results.receipts import (
    Parties,
    ReceiptRefused,
    ReceiptSigner,
    receipt_document,
    verify_receipt,
)
from app.organisations.policy import told_counts
from app.records.organisations.organisations import Organisation

WORKS = Organisation(1, "works", "Works", 100, 120, "individuals", False, date(2020, 2, 1))
PARTIES = Parties(WORKS, ("示例市",))
SIGNER = ReceiptSigner(bytes(32))
COUNTS = {"exposed": 3, "not_found": 58, "incomplete": 0, "not_checked": 1, "duplicate": 1}


def job(policy="individuals"):
    return JobView(
        id="j1",
        organisation_id=1,
        status="done",
        reading="read",
        rows=63,
        checked=63,
        counts=told_counts(policy, COUNTS, done=True),
        builds=("b1",),
        created_at=1_580_515_200,
        started_at=1_580_515_201,
        finished_at=1_580_515_202,
        expires_at=None,
        failure="",
        failure_row=None,
        failure_column=None,
        waiting="",
        remarks=(),
        rows_per_second=None,
        seconds_left=None,
        policy=policy,
        actor="desk-1",
    )


@pytest.fixture
def receipt():
    return SIGNER.signed(receipt_document(job(), PARTIES, 1_580_515_203))


def test_a_receipt_says_what_the_job_was_and_not_who_asked(receipt):
    document = verify_receipt(receipt, SIGNER.public_key)
    assert {
        "format": "contact-gauge/bulk-receipt/1",
        "job": "j1",
        "organisation": "works",
        "authorities": ["示例市"],
        "policy": "individuals",
        "status": "done",
        "rows": 63,
        "counts": COUNTS,
        "rounded_to": 1,
        "builds": ["b1"],
        "created_at": "2020-02-01T00:00:00Z",
        "started_at": "2020-02-01T00:00:01Z",
        "finished_at": "2020-02-01T00:00:02Z",
        "issued_at": "2020-02-01T00:00:03Z",
        "key_id": document["key_id"],
    } == document


def test_rows_and_counts_are_rounded_where_counts_alone_are_told():
    document = receipt_document(job("counts"), PARTIES, 0)
    expected = {"exposed": 5, "not_found": 55, "incomplete": 0, "not_checked": 0, "duplicate": 0}
    assert (65, expected, 5) == (document["rows"], document["counts"], document["rounded_to"])


def test_a_receipt_that_was_changed_is_refused(receipt):
    changed = receipt.replace(b'"rows":63', b'"rows":64')
    with pytest.raises(ReceiptRefused, match="does not fit"):
        verify_receipt(changed, SIGNER.public_key)


def test_a_receipt_of_another_service_is_refused(receipt):
    with pytest.raises(ReceiptRefused, match="another key"):
        verify_receipt(receipt, ReceiptSigner(bytes(31) + b"\x01").public_key)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"format": 1.5}', b'{"a":1,"a":1}'])
def test_what_is_no_receipt_is_refused(data):
    with pytest.raises(ReceiptRefused):
        verify_receipt(data, SIGNER.public_key)


def test_spaces_and_order_of_a_saved_receipt_do_not_matter(receipt):
    pretty = json.dumps(dict(reversed(json.loads(receipt).items())), indent=2).encode()
    assert "j1" == verify_receipt(pretty, SIGNER.public_key)["job"]


def test_the_key_is_no_part_of_what_is_printed():
    assert bytes(32).hex() not in repr(SIGNER)
