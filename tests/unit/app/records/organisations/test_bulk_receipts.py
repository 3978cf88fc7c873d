from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.records.organisations.bulk_receipts import (
    StoredReceipt,
    add_receipt,
    bulk_receipts,
    purge_receipts,
    receipt_of,
)

RECEIPT = StoredReceipt(1, "j1", '{"rows":3,"名":1}'.encode(), date(2020, 2, 1))


@pytest.fixture
def kept(records):
    with records.writing() as connection:
        add_receipt(connection, records.cipher, RECEIPT)
    return records


def test_a_receipt_is_found_by_its_organisation_alone(kept):
    with kept.reading() as connection:
        assert RECEIPT.document == receipt_of(connection, kept.cipher, 1, "j1")
        assert receipt_of(connection, kept.cipher, 2, "j1") is None


def test_no_count_stands_in_the_database_in_clear(kept):
    with kept.reading() as connection:
        field = connection.execute(select(bulk_receipts.c.document)).scalar_one()
    assert b'"rows":3' not in field


def test_a_job_has_one_receipt(kept):
    with pytest.raises(IntegrityError), kept.writing() as connection:
        add_receipt(connection, kept.cipher, RECEIPT)


def test_receipts_are_deleted_by_the_day_of_issue(kept):
    with kept.writing() as connection:
        assert 0 == purge_receipts(connection, date(2020, 2, 1))
        assert 1 == purge_receipts(connection, date(2020, 2, 2))
