import pyotp
import pytest
from argon2 import PasswordHasher

from app.accounts.lockout import AttemptSource, EarnedAttempts, account_key
from app.accounts.sign_in import Attempt, sign_in
from app.counter.audience import COUNTER
from app.limits.outcomes import NO_PROOF, AdmissionProof, ProofKind, ProofNeeded, Purpose
from tests.unit.app.accounts.conftest import NOW, PASSWORD, TOTP

POLICY = EarnedAttempts()
OWNER = b"the owner's device"


@pytest.fixture
def admitted(limits):
    """Return how many of so many attempts are let through."""

    def count(
        attempts, audience=COUNTER, name="desk-1", organisation=None, networks=(b"net",), **of
    ):
        number = 0
        for attempt in range(attempts):
            account = audience.account(name, organisation)
            network = networks[attempt % len(networks)]
            try:
                POLICY.admit(limits, AttemptSource(account, network, **of))
            except ProofNeeded:
                continue
            number += 1
        return number

    return count


@pytest.fixture
def earned(limits):
    """Return the proof that is asked of whoever tries an account, as it is judged."""

    def proof(kind, name="desk-1"):
        with pytest.raises(ProofNeeded) as needed:
            POLICY.admit(limits, AttemptSource(COUNTER.account(name), b"net"))
        assert Purpose.SIGN_IN is needed.value.purpose
        return AdmissionProof(kind, Purpose.SIGN_IN, needed.value.document)

    return proof


def networks(number):
    return [b"network %d" % each for each in range(number)]


def test_a_name_is_tried_five_times_a_minute_from_one_network(admitted):
    assert 5 == admitted(6)
    assert 5 == admitted(6, name="desk-2")
    assert 5 == admitted(6, networks=[b"other"])


def test_a_network_tries_names_a_hundred_times_an_hour(admitted):
    assert 100 == sum(admitted(1, name=f"desk-{number}") for number in range(110))
    assert 1 == admitted(1, networks=[b"other"])


def test_a_name_is_tried_two_hundred_times_a_day_from_everywhere(admitted):
    assert 200 == admitted(210, networks=networks(210))
    assert 1 == admitted(1, name="desk-2")


def test_attempts_that_are_refused_count_for_nothing(admitted):
    assert 5 == admitted(1_000)
    assert 195 == admitted(300, networks=networks(300))


def test_success_begins_the_waits_anew_and_not_those_of_everywhere(limits, admitted):
    source = AttemptSource(COUNTER.account("desk-1"), b"net")
    assert 5 == admitted(6)
    POLICY.settle(limits, source, proved=False)
    assert 0 == admitted(1)
    POLICY.settle(limits, source, proved=True)
    assert 5 == admitted(6)
    assert 200 - 10 == admitted(210, networks=networks(210))


def test_a_known_device_has_a_count_of_its_own_that_no_others_reach(admitted):
    admitted(300, networks=networks(300))
    admitted(300)
    assert 5 == admitted(6, device=OWNER)


def test_whatever_a_network_tried_its_known_devices_sign_in(admitted):
    assert 100 == sum(admitted(1, name=f"desk-{number}") for number in range(2, 120))
    assert 1 == admitted(1, device=OWNER)


def test_a_known_device_that_used_its_count_up_is_a_stranger_and_not_refused(admitted):
    assert 10 == admitted(20, device=OWNER)


@pytest.mark.parametrize("kind", [ProofKind.WORK, ProofKind.WAIT])
def test_past_the_free_attempts_a_proof_lets_one_more_in(admitted, earned, kind):
    admitted(6)
    proof = earned(kind)
    assert 1 == admitted(1, proof=proof)
    assert 0 == admitted(1)


def test_a_proof_for_one_account_is_none_for_another(admitted, earned):
    for name in ("desk-1", "desk-2"):
        admitted(6, name=name)
    assert 0 == admitted(1, name="desk-2", proof=earned(ProofKind.WORK))


def test_a_proof_of_a_check_is_none_for_a_sign_in(admitted, earned):
    admitted(6)
    document = earned(ProofKind.WORK).document
    for purpose in (Purpose.NETWORK, Purpose.DOCUMENT):
        proof = AdmissionProof(ProofKind.WORK, purpose, document)
        assert 0 == admitted(1, proof=proof)


