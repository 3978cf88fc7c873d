import json

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from exposure_index.messages.corrections import ExportedCorrection
from exposure_index.messages.sealed_messages import CORRECTION, seal
from index_builder.corrections.request_export import open_requests
from tests.fixtures.correction_requests import (
    DAY,
    MESSAGE,
    PRIVATE,
    PUBLIC,
    export_of,
    exported_correction,
)
from tests.unit.index_builder.corrections.conftest import rows_of

HALF_A_SURROGATE = json.dumps({"version": 2} | dict.fromkeys(MESSAGE, "\ud800")).encode()


def test_what_opens_is_written_and_the_rest_is_named(tmp_path):
    other = X25519PrivateKey.generate().public_key().public_bytes_raw()
    requests = [
        exported_correction("A"),
        exported_correction("A"),
        exported_correction("B", public=other),
    ]
    done = open_requests(
        export_of(*requests, ExportedCorrection("C", DAY, None)), PRIVATE, tmp_path / "out.csv"
    )
    assert (1, ("C",), ("B",)) == (done.requests, done.withdrawn, done.unreadable)
    row = rows_of(tmp_path / "out.csv")[0]
    assert ("A", "2020-02-05", "X0000001", "'=HYPERLINK(1)", "") == tuple(
        row[name] for name in ("reference", "received_on", "id_number", "text", "decision")
    )


def test_a_message_of_another_edition_is_named_apart(tmp_path):
    old = exported_correction("B", {"version": 1})
    done = open_requests(export_of(old, exported_correction("A")), PRIVATE, tmp_path / "out.csv")
    assert (1, (), ("B",)) == (done.requests, done.unreadable, done.outdated)


@pytest.mark.parametrize(
    "content", [b"[" * 8_000, b"[]", b"\xff", b'{"what": 1}', b"", HALF_A_SURROGATE]
)
def test_a_message_that_no_form_sent_stops_none_of_the_others(tmp_path, content):
    poison = ExportedCorrection("B", DAY, seal(PUBLIC, content, CORRECTION))
    done = open_requests(export_of(poison, exported_correction("A")), PRIVATE, tmp_path / "out.csv")
    assert (1, ("B",)) == (done.requests, done.unreadable)
