import pytest

from app.checks.admission import admit_check, admit_first, admit_people
from app.limits.check_limiter import check_limits
from app.limits.outcomes import NO_PROOF, AdmissionProof, LimitReached, ProofKind, ProofNeeded
from app.settings import read_settings

HERE = b"\xcb\x00\x71\x09"
WORK = AdmissionProof(ProofKind.WORK)


@pytest.fixture
def limits():
    settings = read_settings(network_checks=3, network_checks_proven=2, network_checks_waited=1)
    return check_limits(settings, b"k" * 32, None)


def test_a_check_past_the_free_ones_needs_an_admission_proof(limits):
    for _ in range(3):
        admit_check(limits, HERE)
    with pytest.raises(ProofNeeded):
        admit_check(limits, HERE)
    admit_check(limits, HERE, WORK)


def test_the_first_check_of_a_form_returns_the_demand_instead_of_raising_it(limits):
    assert [None, None, None] == [admit_first(limits, HERE) for _ in range(3)]
    demand = admit_first(limits, HERE)
    with pytest.raises(ProofNeeded) as raised:
        admit_people(limits, HERE, 1, NO_PROOF, demand)
    assert demand is raised.value


def test_everybody_of_a_form_is_counted_once(limits):
    assert admit_first(limits, HERE) is None
    admit_people(limits, HERE, 3, NO_PROOF, None)
    with pytest.raises(ProofNeeded):
        admit_check(limits, HERE)


def test_nobody_passes_the_ceiling_by_a_proof(limits):
    for _ in range(3):
        admit_check(limits, HERE)
    with pytest.raises(LimitReached):
        admit_people(limits, HERE, 4, WORK, admit_first(limits, HERE))
