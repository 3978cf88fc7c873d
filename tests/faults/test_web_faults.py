"""Whatever is wrong: "cannot answer", never "not found"; and /readyz says what it is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from app.services import EXTENSION
from tests.fixtures.redis_states import FAULTS as FAULTS_OF_REDIS


def wrong_key(deployment):
    (deployment.web_keys / "root_plain").unlink()
    (deployment.web_keys / "root_plain").write_text("ab" * 64 + "\n")


def no_key(deployment):
    (deployment.web_keys / "root_plain").unlink()


def garbage_key(deployment):
    (deployment.web_keys / "root_plain").unlink()
    (deployment.web_keys / "root_plain").write_text("not hexadecimal")


def no_trust(deployment):
    (deployment.web_keys / "trust.json").unlink()


def other_trust(deployment):
    (deployment.web_keys / "trust.json").unlink()
    other = '{"keys":{},"threshold":1}'
    (deployment.web_keys / "trust.json").write_text(other)


def plain_file(deployment):
    return deployment.index / "current" / "plain.idx"


def damaged_file(deployment):
    data = bytearray(plain_file(deployment).read_bytes())
    data[len(data) // 2] ^= 1
    plain_file(deployment).write_bytes(bytes(data))


def cut_file(deployment):
    data = plain_file(deployment).read_bytes()
    plain_file(deployment).write_bytes(data[: len(data) // 2])


def no_file(deployment):
    plain_file(deployment).unlink()


def empty_file(deployment):
    plain_file(deployment).write_bytes(b"")


def change_manifest(deployment, old, new):
    file = deployment.index / "current" / "manifest.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def changed_manifest(deployment):
    change_manifest(deployment, '"seq":1', '"seq":9')


def other_fold_table(deployment):
    """A build of another release, rightly signed."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("publishing.build_facts", "lookup.open_index", "publishing.verification"):
            patch.setattr(f"exposure_index.{module}.IDENTITY_HASH", "0" * 64)
        deployment.publish()


