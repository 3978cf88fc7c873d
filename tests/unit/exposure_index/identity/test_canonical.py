import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exposure_index
from exposure_index.identity.canonical import IDENTITY_HASH, FieldTooLong, Identity, IdentityClaim
from exposure_index.identity.document import canonical_document
from exposure_index.identity.name import canonical_name
from exposure_index.identity.parsing import InvalidIdentity, field_faults, parse_identity
from tools.make_identity_vectors import INPUTS, vectors_text

FOLDER = Path(exposure_index.__file__).parent
FILE_TEXT = (FOLDER / "identity_vectors.json").read_text("utf-8")
VECTORS = json.loads(FILE_TEXT)["vectors"]
ACCEPTED = [vector for vector in VECTORS if "faults" not in vector]
REFUSED = [vector for vector in VECTORS if "faults" in vector]


def input_fields(vector):
    return {field: vector[field] for field in INPUTS if field in vector}


@pytest.mark.parametrize("vector", ACCEPTED, ids=lambda vector: vector["why"])
def test_every_accepted_vector_gives_its_encodings(vector):
    claim = parse_identity(**input_fields(vector))
    assert (vector["document"], vector["names"]) == (claim.document, list(claim.names))
    assert vector["xd"] == claim.encode_document().hex(" ")
    names = [vector[f"x{at}"] for at in range(len(vector["names"]))]
    assert names == [encoded.hex(" ") for encoded in claim.encode_names()]


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector["why"])
def test_every_refused_vector_is_refused_for_its_first_fault(vector):
    with pytest.raises(InvalidIdentity) as raised:
        parse_identity(**input_fields(vector))
    field, fault = next(iter(vector["faults"].items()))
    assert (field, fault["reason"]) == (raised.value.field, raised.value.reason)


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector["why"])
def test_every_refused_vector_names_each_fault_and_a_refused_character(vector):
    expected = [
        (field, each["reason"], each.get("character")) for field, each in vector["faults"].items()
    ]
    faults = field_faults(**input_fields(vector)).items()
    assert expected == [(field, fault.reason, fault.character) for field, fault in faults]


def test_the_vectors_file_is_what_its_tool_writes():
    assert FILE_TEXT == vectors_text(json.loads(FILE_TEXT))


def test_the_identity_hash_covers_tables_and_vectors_in_the_order_of_their_names():
    names = ("fold.tsv", "identity_vectors.json", "latin.tsv", "lookalikes.tsv")
    files = b"".join((FOLDER / name).read_bytes() for name in names)
    assert sha256(files).hexdigest() == IDENTITY_HASH


@given(st.text())
def test_no_text_breaks_a_canonical_form(text):
    assert canonical_document(text).isascii()
    assert "\0" not in canonical_name(text)
    Identity(canonical_document(text), canonical_name(text)).encode()


def test_the_length_of_each_field_stands_before_it():
    identity = Identity("AB1", "张")
    assert b"\x01\x00\x03AB1\x00\x03\xe5\xbc\xa0" == identity.encode()
    assert b"\x02\x00\x03AB1" == identity.encode_document()


def test_a_claim_is_encoded_once_for_each_of_its_names():
    claim = IdentityClaim("AB1", ("张", "AGHNZ"))
    alone = Identity("AB1", "张"), Identity("AB1", "AGHNZ")
    assert tuple(each.encode() for each in alone) == claim.encode_names()
    assert alone[0].encode_document() == claim.encode_document()


def test_a_field_past_its_length_prefix_is_refused():
    with pytest.raises(FieldTooLong):
        Identity("A" * 65536, "B").encode()
