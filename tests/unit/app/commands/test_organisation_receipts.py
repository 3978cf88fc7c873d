import json
from datetime import date

import pytest

from app.bulk.results.receipts import Parties, ReceiptSigner, receipt_document
from app.records.organisations.organisations import Organisation
from exposure_index.crypto.keys import KeyRing
from tests.unit.app.bulk.results.test_receipts import job

WORKS = Organisation(1, "works", "Works", 100, 120, "individuals", False, date(2020, 2, 1))


@pytest.fixture
def signer(published):
    return ReceiptSigner(KeyRing.from_directory(published.web_keys, {}).bytes("records"))


@pytest.fixture
def receipt(signer, tmp_path):
    file = tmp_path / "receipt.json"
    file.write_bytes(signer.signed(receipt_document(job(), Parties(WORKS, ("示例市",)), 0)))
    return file


def test_a_receipt_is_checked_by_the_key_of_this_machine(gauge, receipt):
    code, out, _ = gauge("org", "verify-receipt", str(receipt))
    assert (0, "genuine") == (code, out.splitlines()[0])
    assert '"exposed": 3' in out


def test_a_receipt_is_checked_by_a_public_key_without_any_key_of_the_service(
    gauge, signer, receipt, monkeypatch
):
    monkeypatch.delenv("GAUGE_KEYS_DIR")
    key = ("--key", signer.public_key.hex())
    code, out, _ = gauge("org", "verify-receipt", str(receipt), *key, "--json")
    assert (0, 63) == (code, json.loads(out)["rows"])


def test_a_receipt_that_was_changed_ends_with_refused(gauge, receipt):
    receipt.write_bytes(receipt.read_bytes().replace(b'"rows":63', b'"rows":62'))
    code, out, err = gauge("org", "verify-receipt", str(receipt))
    assert (11, "") == (code, out)
    assert "was changed" in err


@pytest.mark.parametrize("key", ["x", "AB" * 32])
def test_what_is_no_key_is_a_usage_error(gauge, receipt, key):
    assert 2 == gauge("org", "verify-receipt", str(receipt), "--key", key)[0]
