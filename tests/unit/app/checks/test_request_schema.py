import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import request_schema
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
    assert claim.encode() == parse_check_request(json.dumps(GOOD).encode())


def test_both_names_of_a_body_are_asked_about():
    both = GOOD | {"name": "安娜", "name_latin": "Ana Silva"}
    names = (canonical_name("安娜"), canonical_name("Ana Silva"))
    claim = IdentityClaim("X1234567", names)
    assert claim.encode() == parse_check_request(json.dumps(both).encode())


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


GOOD_BODY = json.dumps(GOOD | {"name_latin": "Ana"}).encode()
TWISTS = [
    *(bytes([byte]) for byte in b'"\\/,:{}[]\x00\x1f\x7f\xff \t\n\r\x0b\x0c1e-.'),
    *(b"\\u0000", b"\\ud800", b"\\udc00", b"\\ud83d\\ude00", b"\\ud83dx", b"\\u12", b"\\x", b"\\/"),
    *(
        b'\\"',
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf0\x9f\x98\x80",
        b"\xef\xbb\xbf",
    ),
    *(b"null", b"true", b"NaN", b"Infinity", b"1e999", b"9" * 400, b"//c\n", b"[" * 600),
    *(
        b'"name":"C",',
        b'"\\u006eame":"C",',
        b'"name_latin":"",',
        b'"name_latin":null,',
        b'"x":{"y":[1]},',
    ),
]


@st.composite
def twisted_bodies(draw):
    """A good body with something put in, cut out or put over, once to three times."""
    body = draw(st.sampled_from([GOOD_BODY, json.dumps(GOOD).encode(), BODY_OF_ESCAPES]))
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(body)))
        end = begin + draw(st.sampled_from([0, 0, 0, 1, 2, 10, 22]))
        body = body[:begin] + draw(st.sampled_from([*TWISTS, b""])) + body[end:]
    return body


BODY_OF_ESCAPES = json.dumps(
    {"id_type": "resident", "id_number": "\u2028\x7f", "name": "张伟\\"}
).encode()


def judgement(read, body):
    """The texts of a body, or its faults."""
    try:
        return read(body)
    except CheckRequestInvalid as error:
        return error.faults, error.malformed


@settings(max_examples=600)
@given(twisted_bodies())
def test_the_quick_decoder_judges_as_the_schema_does(body):
    expected = judgement(request_schema._judged_fields, body)
    assert expected == judgement(request_schema._fields, body)


@pytest.mark.parametrize(("twist", "quote"), list(product(TWISTS, [b"Ana", b"name", b":", b"}"])))
def test_each_twist_is_judged_as_the_schema_judges_it(twist, quote):
    for body in (GOOD_BODY.replace(quote, twist + quote), GOOD_BODY.replace(quote, quote + twist)):
        expected = judgement(request_schema._judged_fields, body)
        assert expected == judgement(request_schema._fields, body)


def test_a_body_in_perfect_order_needs_no_schema(monkeypatch):
    monkeypatch.setattr(request_schema, "_judged_fields", None)
    for fields in (GOOD, GOOD | {"name_latin": ""}, GOOD | {"name": "安娜", "name_latin": "Ana"}):
        for escaped in (True, False):
            parse_check_request(json.dumps(fields, ensure_ascii=escaped).encode())
