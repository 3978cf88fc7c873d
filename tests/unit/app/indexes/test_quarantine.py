"""A build whose canary is lost, or whose files were rewritten, is served no more, and heals."""

import os

import pytest

from app.indexes.rollback_guard import RollbackGuard
from app.indexes.store import CannotAnswer
from app.services import EXTENSION
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.result import Missing
from tests.unit.app.indexes.conftest import build_ids

LOST = ("canary",)
NOT_AS_SIGNED = {"checksum", "malformed"}


def plain_of(deployment, index=None):
    return ((index or deployment.index) / "current").resolve() / "plain.idx"


def rewrite(file, data):
    """Write over the bytes of the same file, and set its time of modification back."""
    status = file.stat()
    file.chmod(0o644)
    with file.open("r+b") as stream:
        stream.write(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.fixture
def openings(monkeypatch):
    """The builds that were opened, each with all of its files read."""
    opened, real = [], OpenIndex.open

    def counting(path, *arguments, **options):
        opened.append(path)
        return real(path, *arguments, **options)

    monkeypatch.setattr(OpenIndex, "open", counting)
    return opened


@pytest.fixture
def lost(store_of, own_deployment):
    """A store whose only build lost its canary, though no look for a new build came yet."""
    store = store_of(own_deployment)
    file = plain_of(own_deployment)
    whole = file.read_bytes()
    rewrite(file, b"\0" * len(whole))
    return store, lambda: rewrite(file, whole)


def reasons(store):
    with pytest.raises(CannotAnswer) as raised:
        store.snapshot()
    return raised.value.reasons


def test_a_look_for_a_new_build_ends_the_answers_from_one_that_lost_its_canary(lost):
    store, _ = lost
    store.reload()
    assert set(LOST) < set(reasons(store))


def test_readiness_is_read_from_the_last_look_and_looks_nothing_up(lost, monkeypatch):
    store, _ = lost
    looks = []
    monkeypatch.setattr(OpenIndex, "canary_found", lambda _: looks.append(1))
    assert (True, []) == (store.readiness().ready, looks)


def test_after_the_look_readiness_says_which_canary_is_lost(lost):
    store, _ = lost
    store.reload()
    assert (False, True) == (store.readiness().ready, "canary" in store.readiness().reasons)


def test_it_stays_quarantined_and_its_files_are_read_once(lost, openings):
    store, _ = lost
    for _ in range(4):
        store.reload()
    assert "canary" in store.readiness().reasons
    assert 1 == len(openings)


def test_it_is_served_again_once_its_files_are_whole(lost):
    store, mend = lost
    store.reload()
    mend()
    store.reload()
    assert (True, ()) == (store.readiness().complete, store.readiness().reasons)


def test_whoever_else_is_there_goes_on_and_it_counts_as_damaged(store_of, two_authorities):
    store = store_of(two_authorities)
    file = plain_of(two_authorities, two_authorities.index / "b")
    rewrite(file, b"\0" * file.stat().st_size)
    store.reload()
    assert (Missing("乙", "damaged"),) == store.snapshot().missing
    state = store.readiness()
    assert (True, False) == (state.ready, state.complete)
    assert {"canary", "damaged"} == set(state.reasons) - NOT_AS_SIGNED
    assert (Missing("乙", "damaged"),) == state.missing


def test_a_build_that_was_rewritten_is_no_longer_answered_from(store_of, own_deployment):
    store = store_of(own_deployment)
    trips = plain_of(own_deployment).with_name("trips.idx")
    rewrite(trips, trips.read_bytes()[:-1] + b"\1")  # the canary is in another file
    store.reload()
    assert NOT_AS_SIGNED & set(reasons(store))


def test_a_build_that_is_served_still_is_looked_at_though_a_newer_one_is_refused(
    store_of, own_deployment
):
    store = store_of(own_deployment)
    trips = plain_of(own_deployment).with_name("trips.idx")
    own_deployment.publish()
    newer = plain_of(own_deployment)
    rewrite(newer, b"\0" * newer.stat().st_size)
    store.reload()
    assert 1 == len(build_ids(store))
    rewrite(trips, trips.read_bytes()[:-1] + b"\1")
    store.reload()
    assert NOT_AS_SIGNED & set(reasons(store))


def test_a_build_that_was_written_again_as_it_was_is_served_on(store_of, own_deployment, openings):
    store = store_of(own_deployment)
    file = plain_of(own_deployment)
    before = build_ids(store)
    rewrite(file, file.read_bytes())
    store.reload()
    store.reload()
    assert before == build_ids(store)
    assert 2 == len(openings)  # once at the start, once since


def test_a_build_whose_files_are_gone_is_answered_from_as_long_as_it_is_open(
    store_of, own_deployment
):
    store = store_of(own_deployment)
    before = build_ids(store)
    for file in plain_of(own_deployment).parent.iterdir():
        file.unlink()
    store.reload()
    assert before == build_ids(store)


def test_nobody_publishes_in_the_name_of_a_quarantined_authority(
    store_of, own_deployment, other_deployment, tmp_path
):
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    other_deployment.publish(to=several / "b")
    other_deployment.web_keys.rename(own_deployment.web_keys / "b")
    own_deployment.index = several
    store = store_of(own_deployment)
    store.quarantine([m.build_id for m in store.snapshot().manifests if m.authority == "甲"])
    file = plain_of(own_deployment, several / "a")
    rewrite(file, b"\0" * file.stat().st_size)
    other_deployment.publish(to=several / "b", authority="甲")
    store.reload()
    assert "甲" not in {manifest.authority for manifest in store.snapshot().manifests}
    assert "authority_twice" in store.readiness().reasons


def test_the_quarantine_of_one_build_verifies_no_other_anew(store_of, two_authorities, openings):
    store = store_of(two_authorities)
    first = next(m.build_id for m in store.snapshot().manifests if m.authority == "甲")
    store.quarantine([first])
    store.reload()
    assert [first] == [path.name for path in openings[2:]]


def test_a_read_that_fails_while_a_build_is_verified_waits_for_no_verification(
    store_of, two_authorities, monkeypatch
):
    store = store_of(two_authorities)
    events, real = [], OpenIndex.open

    def verifying(path, *arguments, **options):
        events.append("verification begins")
        store.quarantine(build_ids(store))  # as a request would, on another thread
        events.append("quarantined")
        index = real(path, *arguments, **options)
        events.append("verified")
        return index

    two_authorities.publish(to=two_authorities.index / "a", authority="甲")
    monkeypatch.setattr(OpenIndex, "open", verifying)
    store.reload()
    assert ["verification begins", "quarantined", "verified"] == events[:3]


def test_the_state_directory_may_be_lost_while_the_service_runs(
    store_of, two_authorities, tmp_path
):
    store = store_of(two_authorities)
    (tmp_path / "state" / "highest-seq.json").unlink()
    store.reload()
    assert {"甲", "乙"} == RollbackGuard(tmp_path / "state").authorities()


def test_the_private_check_of_a_build_that_lost_its_canary_ends(
    app_of, private_checker_of, own_private_deployment, people
):
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    blinded = here.blinded(people.close).request
    for bucket in plain_of(own_private_deployment).with_name("b").iterdir():
        rewrite(bucket, b"\0" * bucket.stat().st_size)
    services = app.extensions[EXTENSION]
    services.private_builds.reload()
    assert 503 == here.evaluation(blinded).status_code
    services.reloader.reload()
    state = here.http.get("/readyz").get_json()
    assert ("degraded", ["private_canary"]) == (state["status"], state["reasons"])
    plain = here.http.post("/api/v1/checks", json=people.close.as_form())
    assert "exposed" == plain.get_json()["status"]
