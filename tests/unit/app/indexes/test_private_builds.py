"""Which builds' private checks are served, and what is told of those that are not."""

import secrets
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from app.services import EXTENSION
from exposure_index.crypto.keys import KeyRing
from exposure_index.private.evaluation import EvaluatorGone
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import republish


def build_of(deployment):
    return (deployment.index / "current").resolve()


def builder_keys(deployment):
    return KeyRing.from_directory(deployment.root / "keys", {})


def state(client):
    readiness = client.get("/readyz").get_json()
    return readiness["status"], [r for r in readiness["reasons"] if r.startswith("private")]


def change_key(file, value):
    file.chmod(0o600)
    file.write_text(value)


def damage(deployment, fault):
    key = deployment.web_keys / "private_1"
    bucket = build_of(deployment) / "b" / "00000007"
    if fault == "bucket missing":
        bucket.unlink()
    elif fault == "bucket cut":
        bucket.chmod(0o600)
        bucket.write_bytes(bucket.read_bytes()[:-1])
    elif fault == "no buckets":
        shutil.rmtree(bucket.parent)
    elif fault == "buckets of another build":
        for file in bucket.parent.iterdir():
            file.chmod(0o600)
            file.write_bytes(secrets.token_bytes(file.stat().st_size))
    elif fault == "no key":
        key.unlink()
    elif fault == "another key":
        change_key(key, secrets.token_hex(32) + "\n")
    elif fault == "no key at all":
        change_key(key, "zz\n")


FAULTS = {
    "bucket missing": "private_checksum",
    "bucket cut": "private_checksum",
    "no buckets": "private_checksum",
    "buckets of another build": "private_canary",
    "no key": "private_key",
    "another key": "private_key",
    "no key at all": "private_key",
}


@pytest.mark.parametrize(("fault", "reason"), FAULTS.items())
def test_a_private_part_with_a_fault_cannot_answer_and_the_plain_check_goes_on(
    app_of, private_checker, private_checker_of, own_private_deployment, people, fault, reason
):
    manifest = private_checker.manifest()
    body = private_checker.blinded(people.close, manifest).request
    damage(own_private_deployment, fault)
    here = private_checker_of(app_of(own_private_deployment))
    assert 503 == here.evaluation(body).status_code
    bucket = here.http.get(here.bucket_path(manifest, 0))
    assert (503, True) == (bucket.status_code, "no-store" in bucket.headers["Cache-Control"])
    assert ("degraded", [reason]) == state(here.http)
    plain = here.http.post("/api/v1/checks", json=people.close.as_form())
    assert "exposed" == plain.get_json()["status"]


def test_it_heals_when_the_fault_is_gone(
    app_of, private_checker_of, own_private_deployment, people
):
    bucket = build_of(own_private_deployment) / "b" / "00000007"
    whole = bucket.read_bytes()
    bucket.unlink()
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    assert ("degraded", ["private_checksum"]) == state(here.http)
    bucket.write_bytes(whole)
    app.extensions[EXTENSION].reloader.reload()
    assert ("ready", []) == state(here.http)
    assert 1 == len(here.labels(people.close))


def test_a_bucket_that_goes_missing_later_is_no_not_found(
    app_of, private_checker_of, own_private_deployment, people
):
    here = private_checker_of(app_of(own_private_deployment))
    manifest = here.manifest()
    (build_of(own_private_deployment) / "b" / "00000007").unlink()
    assert 503 == here.http.get(here.bucket_path(manifest, 7)).status_code
    assert 503 == here.evaluation(here.blinded(people.close).request).status_code
    assert ("degraded", ["private_checksum"]) == state(here.http)


def test_the_build_before_is_served_while_its_manifest_is_valid(
    app_of, private_checker_of, own_private_deployment, people
):
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    before = here.manifest()
    own_private_deployment.publish(private=True)
    app.extensions[EXTENSION].reloader.reload()
    assert before.build_id != here.manifest().build_id
    assert 200 == here.http.get(here.bucket_path(before, 1)).status_code
    assert 200 == here.evaluation(here.blinded(people.close, before).request).status_code
    restarted = private_checker_of(app_of(own_private_deployment))
    assert 200 == restarted.http.get(here.bucket_path(before, 1)).status_code


def test_a_build_is_let_go_when_its_manifest_expires(
    app_of, private_checker_of, own_private_deployment, monkeypatch, people
):
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    manifest = here.manifest()
    body = here.blinded(people.close, manifest).request
    later = datetime.now(UTC) + timedelta(hours=49)
    private = app.extensions[EXTENSION].private_builds
    monkeypatch.setattr(private, "_clock", lambda: later)
    assert 404 == here.http.get(here.bucket_path(manifest, 1)).status_code
    private.reload()
    assert 503 == here.evaluation(body).status_code


def test_a_build_published_again_is_served_until_the_new_end(
    app_of, private_checker_of, own_private_deployment
):
    first = build_of(own_private_deployment).name
    own_private_deployment.publish(private=True)
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    republish(
        own_private_deployment.index, first, builder_keys(own_private_deployment), datetime.now(UTC)
    )
    app.extensions[EXTENSION].reloader.reload()
    assert first == here.manifest().build_id
    assert 200 == here.http.get(f"/b/{first}/00000001").status_code


