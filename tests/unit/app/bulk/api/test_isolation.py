"""Every route of the API of organisations: who may ask it, and that nobody else's job answers.

A route without a row here fails the first test.
"""

from typing import NamedTuple

import pytest

from app.organisations.api_keys import ApiKeys, Scope
from tests.fixtures.bulk_api import JOBS

PREFIX = "/api/v1/bulk/"


class Route(NamedTuple):
    """One route; scope: None where no key is needed."""

    method: str
    rule: str
    scope: Scope | None


ROUTES = [
    Route("POST", JOBS, Scope.JOBS_WRITE),
    Route("GET", f"{JOBS}/<job_id>", Scope.JOBS_READ),
    Route("DELETE", f"{JOBS}/<job_id>", Scope.JOBS_WRITE),
    Route("GET", f"{JOBS}/<job_id>/results", Scope.RESULTS_READ),
    Route("GET", f"{JOBS}/<job_id>/receipt", Scope.JOBS_READ),
    Route("GET", f"{PREFIX}receipt-key", None),
]
WITH_KEY = [route for route in ROUTES if route.scope is not None]
OF_A_JOB = [route for route in ROUTES if "<job_id>" in route.rule]


def ask(user, route, job_id="none", key=None):
    path = route.rule.replace("<job_id>", job_id)
    headers = {"Authorization": f"Bearer {user.key if key is None else key}"}
    return user.client.open(path, method=route.method, headers=headers)


def test_every_route_of_the_api_stands_in_the_table(api_house):
    found = {
        (method, rule.rule)
        for rule in api_house.app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(route.method, route.rule) for route in ROUTES} == found


@pytest.mark.parametrize("route", OF_A_JOB, ids=str)
def test_the_job_of_another_organisation_is_none(api_house, api_user, route):
    job_id = api_user.job().rpartition("/")[2]
    api_house.work()
    foreign, missing = ask(api_house.user(), route, job_id), ask(api_house.user(), route)
    assert (404, "job") == (foreign.status_code, foreign.json["code"])
    assert foreign.data == missing.data
    assert "done" == api_user.get(f"{JOBS}/{job_id}").json["status"]


@pytest.mark.parametrize("route", WITH_KEY, ids=str)
def test_without_a_key_nothing_is_told(api_house, route):
    response = api_house.app.test_client().open(route.rule, method=route.method)
    assert (401, "key_missing") == (response.status_code, response.json["code"])
    assert 'Bearer realm="contact-gauge"' == response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("route", WITH_KEY, ids=str)
@pytest.mark.parametrize("key", ["x", "cgk_0123456789_" + "0" * 64, "ä"])
def test_a_key_that_is_none_is_refused(api_user, route, key):
    response = ask(api_user, route, key=key)
    assert (401, "key") == (response.status_code, response.json["code"])


@pytest.mark.parametrize("route", WITH_KEY, ids=str)
def test_a_key_of_another_scope_is_refused(api_house, api_user, route):
    user = api_house.user_of(api_user.organisation, set(Scope) - {route.scope})
    response = ask(user, route)
    assert (403, "scope") == (response.status_code, response.json["code"])
    assert f'scope="{route.scope}"' in response.headers["WWW-Authenticate"]


def test_a_key_that_is_revoked_is_refused(api_house, api_user):
    place = api_user.job()
    keys = ApiKeys(api_house.services.records, api_house.services.settings)
    keys.revoke(api_user.organisation.id, "admin", api_user.key.split("_")[1])
    assert 401 == api_user.get(place).status_code


def test_a_cookie_opens_nothing(api_house):
    client = api_house.app.test_client()
    client.set_cookie("gauge_org", "x")
    assert 401 == client.get(f"{JOBS}/none").status_code


def test_the_same_idempotency_key_of_two_organisations_is_two_jobs(api_house, api_user):
    first, second = (
        user.upload(**{"Idempotency-Key": "k"}).json["id"] for user in (api_user, api_house.user())
    )
    assert first != second


def test_who_guesses_keys_must_wait_and_locks_nobody_out(api_house_of):
    user = api_house_of(bulk_network_failed_keys=2).user()
    statuses = [ask(user, ROUTES[1], key="x").status_code for _ in range(3)]
    assert [401, 401, 429] == statuses
    assert 404 == ask(user, ROUTES[1]).status_code


def test_one_key_asks_so_often_and_another_goes_on(api_house_of):
    house = api_house_of(bulk_key_requests_per_minute=2)
    user = house.user()
    responses = [ask(user, ROUTES[1]) for _ in range(3)]
    assert [404, 404, 429] == [response.status_code for response in responses]
    assert int(responses[-1].headers["Retry-After"]) > 0
    assert 404 == ask(house.user(), ROUTES[1]).status_code


def test_there_is_no_api_where_organisations_are_off(api_house_of):
    client = api_house_of(organisations="off").app.test_client()
    assert 404 == client.get(f"{JOBS}/none").status_code
    assert JOBS not in client.get("/api/openapi.json").get_data(as_text=True)