def test_a_network_waits_thirty_times_an_hour_instead_of_calculating(admitted, earned):
    admitted(6)
    waited, work = earned(ProofKind.WAIT), earned(ProofKind.WORK)
    assert 30 == admitted(40, proof=waited)
    assert 40 == admitted(40, proof=work)


def test_attempts_of_one_audience_cost_nobody_of_another(admitted, limits, audiences):
    counter, guests = audiences
    admitted(6, counter)
    assert 5 == admitted(6, guests)
    POLICY.settle(limits, AttemptSource(guests.account("desk-1"), b"net"), proved=True)
    assert 0 == admitted(1, counter)
    assert 5 == admitted(6, guests)


def test_attempts_of_one_organisation_cost_nobody_of_another(admitted, guests):
    admitted(6, guests.audience, organisation=1)
    assert [5, 5, 0] == [
        admitted(6, guests.audience, organisation=organisation) for organisation in (2, None, 1)
    ]


def test_no_name_is_counted_as_another_from_elsewhere(admitted):
    admitted(6, name="desk-1", networks=[b"net"])
    assert 5 == admitted(6, name="net\x00\x00desk-1", networks=[b""])
    assert account_key(COUNTER.account("desk-1")) != account_key(COUNTER.account("1\x00desk-1"))


@pytest.mark.usefixtures("clock")
def test_an_attempt_that_is_not_admitted_is_not_looked_at(records, limits, add, code):
    account, source = add(COUNTER), b"net"
    wrong, right = Attempt("desk-1", "", ""), Attempt("desk-1", PASSWORD, code)
    for _ in range(5):
        assert sign_in(COUNTER, records, limits, source, wrong) is None
    with pytest.raises(ProofNeeded):
        sign_in(COUNTER, records, limits, source, right)
    assert account == sign_in(COUNTER, records, limits, b"other", right)


@pytest.fixture
def attack(limits, records, add, clock, monkeypatch):
    """Others try an account, each attempt from a network of its own and earned where it must be."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("app.accounts.passwords._HASHER", hasher)
    add(COUNTER)

    def attempts(number, password):
        for each in range(number):
            proof = NO_PROOF
            for _ in range(2):
                attempt = Attempt("desk-1", password, "000000", proof=proof)
                try:
                    assert sign_in(COUNTER, records, limits, b"bot %d" % each, attempt) is None
                    break
                except ProofNeeded as needed:
                    proof = AdmissionProof(ProofKind.WORK, Purpose.SIGN_IN, needed.document)

    return attempts


def signs_in(records, limits, code, **of):
    attempt = Attempt("desk-1", PASSWORD, code, **of)
    return sign_in(COUNTER, records, limits, b"home", attempt) is not None


WHATEVER_OTHERS_KNOW = pytest.mark.parametrize("password", ["a wrong password", PASSWORD])


@WHATEVER_OTHERS_KNOW
def test_after_any_attempts_of_others_the_owner_signs_in_at_once_from_a_known_device(
    records, limits, code, attack, password
):
    attack(220, password)
    assert signs_in(records, limits, code, device=OWNER)


def test_after_any_attempts_of_others_the_owner_signs_in_from_a_new_device_by_one_proof(
    records, limits, code, attack
):
    attack(220, "a wrong password")
    with pytest.raises(ProofNeeded) as needed:
        signs_in(records, limits, code)
    proof = AdmissionProof(ProofKind.WAIT, Purpose.SIGN_IN, needed.value.document)
    assert signs_in(records, limits, code, proof=proof)


def test_past_ten_wrong_codes_beside_the_right_password_a_new_device_needs_two_codes(
    records, limits, code, attack
):
    attack(9, PASSWORD)
    two = pyotp.TOTP(TOTP).at(NOW - 30) + code
    attack(1, PASSWORD)
    assert [False, True] == [signs_in(records, limits, each) for each in (code, two)]


def test_without_the_password_nobody_makes_two_codes_needed(records, limits, code, attack):
    attack(30, "a wrong password")
    assert signs_in(records, limits, code)
