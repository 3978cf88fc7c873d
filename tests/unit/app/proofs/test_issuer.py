import base64
import json
import time

import altcha
import pytest
from redis import Redis

from app.limits.outcomes import NO_PROOF, AdmissionProof, ProofKind, ProofNeeded, Purpose
from app.proofs.binding import ProofRefused
from app.proofs.issuer import ProofIssuer
from app.proofs.replay_guard import ReplayGuard
from app.settings import read_settings
from tests.fixtures.patience import PATIENCE_SECONDS

KEY = b"a" * 32
HERE, THERE = b"\xcb\x00\x71\x09", b"\xcb\x00\x71\x0a"
BUSY = ProofNeeded(60, Purpose.NETWORK, 0.0)
GUESSED = ProofNeeded(60, Purpose.DOCUMENT, 0.0, b"d" * 16)
FAMILY = BUSY.of_names(6)
EASY = {"proof_hashes": 1_000, "wait_seconds": 1}


def issuer(redis: Redis | None = None) -> ProofIssuer:
    now = time.time()  # and no later: a ticket does not ripen by itself
    return ProofIssuer(KEY, read_settings(**EASY), redis, clock=lambda: now)


def solve(challenge) -> str:
    parsed = altcha.Challenge.from_dict(challenge)
    payload = altcha.Payload(parsed, altcha.solve_challenge(parsed)).to_dict()
    return base64.b64encode(json.dumps(payload).encode()).decode()


@pytest.mark.parametrize("needed", [BUSY, GUESSED, FAMILY])
def test_a_solved_challenge_earns_what_it_was_asked_for(needed):
    own = issuer()
    proof = own.judge(solve(own.offer(needed, HERE).challenge), HERE)
    expected = AdmissionProof(ProofKind.WORK, needed.purpose, needed.document, needed.names)
    assert expected == proof


def test_a_challenge_takes_as_many_times_the_work_as_there_are_names():
    one, six = (issuer().offer(needed, HERE).challenge for needed in (BUSY, FAMILY))
    counters = [challenge["parameters"]["data"]["counter_max"] for challenge in (one, six)]
    assert 6 * counters[0] == counters[1]


def test_a_challenge_cannot_be_turned_into_one_for_more_names():
    own = issuer()
    challenge = own.offer(BUSY, HERE).challenge
    payload = json.loads(base64.b64decode(solve(challenge)))
    payload["challenge"]["parameters"]["data"]["names"] = 6
    with pytest.raises(ProofRefused, match="wrong"):
        own.judge(base64.b64encode(json.dumps(payload).encode()).decode(), HERE)


def test_a_ticket_waits_as_long_for_a_family_and_pays_for_all_of_it():
    now = [1_600_000_000.0]
    own = ProofIssuer(KEY, read_settings(**EASY), None, clock=lambda: now[0])
    one, six = own.offer(BUSY, HERE), own.offer(FAMILY, HERE)
    assert one.wait_seconds == six.wait_seconds
    now[0] += 1
    assert [1, 6] == [own.judge(offer.ticket, HERE).names for offer in (one, six)]


def test_a_ticket_for_fewer_names_is_not_offered_again_for_more():
    own = issuer()
    ticket = own.offer(BUSY, HERE).ticket
    assert ticket != own.offer(FAMILY, HERE, ticket).ticket


def test_a_proof_counts_once_and_in_its_own_network_only():
    own = issuer()
    proof = solve(own.offer(BUSY, HERE).challenge)
    with pytest.raises(ProofRefused, match="elsewhere"):
        own.judge(proof, THERE)
    own.judge(proof, HERE)
    with pytest.raises(ProofRefused, match="used"):
        own.judge(proof, HERE)
    assert NO_PROOF == own.admission_proof(proof, HERE)


def test_another_worker_refuses_a_proof_that_was_used(start_redis):
    url = start_redis().url
    first, second = issuer(Redis.from_url(url)), issuer(Redis.from_url(url))
    proof = solve(first.offer(BUSY, HERE).challenge)
    first.judge(proof, HERE)
    with pytest.raises(ProofRefused, match="used"):
        second.judge(proof, HERE)


def test_what_redis_keeps_of_a_proof_ends_by_itself_and_tells_nothing(start_redis):
    redis = Redis.from_url(start_redis().url)
    own = issuer(redis)
    own.judge(solve(own.offer(GUESSED, HERE).challenge), HERE)
    keys = list(redis.scan_iter())
    assert all(0 < redis.ttl(key) <= 601 for key in keys)
    assert 1 == len(keys)
    assert HERE not in keys[0]
    assert b"d" * 16 not in keys[0]


def test_while_redis_is_gone_a_proof_still_counts_once(start_redis):
    running = start_redis()
    own = issuer(Redis.from_url(running.url, socket_timeout=PATIENCE_SECONDS))
    proof = solve(own.offer(BUSY, HERE).challenge)
    running.stop()
    own.judge(proof, HERE)
    with pytest.raises(ProofRefused, match="used"):
        own.judge(proof, HERE)


def test_a_ticket_sent_too_soon_is_not_used_up_and_stays_the_same():
    own = issuer()
    offered = own.offer(BUSY, HERE)
    with pytest.raises(ProofRefused, match="too_soon"):
        own.judge(offered.ticket, HERE)
    assert offered.ticket == own.offer(BUSY, HERE, offered.ticket).ticket
    assert offered.ticket != own.offer(GUESSED, HERE, offered.ticket).ticket
    assert offered.ticket != own.offer(BUSY, THERE, offered.ticket).ticket


def test_without_a_proof_nothing_is_earned():
    assert NO_PROOF == issuer().judge("", HERE)


def test_what_was_used_is_forgotten_when_it_would_have_expired():
    now = [1_600_000_000.0]
    guard = ReplayGuard(None, clock=lambda: now[0])
    until = int(now[0]) + 10
    assert [True, False] == [guard.claim(b"c" * 16, until) for _ in range(2)]
    now[0] += 12
    assert guard.claim(b"other" * 3, until + 20)
    assert guard.claim(b"c" * 16, until + 20)


def test_a_ticket_earns_one_check_after_its_time():
    now = [1_600_000_000.0]
    own = ProofIssuer(KEY, read_settings(**EASY), None, clock=lambda: now[0])
    ticket = own.offer(GUESSED, HERE).ticket
    now[0] += 1
    assert AdmissionProof(ProofKind.WAIT, Purpose.DOCUMENT, b"d" * 16) == own.judge(ticket, HERE)
    with pytest.raises(ProofRefused, match="used"):
        own.judge(ticket, HERE)
