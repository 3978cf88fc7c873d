"""Blinding, unblinding and proof in the browser: RFC 9497 and this project's evaluator."""

import pytest

from exposure_index.identity.canonical import Identity
from exposure_index.private.evaluation import PrivateKey

KEY = PrivateKey.derive(1, bytes(range(32)))
OTHER = PrivateKey.derive(2, bytes(range(32)))
PERSON = Identity("X00000017", "AAAILNSV")

# RFC 9497, appendix A.1.2.3: ristretto255-SHA512, VOPRF mode, a batch of two
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
PROOF = (
    "cc203910175d7869 27eeb44ea8473280 47892ddf8590e723 c37205cb74600b0a"
    "5ab5337c8eb4ceae 0494c2cf89529dcf 94572ed267473d56 7aeed6ab873dee08"
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


def inputs_of(identity):
    return {
        "xd": as_bytes(identity.encode_document()),
        "x0": as_bytes(identity.encode()),
    }


def drawn(blind):
    """Return the random bytes of which a scalar comes out: below the order less one, plus one."""
    scalar = int.from_bytes(bytes.fromhex(blind.replace(" ", "")), "little")
    return (scalar - 1).to_bytes(48, "little").hex()


def test_the_vectors_of_rfc_9497_come_out(in_browser):
    key = {"keyId": as_bytes("00" * 8), "publicKey": as_bytes(PUBLIC)}
    inputs = {"xd": as_bytes(INPUTS[0]), "x0": as_bytes(INPUTS[1])}
    fixed = {"drawn": [drawn(blind) for blind in BLINDS]}
    (exchange,) = in_browser([("questionAbout", [inputs, key, fixed])])
    question = exchange["returned"]
    assert as_bytes("01" + "00" * 8 + "".join(BLINDED)) == question["request"]
    response = as_bytes("01" + "00" * 8 + "".join(EVALUATED) + PROOF)
    (answer,) = in_browser([("outputsOf", [question, response, key])])
    assert (
        dict(zip(("document", "identity"), map(as_bytes, OUTPUTS), strict=True))
        == answer["returned"]
    )


@pytest.fixture(scope="module")
def exchange(in_browser):
    (answer,) = in_browser([("questionAbout", [inputs_of(PERSON), key_of(KEY)])])
    question = answer["returned"]
    return question, KEY.evaluate(bytes.fromhex(question["request"]["hex"]))


def test_the_evaluator_of_the_service_gives_the_outputs_of_the_builder(in_browser, exchange):
    question, response = exchange
    (answer,) = in_browser([("outputsOf", [question, as_bytes(response), key_of(KEY)])])
    expected = {
        "document": as_bytes(KEY.output(PERSON.encode_document())),
        "identity": as_bytes(KEY.output(PERSON.encode())),
    }
    assert expected == answer["returned"]


def test_two_questions_about_one_person_have_nothing_in_common(in_browser):
    answers = in_browser([("questionAbout", [inputs_of(PERSON), key_of(KEY)])] * 2)
    first, second = (bytes.fromhex(each["returned"]["request"]["hex"]) for each in answers)
    assert (73, 73) == (len(first), len(second))
    assert first[9:41] != second[9:41]
    assert first[41:] != second[41:]


def test_a_response_changed_anywhere_ends_without_outputs(in_browser, exchange):
    question, response = exchange
    other = OTHER.evaluate(
        response[:1] + OTHER.key_id + bytes.fromhex(question["request"]["hex"])[9:]
    )
    identity_element = response[:9] + bytes(32) + response[41:]
    swapped = response[:9] + response[41:73] + response[9:41] + response[73:]
    wrong = [response[:-1], response + b"\0", b"", other, identity_element, swapped]
    wrong.append(response[:9] + other[9:])  # made with another key, under this one's name
    for place in range(0, len(response), 8):
        changed = bytearray(response)
        changed[place] ^= 1
        wrong.append(bytes(changed))
    calls = [("outputsOf", [question, as_bytes(each), key_of(KEY)]) for each in wrong]
    assert {"CannotAnswer"} == {answer.get("thrown") for answer in in_browser(calls)}
