"""Blinding, unblinding and proof in the browser: RFC 9497 and this project's evaluator."""

import pytest
from voprf import ristretto

from exposure_index.identity.canonical import Identity
from exposure_index.private.evaluation import PrivateKey

KEY = PrivateKey.derive(1, bytes(range(32)))
OTHER = PrivateKey.derive(2, bytes(range(32)))
PERSON = Identity("X00000017", "AAAILNSV")
HAN = Identity("X00000017", "甲乙")

# RFC 9497, appendix A.1.2.3: ristretto255-SHA512, VOPRF mode, a batch of two; a third one beside
RFC_KEY = ristretto.Evaluator.from_seed(bytes.fromhex("a3" * 32), b"test key")
PUBLIC = "c803e2cc6b05fc15 064549b5920659ca 4a77b2cca6f04f6b 357009335476ad4e"
INPUTS = "00", "5a" * 17
BLINDS = (
    "64d37aed22a27f51 91de1c1d69fadb89 9d8862b58eb42200 29e036ec4c1f6706",
    "222a5e897cf59db8 145db8d16e597e8f acb80ae7d4e26d98 81aa6f61d645fc0e",
)
BLINDED = (
    "863f330cc1a1259e d5a5998a23acfd37 fb4351a793a5b3c0 90b642ddc439b945",
    "90a0145ea9da2925 4c3a56be4fe18546 5ebb3bf2a1801f71 24bbbadac751e654",
)
EVALUATED = (
    "aa8fa048764d5623 868679402ff6108d 2521884fa138cd7f 9c7669a9a014267e",
    "cc5ac221950a49ce aa73c8db41b82c20 372a4c8d63e5dded 2db920b7eee36a2a",
)
OUTPUTS = (
    "b58cfbe118e0cb94 d79b5fd6a6dafb98 764dff49c14e1770 b566e42402da1a7d"
    "a4d8527693914139 caee5bd03903af43 a491351d23b43094 8dd50cde10d32b3c",
    "8a9a2f3c7f085b65 933594309041fc18 98d42d0858e59f90 814ae90571a6df60"
    "356f4610bf816f27 afdd84f47719e480 906d27ecd9949858 90e5f539e7ea74b6",
)


def as_bytes(data):
    return {"hex": data.replace(" ", "") if isinstance(data, str) else data.hex()}


def key_of(key):
    return {"keyId": as_bytes(key.key_id), "publicKey": as_bytes(key.public_key)}


def inputs_of(identity, other=None):
    inputs = {"xd": as_bytes(identity.encode_document()), "x0": as_bytes(identity.encode())}
    return {**inputs, "x1": as_bytes(other.encode())} if other else inputs


def evaluated_by_three(request):
    """Return what an evaluator with the key of the RFC makes of a request."""
    elements = [request[at : at + 32] for at in (9, 41, 73)]
    batch = RFC_KEY.evaluate_batch([ristretto.BlindedInput.deserialize(each) for each in elements])
    data = bytes(batch.serialize())
    return request[:9] + data[64:] + data[:64]


ONE_NAME, TWO_NAMES = inputs_of(PERSON), inputs_of(PERSON, HAN)


def drawn(blind):
    """Return the random bytes of which a scalar comes out: below the order less one, plus one."""
    scalar = int.from_bytes(bytes.fromhex(blind.replace(" ", "")), "little")
    return (scalar - 1).to_bytes(48, "little").hex()


def test_the_vectors_of_rfc_9497_come_out(in_browser):
    key = {"keyId": as_bytes("00" * 8), "publicKey": as_bytes(PUBLIC)}
    inputs = {"xd": as_bytes(INPUTS[0]), "x0": as_bytes(INPUTS[1]), "x1": as_bytes("00" * 32)}
    fixed = {"drawn": [drawn(blind) for blind in (*BLINDS, BLINDS[0])]}
    (exchange,) = in_browser([("questionAbout", [inputs, key, fixed])])
    question = exchange["returned"]
    request = bytes.fromhex(question["request"]["hex"])
    assert as_bytes("02" + "00" * 8 + "".join(BLINDED)) == as_bytes(request[:73])
    response = evaluated_by_three(request)
    assert as_bytes("".join(EVALUATED)) == as_bytes(response[9:73])
    (answer,) = in_browser([("outputsOf", [question, as_bytes(response), key])])
    outputs = answer["returned"]
    found = [outputs["document"], outputs["identities"][0]]
    assert list(map(as_bytes, OUTPUTS)) == found


