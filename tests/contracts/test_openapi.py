"""The description of the API holds: every operation is asked what its description allows, and more.

schemathesis draws the requests, always the same ones: well-formed ones, broken ones, other methods.
"""

import json
import re
from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    allow_header_conformance,
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.bulk.api.jobs_api import LIST_TYPES
from app.checks.response_schema import CheckAnswer
from app.openapi.operations import operation_of
from app.openapi.view import DOCS_PATH, PATH
from app.organisations.api_keys import ApiKeys, Scope
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.server.application import create_application
from app.server.connections.refusals import STATUSES
from app.services import EXTENSION
from app.settings import read_settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
]
EXAMPLES = 25
LISTS = tuple(LIST_TYPES.by_type)
BY_CHANCE = re.compile(r".{0,4}|[0-9A-Za-z+/=_:.-]{5,11}", re.DOTALL)
"""What may stand in an answer by chance: short texts, and longer ones in ids, times, challenges."""


@schemathesis.serializer(*LISTS)
def list_bytes(_context, value):
    """Send what was drawn for a list as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def headers_of(app):
    """Return what a program of an organisation sends with every request."""
    records = app.extensions[EXTENSION].records
    new = NewOrganisation("works", "Works", 100)
    organisation = OrganisationDirectory(records).create(new, date(2020, 2, 1))
    keys = ApiKeys(records, read_settings())
    text, _ = keys.issue(organisation.id, "admin", "test", frozenset(Scope))
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture(scope="module")
def app_with(translations, published_privately, tmp_path_factory):
    """Make the app with chosen settings, once for all requests."""

    def make(**chosen):
        given = {
            "index_dir": str(published_privately.index),
            "keys_dir": str(published_privately.web_keys),
            "state_dir": str(tmp_path_factory.mktemp("state")),
        }
        return create_application(read_settings(**given, **chosen))

    return make


@pytest.fixture(scope="module")
def api(app_with):
    app = app_with(limits="off")
    return schemathesis.openapi.from_wsgi(PATH, app), headers_of(app)


@pytest.fixture(scope="module")
def busy_api(app_with):
    app = app_with(network_checks=1, network_pages=1, proof_hashes=1_000)
    return schemathesis.openapi.from_wsgi(PATH, app), headers_of(app)


def texts_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.items() for each in item for text in texts_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each)]
    return []


def no_echo(_context, response, case) -> None:
    """Fail where an identity that was sent stands in what comes back."""
    said = response.content.decode("utf-8", "replace")
    body = case.body if isinstance(case.body, dict) else {}
    for field in ("id_number", "name", "phone"):
        for text in texts_in(body.get(field)):
            if not BY_CHANCE.fullmatch(text):
                assert text not in said
                assert json.dumps(text)[1:-1] not in said


def ask_everything(schema, headers) -> int:
    """Send what the description suggests and what it forbids; return how many requests it were.

    headers: go with every request; the client does not undo a content encoding.
    """
    headers = {**headers, "Accept-Encoding": "identity"}

    def call(case):
        case.call_and_validate(checks=CHECKS, additional_checks=[no_echo], headers=headers)

    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for case in schema.iter_coverage_cases(
            operation,
            generation_modes=list(GenerationMode),
            generation_config=schema.config.generation,
        ):
            call(case)
            asked += 1
        for mode in GenerationMode:
            if mode is GenerationMode.NEGATIVE and not takes_something(operation):
                continue

            @settings(
                max_examples=EXAMPLES,
                derandomize=True,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(mode))
            def ask(case):
                call(case)

            ask()
            asked += EXAMPLES
    return asked


def takes_something(operation) -> bool:
    return bool(operation.body) or any(True for _ in operation.query)


def test_every_operation_answers_as_described_and_repeats_nothing(api):
    assert ask_everything(*api) > 3 * EXAMPLES


def test_every_operation_refuses_as_described_where_the_network_is_busy(busy_api):
    assert ask_everything(*busy_api) > 3 * EXAMPLES


def test_every_route_of_the_api_describes_itself(app_with):
    app = app_with()
    silent = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        and rule.rule not in (PATH, DOCS_PATH)
        and operation_of(app.view_functions[rule.endpoint]) is None
    ]
    assert [] == silent


@pytest.mark.parametrize("who", ["close", "general", "nameless", "unlisted", "wrong_name"])
def test_every_answer_is_of_the_type_that_describes_it(app_with, people, who):
    client = app_with(limits="off").test_client()
    answer = client.post("/api/v1/checks", json=getattr(people, who).as_form())
    CheckAnswer.model_validate_json(answer.data)


def test_every_operation_tells_what_is_refused_before_any_view(app_with):
    refused = {str(status.value) for _, status in STATUSES} | {"405", "429", "500"}
    document = json.loads(app_with().test_client().get(PATH).data)
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert [] == [one["operationId"] for one in operations if refused - set(one["responses"])]
    allow = {one["responses"]["405"]["headers"]["Allow"]["required"] for one in operations}
    assert {True} == allow


def test_the_description_is_linked_where_a_client_loses_its_way(app_with):
    client = app_with().test_client()
    for response in (client.get("/api/v1/nothing"), client.put("/api/v1/checks")):
        assert f'<{PATH}>; rel="service-desc"' == response.headers["Link"]


def test_the_description_names_the_public_address_and_may_be_kept(app_with):
    response = app_with(base_url="https://check.example.org").test_client().get(PATH)
    document = json.loads(response.data)
    assert "3.1.0" == document["openapi"]
    assert [{"url": "https://check.example.org"}] == document["servers"]
    assert "public, max-age=3600" == response.headers["Cache-Control"]
