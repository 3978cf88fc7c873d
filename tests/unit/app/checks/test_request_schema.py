import json

import pytest

from app.checks.request_schema import CheckRequestInvalid, RequestFault, parse_check_request
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.name import canonical_name

GOOD = {"id_type": "passport", "id_number": "x 1234567", "name": "Ana Silva"}


def faults_of(body):
    with pytest.raises(CheckRequestInvalid) as raised:
        parse_check_request(body)
    return raised.value


def test_a_body_becomes_the_canonical_identity():
    claim = IdentityClaim("X1234567", (canonical_name("Ana Silva"),))
    assert claim == parse_check_request(json.dumps(GOOD).encode())


def test_both_names_of_a_body_are_asked_about():
    both = GOOD | {"name": "安娜", "name_latin": "Ana Silva"}
    names = (canonical_name("安娜"), canonical_name("Ana Silva"))
    assert IdentityClaim("X1234567", names) == parse_check_request(json.dumps(both).encode())


def test_a_name_in_letters_may_stand_alone_in_its_own_field():
    alone = GOOD | {"name": "", "name_latin": "Ana Silva"}
    assert parse_check_request(json.dumps(GOOD).encode()) == (
        parse_check_request(json.dumps(alone).encode())
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id_type": "library card"}, ("id_type", "unknown_type")),
        ({"id_number": "-"}, ("id_number", "empty")),
        ({"name": "安娜"}, ("name_latin", "latin_name_needed")),
        ({"name_latin": 7}, ("name_latin", "not_text")),
        ({"name": 7}, ("name", "not_text")),
        ({"phone": "1"}, ("", "unknown_field")),
    ],
)
def test_a_fault_names_field_and_reason_and_quotes_nothing(change, fault):
    error = faults_of(json.dumps(GOOD | change).encode())
    assert ((RequestFault(*fault),), False) == (error.faults, error.malformed)
    assert fault[1] == str(error)


def test_a_body_that_is_no_json_is_malformed():
    assert faults_of(b"{").malformed


def test_a_field_that_stands_twice_is_refused():
    body = json.dumps(GOOD).encode().replace(b"}", b', "name": "Ana Souza"}')
    assert (RequestFault("", "duplicate_field"),) == faults_of(body).faults


def test_a_refused_character_is_named_and_nothing_else_of_the_value():
    [fault] = faults_of(json.dumps(GOOD | {"id_number": "X123*567"}).encode()).faults
    assert RequestFault("id_number", "character", "*") == fault
