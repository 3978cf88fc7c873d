from dataclasses import replace

import pytest

from app.limits.check_limiter import check_limits
from app.limits.name_table import NameTable
from app.limits.outcomes import (
    AdmissionProof,
    LimitKind,
    LimitReached,
    ProofKind,
    ProofNeeded,
    Purpose,
    WouldWait,
)
from app.limits.shared_memory import shared_limits
from app.settings import read_settings
from exposure_index.identity.canonical import Identity, IdentityClaim
from tests.fixtures.small_limits import HERE, KEY, SMALL, admitted, redis_of


@pytest.fixture
def local():
    return check_limits(read_settings(**SMALL), KEY, None)


def test_a_network_is_admitted_as_often_as_its_limit(local):
    assert 6 == admitted(lambda _: local.admit_network(HERE), 10)
    local.admit_network(b"\xcb\x00\x71\x0a")


def test_what_is_free_ends_with_a_demand_that_grows_as_it_is_met(local):
    for _ in range(6):
        local.admit_network(HERE)
    worked, pressures = AdmissionProof(ProofKind.WORK), []
    for _ in range(3):
        with pytest.raises(ProofNeeded) as raised:
            local.admit_network(HERE)
        pressures.append(raised.value.pressure)
        local.admit_network(HERE, worked)
    assert Purpose.NETWORK is raised.value.purpose
    assert [0, pytest.approx(1 / 3), pytest.approx(2 / 3)] == pressures


@pytest.mark.parametrize(("means", "ceiling"), [(ProofKind.WORK, 3), (ProofKind.WAIT, 2)])
def test_what_is_earned_ends_at_a_ceiling_that_is_no_demand(local, means, ceiling):
    assert ceiling == admitted(lambda _: local.admit_network(HERE, AdmissionProof(means)), 9)
    with pytest.raises(LimitReached) as raised:
        local.admit_network(HERE, AdmissionProof(means))
    assert not isinstance(raised.value, ProofNeeded)
    local.admit_network(b"\xcb\x00\x71\x0a", AdmissionProof(means))


def test_a_name_past_the_free_ones_is_earned_for_its_own_document_only(local):
    for turn in range(4):
        local.admit_names(HERE, [Identity("X1", f"N{turn}")])
    with pytest.raises(ProofNeeded) as raised:
        local.admit_names(HERE, [Identity("X1", "NEW")])
    assert Purpose.DOCUMENT is raised.value.purpose
    for wrong in (
        AdmissionProof(ProofKind.WORK),
        AdmissionProof(ProofKind.WORK, Purpose.DOCUMENT, b"another"),
        AdmissionProof(ProofKind.NONE, Purpose.DOCUMENT, raised.value.document),
    ):
        with pytest.raises(ProofNeeded):
            local.admit_names(HERE, [Identity("X1", "NEW")], wrong)
    earned = AdmissionProof(ProofKind.WAIT, Purpose.DOCUMENT, raised.value.document)
    local.admit_names(HERE, [Identity("X1", "NEW")], earned)
    with pytest.raises(LimitReached) as refused:
        local.admit_names(HERE, [Identity("X1", "NEWER")], earned)
    assert not isinstance(refused.value, ProofNeeded)


def test_what_is_refused_tells_when_to_come_back(local):
    for _ in range(6):
        local.admit_network(HERE)
    with pytest.raises(LimitReached) as raised:
        local.admit_network(HERE)
    assert 0 < raised.value.retry_after <= 900


def test_different_names_of_a_document_are_counted(local):
    assert 4 == admitted(lambda turn: local.admit_names(HERE, [Identity("X1", f"N{turn}")]), 9)


def test_a_family_of_six_documents_asks_freely(local):
    for turn in range(6):
        for _ in range(3):
            local.admit_names(HERE, [Identity(f"X{turn}", "N")])


def test_all_networks_together_are_held_to_the_ceiling():
    settings = read_settings(**{**SMALL, "checks_per_second": 5})
    limits = check_limits(settings, KEY, None, clock=lambda: 1_600_000_000.0)
    assert 5 == admitted(lambda turn: limits.admit_network(bytes([10, 0, 0, turn])), 20)