def test_a_build_that_another_worker_told_of_is_found_at_once(
    app_of, private_checker_of, own_private_deployment, people, monkeypatch
):
    first, second = (private_checker_of(app_of(own_private_deployment)) for _ in range(2))
    own_private_deployment.publish(private=True)
    first.http.application.extensions[EXTENSION].reloader.reload()
    manifest = first.manifest()
    private = second.http.application.extensions[EXTENSION].private_builds
    monkeypatch.setattr(private, "_reload_again_at", 0.0)
    assert 200 == second.http.get(second.bucket_path(manifest, 1)).status_code
    assert 200 == second.evaluation(second.blinded(people.close, manifest).request).status_code


def test_unknown_builds_and_keys_do_not_make_it_reload_all_the_time(
    app_of, private_checker_of, own_private_deployment, monkeypatch
):
    app = app_of(own_private_deployment)
    private_builds, reloads = app.extensions[EXTENSION].private_builds, []
    monkeypatch.setattr(private_builds, "_ticks", lambda: 0.0)  # no time passes
    monkeypatch.setattr(private_builds, "_reload", lambda: reloads.append(1))
    here = private_checker_of(app)
    for _ in range(20):
        here.http.get("/b/" + "0" * 32 + "/00000000")
        here.evaluation(b"\x02" + bytes(104))
    assert [] == reloads


def test_a_candidate_that_nobody_signed_is_not_served(
    app_of, private_checker_of, own_private_deployment
):
    now = datetime.now(UTC)
    facts = BuildFacts("x", now, timedelta(hours=48), now, {}, [], private=True)
    keys = builder_keys(own_private_deployment)
    candidate = write_candidate(own_private_deployment.index, [], facts, keys)
    here = private_checker_of(app_of(own_private_deployment))
    assert 404 == here.http.get(f"/b/{candidate}/00000001").status_code
    assert ("ready", []) == state(here.http)


def test_a_new_key_is_found_and_the_old_one_serves_on(
    app_of, private_checker_of, own_private_deployment, people, monkeypatch
):
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    before = here.manifest()
    for keys in (own_private_deployment.root / "keys", own_private_deployment.web_keys):
        (keys / "private_2").write_text("ab" * 32 + "\n")
    own_private_deployment.publish(private=True)
    services = app.extensions[EXTENSION]
    monkeypatch.setattr(services.private_builds._evaluator, "_look_at", 0.0)
    services.reloader.reload()
    assert before.private.key_id != here.manifest().private.key_id
    assert 1 == len(here.labels(people.close))
    assert 200 == here.evaluation(here.blinded(people.close, before).request).status_code
    assert ("ready", []) == state(here.http)


def test_a_destroyed_key_is_not_used_from_memory(
    app_of, private_checker_of, own_private_deployment, people, monkeypatch
):
    app = app_of(own_private_deployment)
    here = private_checker_of(app)
    body = here.blinded(people.close).request
    (own_private_deployment.web_keys / "private_1").unlink()
    monkeypatch.setattr(app.extensions[EXTENSION].private_builds._evaluator, "_look_at", 0.0)
    assert 503 == here.evaluation(body).status_code


def test_a_build_directory_by_itself_is_served(
    app_of, private_checker_of, own_private_deployment, tmp_path, people
):
    for name, index in (
        ("build", build_of(own_private_deployment)),
        ("link", own_private_deployment.index / "current"),
    ):
        here = private_checker_of(
            app_of(own_private_deployment, index_dir=str(index), state_dir=str(tmp_path / name))
        )
        assert 1 == len(here.labels(people.close))


def test_several_authorities_are_each_asked_under_their_own_key(
    app_of, private_checker_of, own_private_deployment, other_deployment, people, tmp_path
):
    root = tmp_path / "several"
    shutil.copytree(own_private_deployment.index, root / "east", symlinks=True)
    other_deployment.publish(private=True, to=root / "west")
    shutil.copytree(other_deployment.web_keys, own_private_deployment.web_keys / "west")
    here = private_checker_of(app_of(own_private_deployment, index_dir=str(root)))
    listed = here.http.get("/api/v1/index").get_json()["manifests"]
    assert 2 == len({manifest["private"]["key_id"] for manifest in listed})
    assert 2 == len(here.labels(people.close))
    assert ("ready", []) == state(here.http)


def test_a_silent_evaluator_holds_one_request_and_then_nobody(
    private_app, private_checker_of, people, monkeypatch
):
    app = private_app()
    here = private_checker_of(app)
    body = here.blinded(people.close).request
    calls = []

    def silent(*_):
        calls.append(1)
        raise EvaluatorGone

    private_builds = app.extensions[EXTENSION].private_builds
    evaluator = private_builds._evaluator
    monkeypatch.setattr(private_builds, "_ticks", lambda: 0.0)  # no time passes
    with monkeypatch.context() as hung:
        hung.setattr(evaluator, "evaluate", silent)
        hung.setattr(evaluator, "public_keys", silent)
        assert {503} == {here.evaluation(body).status_code for _ in range(5)}
        assert 1 == len(calls)
        assert 200 == here.http.get(here.bucket_path(here.manifest(), 1)).status_code
        assert ("degraded", ["private_evaluator"]) == state(here.http)
    monkeypatch.setattr(private_builds, "_reload_again_at", 0.0)
    assert 200 == here.evaluation(body).status_code
