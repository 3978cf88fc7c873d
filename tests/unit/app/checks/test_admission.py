import pytest

from app.checks.admission import admit_first, admit_people, count_names
from app.limits.check_limiter import check_limits
from app.limits.outcomes import NO_PROOF, AdmissionProof, LimitReached, ProofKind, ProofNeeded
from app.settings import read_settings
from exposure_index.identity.canonical import Identity, IdentityClaim

HERE = b"\xcb\x00\x71\x09"


def work(names: int) -> AdmissionProof:
    return AdmissionProof(ProofKind.WORK, names=names)


@pytest.fixture
def limits():
    settings = read_settings(network_checks=3, network_checks_proven=4, network_checks_waited=1)
    return check_limits(settings, b"k" * 32, None)


@pytest.fixture
def busy(limits):
    """The free checks of this network are used up."""
    for _ in range(3):
        assert admit_first(limits, HERE) is None
    return limits


def test_a_check_past_the_free_ones_needs_an_admission_proof(busy):
    with pytest.raises(ProofNeeded):
        admit_people(busy, HERE, [1], NO_PROOF, admit_first(busy, HERE))
    admit_people(busy, HERE, [1], work(1), admit_first(busy, HERE))


def test_the_first_check_of_a_form_returns_the_demand_instead_of_raising_it(busy):
    demand = admit_first(busy, HERE)
    assert demand is not None
    with pytest.raises(ProofNeeded) as raised:
        admit_people(busy, HERE, [1], NO_PROOF, demand)
    assert demand.purpose is raised.value.purpose


def test_everybody_of_a_form_is_counted_once(limits):
    assert admit_first(limits, HERE) is None
    admit_people(limits, HERE, [1, 1, 1], NO_PROOF, None)
    assert admit_first(limits, HERE) is not None


@pytest.mark.parametrize("names", [1, 2])
def test_a_proof_for_fewer_names_earns_no_household(busy, names):
    with pytest.raises(ProofNeeded) as raised:
        admit_people(busy, HERE, [1, 1, 1], work(names), admit_first(busy, HERE))
    assert 3 == raised.value.names


def test_a_proof_for_every_name_earns_a_household(busy):
    proof = admit_people(busy, HERE, [1, 2, 1], work(4), admit_first(busy, HERE))
    assert 4 == proof.of_network


def test_a_second_name_is_earned_as_a_first_one(busy):
    with pytest.raises(ProofNeeded) as raised:
        admit_people(busy, HERE, [2], work(1), admit_first(busy, HERE))
    assert 2 == raised.value.names


def test_where_the_free_checks_end_within_a_household_all_of_it_is_asked_for(limits):
    admit_first(limits, HERE)
    demand = admit_first(limits, HERE)
    assert demand is None
    with pytest.raises(ProofNeeded) as raised:
        admit_people(limits, HERE, [1, 1, 2], NO_PROOF, demand)
    assert 4 == raised.value.names


def test_only_who_is_past_the_free_checks_takes_of_the_proof(limits):
    admit_first(limits, HERE)
    proof = admit_people(limits, HERE, [1, 1, 1, 2], work(5), None)
    assert 2 == proof.of_network


def test_nobody_passes_the_ceiling_by_a_proof(busy):
    with pytest.raises(LimitReached) as raised:
        admit_people(busy, HERE, [5], work(5), admit_first(busy, HERE))
    assert not isinstance(raised.value, ProofNeeded)


def test_a_name_that_stands_twice_is_one():
    family = [IdentityClaim("X1", ("A", "B")), Identity("X1", "A"), Identity("X2", "A")]
    assert [2, 0, 1] == count_names(family)
