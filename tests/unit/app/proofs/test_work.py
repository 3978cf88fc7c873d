import base64
import json

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.limits.outcomes import Purpose
from app.proofs.binding import Binding, ProofRefused
from app.proofs.work import EASIEST_PART, WorkChallenges, hashes_of

KEY = b"a" * 32
HERE = Binding(Purpose.NETWORK, b"12345678", b"")
DOCUMENT = Binding(Purpose.DOCUMENT, b"12345678", b"d" * 16)


@pytest.fixture
def challenges():
    return WorkChallenges(KEY, hashes_max=10_000, seconds=600)


def solution(challenge) -> dict:
    """Return what any solver of altcha sends back."""
    parsed = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(parsed, altcha.solve_challenge(parsed)).to_dict()


def encoded(payload) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


@pytest.mark.parametrize("binding", [HERE, DOCUMENT])
def test_what_the_library_itself_solves_is_taken_and_keeps_its_binding(challenges, binding):
    proof = challenges.judge(encoded(solution(challenges.make(binding, 0.5))))
    assert binding == proof.binding
    assert 16 == len(proof.proof_id)


def test_a_challenge_grows_with_pressure_and_never_past_the_most():
    assert 50_000 == hashes_of(0, 400_000) == 400_000 // EASIEST_PART
    assert hashes_of(0, 400_000) < hashes_of(0.5, 400_000) < hashes_of(1, 400_000) == 400_000


def test_the_counter_to_find_lies_in_the_upper_half_so_that_nobody_is_unlucky(challenges):
    for _ in range(20):
        counter = solution(challenges.make(HERE, 1))["solution"]["counter"]
        assert 25 <= counter <= 50


def test_a_challenge_holds_neither_network_nor_document_in_clear(challenges):
    text = json.dumps(challenges.make(DOCUMENT, 0))
    assert "12345678" not in text
    assert "d" * 16 not in text


def test_an_expired_proof_is_refused():
    past = WorkChallenges(KEY, 10_000, 600, clock=lambda: 1_600_000_000.0)
    payload = encoded(solution(past.make(HERE, 0)))
    with pytest.raises(ProofRefused, match="expired"):
        WorkChallenges(KEY, 10_000, 600).judge(payload)


def test_a_proof_made_with_another_key_is_refused(challenges):
    other = WorkChallenges(b"b" * 32, 10_000, 600)
    with pytest.raises(ProofRefused, match="wrong"):
        challenges.judge(encoded(solution(other.make(HERE, 0))))


def changed(payload, *path, to):
    copy = json.loads(json.dumps(payload))
    inner = copy
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return copy


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("challenge", "parameters", "cost"), 1),
        (("challenge", "parameters", "keyPrefix"), "0" * 32),
        (("challenge", "parameters", "expiresAt"), 4_000_000_000),
        (("challenge", "parameters", "data", "network"), "ff" * 8),
        (("challenge", "parameters", "data", "purpose"), "document"),
        (("challenge", "signature"), "0" * 64),
        (("solution", "derivedKey"), "0" * 64),
    ],
)
def test_nothing_of_a_challenge_can_be_changed(challenges, path, to):
    payload = solution(challenges.make(HERE, 0))
    with pytest.raises(ProofRefused, match="wrong"):
        challenges.judge(encoded(changed(payload, *path, to=to)))


@pytest.mark.parametrize(
    "payload",
    [
        "x",
        "é",
        "\ud800",
        "e30=",
        "bnVsbA==",
        encoded([]),
        encoded({"challenge": {}, "solution": {}}),
        base64.b64encode(b"[" * 2_000).decode(),
        base64.b64encode(b"\xff\xfe").decode(),
        "A" * 100_000,
    ],
)
def test_what_is_no_proof_is_called_malformed(challenges, payload):
    with pytest.raises(ProofRefused, match="malformed"):
        challenges.judge(payload)


@given(st.text(max_size=200))
def test_any_text_is_refused_and_never_an_error(text):
    with pytest.raises(ProofRefused):
        WorkChallenges(KEY, 10_000, 600).judge(text)
