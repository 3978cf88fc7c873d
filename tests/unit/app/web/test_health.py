"""What the sign of life and readiness say, and of what state."""

from app.indexes.look_watch import LookWatch
from app.services import EXTENSION


def test_checks_are_answered_and_readiness_is_degraded_without_records(client_of, people):
    client = client_of(database_url="postgresql://nobody@127.0.0.1:9/nothing")
    assert 200 == client.post("/check", data=people.close.as_form()).status_code
    state = client.get("/readyz")
    values = [state.get_json()[name] for name in ("status", "reasons", "limits", "records")]
    expected = [200, "degraded", ["records_unreachable"], "on", "unavailable"]
    assert expected == [state.status_code, *values]


def test_readiness_says_that_the_key_of_the_records_is_missing(app_of, own_deployment):
    (own_deployment.web_keys / "records").unlink()
    state = app_of(own_deployment).test_client().get("/readyz").get_json()
    assert ("degraded", ["records_key"]) == (state["status"], state["reasons"])


def test_limits_that_are_off_have_a_reason(client_of):
    assert ["limits_off"] == client_of(limits="off").get("/readyz").get_json()["reasons"]


def test_alive_and_ready(client):
    assert {"status": "ok"} == client.get("/healthz").get_json()
    response = client.get("/readyz")
    assert (200, {"status": "ready", "reasons": [], "limits": "on", "records": "on"}) == (
        response.status_code,
        response.get_json(),
    )


def test_readiness_is_read_without_asking_a_store(app_of, published, monkeypatch):
    app = app_of(published)
    services = app.extensions[EXTENSION]
    services.store_watch.look()
    questions = []
    monkeypatch.setattr(services.records, "reading", lambda: questions.append(1))
    assert "ready" == app.test_client().get("/readyz").get_json()["status"]
    assert [] == questions


def test_a_service_that_nobody_looks_after_any_more_is_not_ready(
    app_of, own_deployment, monkeypatch
):
    app = app_of(own_deployment)
    monkeypatch.setattr(LookWatch, "is_overdue", lambda *_: True)
    state = app.test_client().get("/readyz")
    assert (503, "cannot_answer") == (state.status_code, state.get_json()["status"])
    assert "look_overdue" in state.get_json()["reasons"]