def test_three_hundred_phones_behind_one_address_are_not_refused():
    limits = check_limits(read_settings(), KEY, None)
    assert 900 == admitted(lambda _: limits.admit_network(HERE), 900)


def test_limits_off_admits_everything():
    limits = check_limits(read_settings(limits="off", network_checks=1), KEY, None)
    assert 50 == admitted(lambda _: limits.admit_network(HERE), 50)


def test_two_processes_share_the_limits_of_redis(start_redis):
    running = start_redis()
    settings = read_settings(redis_url=running.url, **SMALL)
    pair = [check_limits(settings, KEY, redis_of(running.url)) for _ in range(2)]
    assert 6 == admitted(lambda turn: pair[turn % 2].admit_network(HERE), 20)
    assert 4 == admitted(
        lambda turn: pair[turn % 2].admit_names(HERE, [Identity("X1", f"N{turn}")]), 20
    )


def test_redis_holds_no_identity_and_no_address(start_redis):
    running = start_redis()
    limits = check_limits(read_settings(redis_url=running.url, **SMALL), KEY, redis_of(running.url))
    networks = [bytes([203, 0, 113, last]) for last in (9, 10, 11)]
    for network in [*networks, *networks]:  # Redis hears of the second and of the first then
        limits.admit_network(network)
    for name in ("ALSVERNHILDE", "ALSVERNHILDA"):
        limits.admit_names(networks[0], [Identity("X00000017", name)])
    redis = redis_of(running.url)
    stored = b"".join(key + (redis.dump(key) or b"") for key in redis.scan_iter())
    for clear in (b"X00000017", b"ALSVERNHILD", b"203.0.113."):
        assert clear not in stored
    # four bytes stand in hashes by chance, the same of every network do not
    for forms in (networks, [network.hex().encode() for network in networks]):
        assert not all(form in stored for form in forms)


def test_every_count_in_redis_ends_by_itself(start_redis):
    running = start_redis()
    limits = check_limits(read_settings(redis_url=running.url, **SMALL), KEY, redis_of(running.url))
    limits.admit_network(HERE)
    limits.admit_names(HERE, [Identity("X1", "N")])
    redis = redis_of(running.url)
    assert all(0 < redis.ttl(key) <= 86_400 for key in redis.scan_iter())


def test_while_redis_is_gone_local_limits_go_on_and_are_stricter(start_redis):
    running = start_redis()
    settings = read_settings(redis_url=running.url, workers=1, **SMALL)
    limits = check_limits(settings, KEY, redis_of(running.url))
    limits.admit_network(HERE)
    assert not limits.fault
    running.stop()
    assert 3 == admitted(lambda _: limits.admit_network(HERE), 10)
    assert "redis_unreachable" == limits.fault


@pytest.mark.parametrize(("workers", "together"), [(1, 60), (2, 60), (3, 60), (4, 60), (200, 200)])
def test_while_redis_is_gone_all_workers_together_admit_half_or_one_each(workers, together):
    nowhere = "redis://127.0.0.1:1"
    settings = read_settings(redis_url=nowhere, workers=workers, **{**SMALL, "network_checks": 120})
    each = [check_limits(settings, KEY, redis_of(nowhere)) for _ in range(workers)]
    for one in each:
        one.admit_network(HERE)  # the first sighting, which no worker asks Redis about
    assert together == sum(
        admitted(lambda _, one=one: one.admit_network(HERE), 120 if workers < 9 else 3)
        for one in each
    )


def test_redis_gone_is_told_though_no_check_had_to_ask_it(start_redis):
    running = start_redis()
    limits = check_limits(read_settings(redis_url=running.url, **SMALL), KEY, redis_of(running.url))
    running.stop()
    limits.admit_network(HERE)
    assert "redis_unreachable" == limits.fault


@pytest.fixture
def roomy():
    """Limits of which the ceiling of names is far."""
    return check_limits(read_settings(**{**SMALL, "names_per_document_proven": 20}), KEY, None)