def other_reading(deployment):
    """A build that read trip numbers by other rules, rightly signed."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("publishing.build_facts", "lookup.open_index", "publishing.verification"):
            patch.setattr(f"exposure_index.{module}.READING_HASH", "0" * 64)
        deployment.publish()


def first_edition(deployment):
    """A manifest of the first edition, which named no reading."""
    file = deployment.index / "current" / "manifest.json"
    document = json.loads(file.read_text())
    del document["reading"]
    file.write_text(json.dumps(document))


def expired(deployment):
    deployment.publish(
        built_at=datetime.now(UTC) - timedelta(hours=3), valid_for=timedelta(hours=2)
    )


def no_index(deployment):
    deployment.index = deployment.root / "nothing"


def no_manifest(deployment):
    (deployment.index / "current" / "manifest.json").unlink()


FAULTS = [
    (no_key, "key"),
    (wrong_key, "key"),
    (garbage_key, "key"),
    (no_trust, "trust"),
    (other_trust, "trust"),
    (damaged_file, "checksum"),
    (cut_file, "checksum"),
    (no_file, "checksum"),
    (empty_file, "checksum"),
    (changed_manifest, "signature"),
    (other_fold_table, "identity_table"),
    (first_edition, "earlier_edition"),
    (expired, "expired"),
    (no_index, "missing"),
    (no_manifest, "malformed"),
]


@pytest.mark.parametrize(
    ("fault", "reason"), FAULTS, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_fault_is_named_and_nobody_is_told_not_found(
    app_of, own_deployment, people, fault, reason
):
    fault(own_deployment)
    client = app_of(own_deployment).test_client()
    ready = client.get("/readyz")
    assert (503, [reason]) == (ready.status_code, ready.get_json()["reasons"])
    for person in (people.close, people.unlisted):
        answer = client.post("/api/v1/checks", json=person.as_form())
        assert (503, "application/problem+json") == (answer.status_code, answer.content_type)
        assert int(answer.headers["Retry-After"]) > 0
        page = client.post("/check?lang=en", data=person.as_form())
        assert (503, True) == (page.status_code, "The service cannot answer now" in page.text)
        assert "No record" not in page.text
    assert 200 == client.get("/").status_code
    assert 200 == client.get("/healthz").status_code
    assert 503 == client.get("/api/v1/index").status_code


def test_another_reading_of_trip_numbers_stops_trips_and_nothing_else(
    app_of, own_deployment, people
):
    other_reading(own_deployment)
    client = app_of(own_deployment).test_client()
    ready = client.get("/readyz")
    assert (200, ["trip_reading"]) == (ready.status_code, ready.get_json()["reasons"])
    listed = client.post("/api/v1/checks", json=people.close.as_form())
    assert (200, "exposed") == (listed.status_code, listed.get_json()["status"])
    trip = client.get("/api/v1/trips?mode=train&number=G1&date=2020-01-20")
    assert 503 == trip.status_code


def test_a_lower_sequence_than_served_before_is_refused(app_of, own_deployment, people):
    link = own_deployment.index / "current"
    older = link.resolve().name
    own_deployment.publish()
    app_of(own_deployment)
    link.unlink()
    link.symlink_to(older)
    client = app_of(own_deployment).test_client()
    assert ["rollback"] == client.get("/readyz").get_json()["reasons"]
    assert 503 == client.post("/api/v1/checks", json=people.close.as_form()).status_code


def test_a_page_that_fails_while_it_is_read_ends_the_answers(app_of, own_deployment, people):
    app = app_of(own_deployment)
    client = app.test_client()
    assert 200 == client.post("/api/v1/checks", json=people.unlisted.as_form()).status_code
    file = plain_file(own_deployment)
    with file.open("r+b") as index:  # in place: the service has this very file mapped
        index.seek(file.stat().st_size - 60)
        index.write(b"\xff" * 40)
    answer = client.post("/api/v1/checks", json=people.unlisted.as_form())
    assert 503 == answer.status_code
    assert ["damaged"] == client.get("/readyz").get_json()["reasons"]
    app.extensions[EXTENSION].indexes.reload()
    assert ["checksum"] == client.get("/readyz").get_json()["reasons"]


def test_the_service_heals_when_the_fault_is_gone(app_of, own_deployment, people):
    whole = plain_file(own_deployment).read_bytes()
    damaged_file(own_deployment)
    app = app_of(own_deployment)
    plain_file(own_deployment).write_bytes(whole)
    app.extensions[EXTENSION].indexes.reload()
    client = app.test_client()
    assert "ready" == client.get("/readyz").get_json()["status"]
    assert 200 == client.post("/api/v1/checks", json=people.close.as_form()).status_code


def test_redis_gone_answers_go_on_and_readiness_says_so(
    app_of, own_deployment, people, start_redis
):
    running = start_redis()
    app = app_of(own_deployment, redis_url=running.url)
    client = app.test_client()
    assert "ready" == client.get("/readyz").get_json()["status"]
    running.stop()
    app.extensions[EXTENSION].store_watch.look()
    answer = client.post("/api/v1/checks", json=people.close.as_form())
    assert (200, "exposed") == (answer.status_code, answer.get_json()["status"])
    assert 200 == client.post("/check", data=people.close.as_form()).status_code
    assert 200 == client.get("/check").status_code
    state = client.get("/readyz").get_json()
    assert ("degraded", "local") == (state["status"], state["limits"])


@pytest.mark.parametrize(("reason", "make_ill"), FAULTS_OF_REDIS.items())
def test_redis_full_or_read_only_answers_go_on_and_readiness_says_why(
    app_of, own_deployment, people, start_redis, reason, make_ill
):
    running = start_redis()
    client = app_of(own_deployment, redis_url=running.url, network_checks=1).test_client()
    make_ill(Redis.from_url(running.url))
    for turn in range(2):  # the second asks Redis
        answer = client.post("/api/v1/checks", json=people.close.as_form())
        assert (200, "exposed") == (answer.status_code, answer.get_json()["status"]), turn
    assert 200 == client.get("/check").status_code
    assert 429 == client.post("/api/v1/checks", json=people.close.as_form()).status_code
    state = client.get("/readyz")
    assert (200, "degraded") == (state.status_code, state.get_json()["status"])
    assert ([reason], "local") == (state.get_json()["reasons"], state.get_json()["limits"])


def test_a_bug_tells_the_reader_nothing_and_the_log_no_value(
    app_of, own_deployment, people, monkeypatch, capsys
):
    def fail(*_arguments, **_named):
        raise RuntimeError(people.close.id_number)

    app = app_of(own_deployment)
    monkeypatch.setattr("app.checks.lookup.look_up", fail)
    client = app.test_client()
    answer = client.post("/api/v1/checks", json=people.close.as_form())
    page = client.post("/check?lang=en", data=people.close.as_form())
    assert [500, 500] == [answer.status_code, page.status_code]
    assert "There is a problem with the service" in page.text
    told = answer.text + page.text + "".join(capsys.readouterr())
    assert people.close.id_number not in told
    assert "RuntimeError" in told
