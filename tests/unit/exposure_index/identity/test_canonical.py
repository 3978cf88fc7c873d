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
from exposure_index.identity.parsing import (
    InvalidIdentity,
    parse_identity,
)

FOLDER = Path(exposure_index.__file__).parent
VECTORS = json.loads((FOLDER / "identity_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_every_vector_of_the_shared_file_holds(vector):
    fields = vector["id_type"], vector["id_number"], vector["name"]
    if "invalid" in vector:
        with pytest.raises(InvalidIdentity) as raised:
            parse_identity(*fields)
        assert vector["invalid"] == {"field": raised.value.field, "reason": raised.value.reason}
    else:
        identity = parse_identity(*fields)
        assert (vector["document"], vector["canonical_name"]) == (identity.document, identity.name)
        assert vector["x0"] == identity.encode().hex(" ")
        assert vector["xd"] == identity.encode_document().hex(" ")


def test_the_identity_hash_covers_table_and_vectors():
    both = (FOLDER / "fold.tsv").read_bytes() + (FOLDER / "identity_vectors.json").read_bytes()
    assert sha256(both).hexdigest() == IDENTITY_HASH


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