def test_one_proof_earns_one_name_however_many_are_tried_with_it(roomy):
    for turn in range(4):
        roomy.admit_names(HERE, [Identity("X1", f"N{turn}")])
    with pytest.raises(ProofNeeded) as raised:
        roomy.admit_names(HERE, [IdentityClaim("X1", ("NEW", "NEWER"))])
    assert 2 == raised.value.names
    one = AdmissionProof(ProofKind.WORK, Purpose.DOCUMENT, raised.value.document)
    with pytest.raises(ProofNeeded) as lacking:
        roomy.admit_names(HERE, [IdentityClaim("X1", ("NEW", "NEWER"))], one)
    assert 1 == lacking.value.names
    roomy.admit_names(HERE, [Identity("X1", "NEW")])  # which the proof had earned


def test_a_proof_for_several_names_of_a_document_earns_that_many(roomy):
    for turn in range(4):
        roomy.admit_names(HERE, [Identity("X1", f"N{turn}")])
    household = [IdentityClaim("X1", ("A", "B")), Identity("X2", "N"), Identity("X1", "C")]
    with pytest.raises(ProofNeeded) as raised:
        roomy.admit_names(HERE, household)
    assert 3 == raised.value.names
    earned = AdmissionProof(ProofKind.WORK, Purpose.DOCUMENT, raised.value.document, names=3)
    roomy.admit_names(HERE, household, earned)
    with pytest.raises(ProofNeeded):
        roomy.admit_names(HERE, [Identity("X1", "D")])


def test_names_that_need_no_proof_take_none_of_it(roomy):
    for turn in range(4):
        roomy.admit_names(HERE, [Identity("X1", f"N{turn}")])
    with pytest.raises(ProofNeeded) as raised:
        roomy.admit_names(HERE, [Identity("X1", "NEW")])
    earned = AdmissionProof(ProofKind.WORK, Purpose.DOCUMENT, raised.value.document)
    roomy.admit_names(
        HERE, [Identity("X1", "N0"), Identity("X2", "N"), Identity("X1", "NEW")], earned
    )


def test_both_names_of_a_claim_count_and_their_repeats_are_free(local):
    claims = [IdentityClaim("X1", (f"N{turn}", f"M{turn}")) for turn in range(3)]
    assert 2 == admitted(lambda turn: local.admit_names(HERE, [claims[turn]]), 3)
    assert 2 == admitted(lambda turn: local.admit_names(HERE, [claims[turn]]), 2)


def test_earned_names_are_counted_against_the_ceiling_of_a_network(local):
    local.admit_network(HERE, AdmissionProof(ProofKind.WORK, names=2), 2)
    with pytest.raises(LimitReached) as raised:
        local.admit_network(HERE, AdmissionProof(ProofKind.WORK, names=2), 2)
    assert not isinstance(raised.value, ProofNeeded)


def test_a_flood_larger_than_memory_makes_no_name_free_again():
    memory = replace(shared_limits(), names=NameTable(partitions=4, buckets=4))
    limits = check_limits(read_settings(), KEY, None, memory)
    assert 6 == admitted(lambda turn: limits.admit_names(HERE, [Identity("X1", f"N{turn}")]), 9)
    for number in range(2_000):  # thirty times the places there are
        limits.admit_names(b"\xcb\x00\x71\x0a", [Identity(f"Y{number}", "N")])
    with pytest.raises(ProofNeeded) as raised:
        limits.admit_names(HERE, [Identity("X1", "NEW")])
    assert Purpose.DOCUMENT is raised.value.purpose


V6 = bytes.fromhex("20010db800010002")


def one_pass(limits, network, identity):
    limits.admit_check(network, identity)


def two_passes(limits, network, identity):
    try:
        limits.admit_network(network)
    except ProofNeeded as demand:
        raise demand.of_names(len(set(identity.encode_names()))) from None
    limits.admit_names(network, [identity])


def verdicts(admit, limits):
    """What becomes of checks that meet each limit in turn: of names, network, everybody."""
    checks = [(HERE, Identity("X1", f"N{turn % 7}")) for turn in range(9)]
    checks += [(V6, IdentityClaim("X2", ("A", f"B{turn}"))) for turn in range(9)]
    checks += [(bytes([10, 0, 0, turn]), Identity(f"Y{turn}", "N")) for turn in range(40)]
    for network, identity in checks:
        try:
            admit(limits, network, identity)
        except ProofNeeded as demand:
            yield demand.purpose, demand.names, demand.document, demand.pressure
        except LimitReached as refusal:
            yield refusal.kind
        else:
            yield "admitted"


