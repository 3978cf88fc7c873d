def test_checks_are_answered_and_readiness_is_degraded_without_records(client_of, people):
    client = client_of(database_url="postgresql://nobody@127.0.0.1:9/nothing")
    assert 200 == client.post("/check", data=people.close.as_form()).status_code
    state = client.get("/readyz")
    values = [state.get_json()[name] for name in ("status", "limits", "records")]
    assert [200, "degraded", "on", "unavailable"] == [state.status_code, *values]


def test_alive_and_ready(client):
    assert {"status": "ok"} == client.get("/healthz").get_json()
    response = client.get("/readyz")
    assert (200, {"status": "ready", "reasons": [], "limits": "on", "records": "on"}) == (
        response.status_code,
        response.get_json(),
    )