@pytest.fixture(scope="module")
def exchange(in_browser):
    (answer,) = in_browser([("questionAbout", [inputs_of(PERSON), key_of(KEY)])])
    question = answer["returned"]
    return question, KEY.evaluate(bytes.fromhex(question["request"]["hex"]))


def test_the_evaluator_of_the_service_gives_the_outputs_of_the_builder(in_browser, exchange):
    question, response = exchange
    (answer,) = in_browser([("outputsOf", [question, as_bytes(response), key_of(KEY)])])
    outputs = answer["returned"]
    assert as_bytes(KEY.output(PERSON.encode_document())) == outputs["document"]
    assert as_bytes(KEY.output(PERSON.encode())) == outputs["identities"][0]


def test_the_second_name_is_evaluated_under_the_same_document(in_browser):
    inputs = inputs_of(PERSON, HAN)
    (answer,) = in_browser([("questionAbout", [inputs, key_of(KEY)])])
    question = answer["returned"]
    response = KEY.evaluate(bytes.fromhex(question["request"]["hex"]))
    (answer,) = in_browser([("outputsOf", [question, as_bytes(response), key_of(KEY)])])
    names = [as_bytes(KEY.output(each.encode())) for each in (PERSON, HAN)]
    assert names == answer["returned"]["identities"]


def test_one_name_or_two_make_requests_of_one_length(in_browser):
    calls = [("questionAbout", [each, key_of(KEY)]) for each in (ONE_NAME, TWO_NAMES)]
    lengths = [len(answer["returned"]["request"]["hex"]) // 2 for answer in in_browser(calls)]
    assert [105, 105] == lengths


def test_what_stands_for_the_second_name_is_drawn_anew_each_time(in_browser):
    answers = in_browser([("questionAbout", [ONE_NAME, key_of(KEY)])] * 2)
    thirds = [answer["returned"]["blinded"][2]["input"]["hex"] for answer in answers]
    assert [128, 128] == [len(third) for third in thirds]
    assert thirds[0] != thirds[1]


def test_two_questions_about_one_person_have_nothing_in_common(in_browser):
    answers = in_browser([("questionAbout", [inputs_of(PERSON), key_of(KEY)])] * 2)
    first, second = (bytes.fromhex(each["returned"]["request"]["hex"]) for each in answers)
    assert (105, 105) == (len(first), len(second))
    for at in (9, 41, 73):
        assert first[at : at + 32] != second[at : at + 32]


def test_a_response_changed_anywhere_ends_without_outputs(in_browser, exchange):
    question, response = exchange
    other = OTHER.evaluate(
        response[:1] + OTHER.key_id + bytes.fromhex(question["request"]["hex"])[9:]
    )
    identity_element = response[:9] + bytes(32) + response[41:]
    swapped = response[:9] + response[41:73] + response[9:41] + response[73:]
    names_swapped = response[:41] + response[73:105] + response[41:73] + response[105:]
    first_edition = b"\x01" + response[1:73] + response[105:]
    wrong = [response[:-1], response + b"\0", b"", other, identity_element, swapped]
    wrong += [names_swapped, first_edition, b"\x01" + response[1:]]
    wrong.append(response[:9] + other[9:])  # made with another key, under this one's name
    for place in range(0, len(response), 8):
        changed = bytearray(response)
        changed[place] ^= 1
        wrong.append(bytes(changed))
    calls = [("outputsOf", [question, as_bytes(each), key_of(KEY)]) for each in wrong]
    assert {"CannotAnswer"} == {answer.get("thrown") for answer in in_browser(calls)}