@pytest.mark.parametrize("where", ["memory", "redis"])
def test_one_pass_counts_as_network_and_names_apart(where, request):
    now = 1_600_000_000.0
    seen = []
    for admit in (one_pass, two_passes):
        settings, redis = {**SMALL, "checks_per_second": 25}, None
        if where == "redis":
            settings["redis_url"] = request.getfixturevalue("start_redis")().url
            settings["checks_per_second"] = 1000  # of one second of the machine, however slow
            redis = redis_of(settings["redis_url"])
        limits = check_limits(read_settings(**settings), KEY, redis, clock=lambda: now)
        seen.append(list(verdicts(admit, limits)))
    assert seen[0] == seen[1]
    assert {"admitted", *([LimitKind.EVERYWHERE] if where == "memory" else [])} <= set(seen[0])
    assert {Purpose.NETWORK, Purpose.DOCUMENT} <= {v[0] for v in seen[0] if isinstance(v, tuple)}


def test_without_redis_nobody_waits(local):
    for turn in range(6):
        local.admit_check(HERE, Identity("X1", f"N{turn % 4}"), may_wait=False)
    with pytest.raises(ProofNeeded):
        local.admit_check(HERE, Identity("X1", "N0"), may_wait=False)


def test_with_redis_the_first_sightings_wait_for_nobody(start_redis):
    running = start_redis()
    redis = redis_of(running.url)
    limits = check_limits(read_settings(redis_url=running.url, **SMALL), KEY, redis)
    limits.admit_check(HERE, Identity("X1", "N"), may_wait=False)
    assert 0 == redis.dbsize()


def test_whoever_would_wait_for_redis_has_not_been_counted(start_redis):
    running = start_redis()
    redis = redis_of(running.url)
    settings = {**SMALL, "names_per_document": 1_000, "names_per_document_everywhere": 2_000}
    limits = check_limits(read_settings(redis_url=running.url, **settings), KEY, redis)
    first = Identity("X1", "N")
    limits.admit_check(HERE, first)
    for _ in range(9):
        with pytest.raises(WouldWait):
            limits.admit_check(HERE, first, may_wait=False)
        with pytest.raises(WouldWait):
            limits.admit_network(HERE, may_wait=False)
    assert 5 == admitted(lambda _: limits.admit_check(HERE, first), 20)
    with pytest.raises(WouldWait):  # how hard the demand is, only Redis knows
        limits.admit_check(HERE, first, may_wait=False)


def test_a_name_that_would_wait_gives_the_networks_check_back(start_redis):
    running = start_redis()
    redis = redis_of(running.url)
    limits = check_limits(read_settings(redis_url=running.url, **SMALL), KEY, redis)
    limits.admit_names(HERE, [Identity("X1", "N0")])
    for _ in range(9):
        with pytest.raises(WouldWait):
            limits.admit_check(HERE, Identity("X1", "N1"), may_wait=False)
    assert 6 == admitted(lambda _: limits.admit_network(HERE), 20)


def test_while_redis_is_gone_nobody_waits_for_it(start_redis):
    running = start_redis()
    limits = check_limits(read_settings(redis_url=running.url, **SMALL), KEY, redis_of(running.url))
    running.stop()
    assert limits.fault
    limits.admit_check(HERE, Identity("X1", "N"), may_wait=False)


def test_while_redis_is_gone_workers_that_share_memory_admit_half_together(start_redis):
    running = start_redis()
    settings = read_settings(redis_url=running.url, workers=8, **{**SMALL, "network_checks": 60})
    memory, redis = shared_limits(), redis_of(running.url)
    pair = [check_limits(settings, KEY, redis, memory) for _ in range(2)]
    running.stop()
    assert all(limits.fault for limits in pair)
    number = admitted(lambda turn: pair[turn % 2].admit_check(HERE, Identity("X1", "N")), 100)
    assert number == 30
