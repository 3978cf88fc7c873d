"""Keys, requests and responses of the private check, against RFC 9497 and hostile clients."""

import secrets

import pytest
from voprf import ristretto

from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.canonical import Identity, IdentityClaim
from exposure_index.private.client import BlindedIdentity, ResponseRefused
from exposure_index.private.evaluation import (
    FirstEditionRequest,
    KeyUnknown,
    LocalEvaluator,
    PrivateKey,
    RequestInvalid,
    private_keys,
)

KEY = PrivateKey.derive(1, bytes(range(32)))
OTHER = PrivateKey.derive(2, bytes(range(32)))
PERSON = Identity("X00000017", "AAAILNSV")
FIELD_PRIME = 2**255 - 19

# RFC 9497, appendix A.1.2: ristretto255-SHA512, VOPRF mode
RFC_SEED = bytes.fromhex("a3" * 32)
RFC_INFO = b"test key"
RFC_PUBLIC_KEY = (
    "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"  # pragma: allowlist secret
)
RFC_BLINDED = (
    "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"  # pragma: allowlist secret
)
RFC_EVALUATED = (
    "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"  # pragma: allowlist secret
)
RFC_OUTPUT = (
    "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d"  # pragma: allowlist secret
    "a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c"  # pragma: allowlist secret
)
RFC_SECOND_OUTPUT = (
    "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60"  # pragma: allowlist secret
    "356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6"  # pragma: allowlist secret
)


def test_the_library_agrees_with_the_rfc():
    function = ristretto.Evaluator.from_seed(RFC_SEED, RFC_INFO)
    blinded = ristretto.BlindedInput.deserialize(bytes.fromhex(RFC_BLINDED))
    assert RFC_PUBLIC_KEY == function.public_key.serialize().hex()
    assert RFC_EVALUATED == function.evaluate(blinded).serialize()[64:].hex()
    assert RFC_OUTPUT == function.evaluate_known_input(b"\x00").hex()
    assert RFC_SECOND_OUTPUT == function.evaluate_known_input(b"\x5a" * 17).hex()


def test_the_number_of_a_key_is_bound_into_it():
    assert KEY.public_key != OTHER.public_key
    function = ristretto.Evaluator.from_seed(bytes(range(32)), b"gauge/v1/private|key=1")
    assert bytes(function.public_key.serialize()) == KEY.public_key


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        PrivateKey.derive(1, bytes(length))


def test_client_and_builder_arrive_at_the_same_outputs():
    blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
    outputs = blinded.finalize(KEY.evaluate(blinded.request), KEY.public_key)
    assert KEY.output(PERSON.encode()) == outputs.names[0]
    assert KEY.output(PERSON.encode_document()) == outputs.document


def test_both_names_of_a_claim_arrive_at_their_outputs():
    claim = IdentityClaim("X00000017", ("张伟", "AGHINWZ"))
    blinded = BlindedIdentity.blind(claim, KEY.key_id)
    outputs = blinded.finalize(KEY.evaluate(blinded.request), KEY.public_key)
    assert tuple(map(KEY.output, claim.encode_names())) == outputs.names


def test_in_the_place_of_a_second_name_stands_another_output_each_time():
    seconds = set()
    for _ in range(2):
        blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
        seconds.add(blinded.finalize(KEY.evaluate(blinded.request), KEY.public_key).names[1])
    assert 2 == len(seconds - {KEY.output(PERSON.encode())})


def test_one_name_and_two_give_requests_of_one_form():
    claims = (IdentityClaim("X00000017", names) for names in (("A",), ("A", "B")))
    lengths = {len(BlindedIdentity.blind(claim, KEY.key_id).request) for claim in claims}
    assert {105} == lengths


def test_a_third_name_is_refused_rather_than_left_out():
    with pytest.raises(ValueError, match="two names"):
        BlindedIdentity.blind(IdentityClaim("X00000017", ("A", "B", "C")), KEY.key_id)


def test_a_request_has_105_bytes_and_its_answer_169():
    request = BlindedIdentity.blind(PERSON, KEY.key_id).request
    assert (105, 169) == (len(request), len(KEY.evaluate(request)))
    assert bytes([2]) + KEY.key_id == request[:9] == KEY.evaluate(request)[:9]


def test_no_two_questions_about_one_person_are_alike():
    first, second = (BlindedIdentity.blind(PERSON, KEY.key_id).request for _ in range(2))
    assert first[9:41] != second[9:41]
    assert first[41:73] != second[41:73]
    assert first[73:] != second[73:]


def element(value: int) -> bytes:
    return value.to_bytes(32, "little")


REQUEST = BlindedIdentity.blind(PERSON, KEY.key_id).request
VALUE = int.from_bytes(REQUEST[9:41], "little")
PLACES = (9, 41, 73)  # of xd, x0 and x1


