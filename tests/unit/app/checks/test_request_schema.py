import json

import pytest

from app.checks.request_schema import CheckRequestInvalid, parse_check_request
from exposure_index.identity.canonical import Identity

GOOD = {"id_type": "passport", "id_number": "x 1234567", "name": "Ana Silva"}


def faults_of(body):
    with pytest.raises(CheckRequestInvalid) as raised:
        parse_check_request(body)
    return raised.value


def test_a_body_becomes_the_canonical_identity():
    assert Identity("X1234567", "AILNSV") == parse_check_request(json.dumps(GOOD).encode())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id_type": "library card"}, ("id_type", "unknown_type")),
        ({"id_number": "-"}, ("id_number", "empty")),
        ({"name": 7}, ("name", "not_text")),
        ({"phone": "1"}, ("", "unknown_field")),
    ],
)
def test_a_fault_names_field_and_reason_and_quotes_nothing(change, fault):
    error = faults_of(json.dumps(GOOD | change).encode())
    assert ((fault,), False) == (error.faults, error.malformed)
    assert fault[1] == str(error)


def test_a_body_that_is_no_json_is_malformed():
    assert faults_of(b"{").malformed


def test_a_field_that_stands_twice_is_refused():
    body = json.dumps(GOOD).encode().replace(b"}", b', "name": "Ana Souza"}')
    assert (("", "duplicate_field"),) == faults_of(body).faults