def with_element(data: bytes, place: int, changed: bytes) -> bytes:
    return data[:place] + changed + data[place + 32 :]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"",
        REQUEST[:-1],
        REQUEST + b"\x00",
        REQUEST + REQUEST[9:41],
        REQUEST[:73],
        b"\x01" + REQUEST[1:],
        b"\x03" + REQUEST[1:],
        REQUEST * 1_000,
    ],
    ids=range(8),
)
def test_what_is_no_request_is_refused(request_bytes):
    with pytest.raises(RequestInvalid) as refusal:
        KEY.evaluate(request_bytes)
    assert RequestInvalid is refusal.type


def test_a_request_of_the_first_edition_is_refused_as_one():
    with pytest.raises(FirstEditionRequest):
        KEY.evaluate(b"\x01" + REQUEST[1:73])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "changed",
    [
        bytes(32),  # the identity element
        element(FIELD_PRIME),
        element(FIELD_PRIME - VALUE),  # negative
        element(VALUE | 1 << 255),
        b"\xff" * 32,
        element(1),
    ],
    ids=["identity", "prime", "negative", "high bit", "ones", "no point"],
)
def test_an_element_of_none_of_the_group_is_refused_in_every_place(place, changed):
    with pytest.raises(RequestInvalid):
        KEY.evaluate(with_element(REQUEST, place, changed))


@pytest.mark.parametrize("place", PLACES)
def test_no_identity_element_is_believed_in_a_response(place):
    blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
    response = KEY.evaluate(blinded.request)
    with pytest.raises(ResponseRefused):
        blinded.finalize(with_element(response, place, bytes(32)), KEY.public_key)


def test_small_field_elements_never_crash_it():
    refused = 0
    for value in range(200):
        try:
            KEY.evaluate(with_element(REQUEST, 73, element(value)))
        except RequestInvalid:
            refused += 1
    assert refused > 100  # odd ones are negative, and half of the others no square


def test_another_key_is_unknown():
    with pytest.raises(KeyUnknown):
        LocalEvaluator([OTHER]).evaluate(REQUEST)
    assert 169 == len(LocalEvaluator([OTHER, KEY]).evaluate(REQUEST))


@pytest.mark.parametrize("place", [0, 1, 8, 9, 40, 41, 72, 73, 104, 105, 136, 137, 168])
def test_a_response_changed_anywhere_is_refused(place):
    blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
    response = bytearray(KEY.evaluate(blinded.request))
    response[place] ^= 1
    with pytest.raises(ResponseRefused):
        blinded.finalize(bytes(response), KEY.public_key)


@pytest.mark.parametrize(
    "changed",
    [
        lambda r: r[:-1],
        lambda r: r + b"\x00",
        lambda _: b"",
        lambda r: r[:9] + r[41:73] + r[9:41] + r[73:],
        lambda r: r[:41] + r[73:105] + r[41:73] + r[105:],
        lambda r: r[:105] + r[137:] + r[105:137],
    ],
    ids=["cut", "longer", "empty", "swapped", "names swapped", "proof swapped"],
)
def test_a_response_cut_lengthened_or_with_its_elements_swapped_is_refused(changed):
    blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
    with pytest.raises(ResponseRefused):
        blinded.finalize(changed(KEY.evaluate(blinded.request)), KEY.public_key)


def test_a_server_with_another_key_cannot_pass():
    blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
    theirs = OTHER.evaluate(b"\x02" + OTHER.key_id + blinded.request[9:])
    with pytest.raises(ResponseRefused):
        blinded.finalize(b"\x02" + KEY.key_id + theirs[9:], KEY.public_key)
    with pytest.raises(ResponseRefused):
        blinded.finalize(KEY.evaluate(blinded.request), OTHER.public_key)


def test_the_answer_to_another_question_is_refused():
    mine, theirs = (BlindedIdentity.blind(PERSON, KEY.key_id) for _ in range(2))
    with pytest.raises(ResponseRefused):
        mine.finalize(KEY.evaluate(theirs.request), KEY.public_key)


def test_no_key_and_no_person_shows_in_a_repr():
    blinded = BlindedIdentity.blind(PERSON, KEY.key_id)
    assert bytes(range(32)).hex() not in repr(KEY)
    assert "X0000" not in repr(blinded)


def test_keys_are_found_in_files_and_environment(tmp_path):
    (tmp_path / "private_1").write_text(secrets.token_hex(32))
    (tmp_path / "private_01").write_text("not a key name")
    environment = {"GAUGE_KEY_PRIVATE_3": secrets.token_hex(32), "private_9": "x"}
    assert [1, 3] == [key.no for key in private_keys(KeyRing(tmp_path, environment))]
