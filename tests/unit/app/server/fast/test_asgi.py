"""The front answers by ASGI what the application answers by WSGI, and waits for nobody."""

import asyncio
import json
import threading

import pytest

from app.server.application import put_front_before
from app.server.fast import framework_pool
from app.server.fast.asgi import BUFFERED_BODY_MAX_BYTES
from app.services import EXTENSION
from tests.fixtures.event_loops import run_in_loop, runs_in_loop
from tests.fixtures.front_requests import ScriptedClient, ask, scope_of

PATH = "/api/v1/checks"
JSON = {"content-type": "application/json"}
BODIES = {
    "listed": lambda people: people.close.as_form(),
    "unlisted": lambda people: people.unlisted.as_form(),
    "wrong name": lambda people: people.wrong_name.as_form(),
    "wrong check digit": lambda people: {**people.close.as_form(), "id_number": "1" * 18},
    "field missing": lambda _: {"id_type": "other"},
    "no object": lambda _: [],
}


@pytest.fixture
def app(app_of, published):
    return app_of(published)


@pytest.fixture
def front(app):
    return put_front_before(app)


@pytest.mark.parametrize("name", BODIES)
def test_a_check_is_answered_as_by_wsgi(app, front, people, name):
    body = json.dumps(BODIES[name](people)).encode()
    by_wsgi = app.test_client().post(PATH, data=body, headers=JSON)
    response = ask(front, "POST", PATH, body, JSON)
    assert (by_wsgi.status_code, by_wsgi.data) == (response.status, response.data)
    assert sorted(by_wsgi.headers.items()) == sorted(response.headers)


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/healthz"),
        ("GET", "/robots.txt"),
        ("GET", "/no/such/page"),
        ("HEAD", "/check"),
        ("PUT", PATH),
        ("GET", "/api/v1/trips?mode=train&number=G1&date=2020-01-20"),
        ("GET", "/%E4%BD%A0%ff"),
    ],
)
def test_everything_else_is_answered_as_by_wsgi(app, front, method, target):
    by_wsgi = app.test_client().open(target, method=method)
    response = ask(front, method, target)
    assert (by_wsgi.status_code, by_wsgi.data) == (response.status, response.data)
    assert sorted(by_wsgi.headers.items()) == sorted(response.headers)


def test_a_check_in_perfect_order_needs_no_thread(front, people, monkeypatch):
    def fails(*_):
        raise AssertionError

    monkeypatch.setattr(framework_pool.FrameworkPool, "submit", fails)
    body = json.dumps(people.close.as_form()).encode()
    assert 200 == ask(front, "POST", PATH, body, JSON).status


def test_what_must_ask_redis_asks_it_in_a_thread(app_of, published, people, start_redis):
    front = put_front_before(app_of(published, redis_url=start_redis().url, network_checks=2))
    body = json.dumps(people.close.as_form()).encode()
    threads = []
    limits = front.services.check_limits
    admit = limits.admit_check

    def note_thread(*arguments, **named):
        threads.append((runs_in_loop(), named["may_wait"]))
        return admit(*arguments, **named)

    limits.admit_check = note_thread
    statuses = [ask(front, "POST", PATH, body, JSON).status for _ in range(3)]
    assert [200, 200, 429] == statuses
    assert {(True, False), (False, True)} == set(threads)


def test_a_key_that_no_manifest_names_is_looked_for_in_a_thread(
    private_app, private_checker_of, people, monkeypatch
):
    app = private_app()
    body = private_checker_of(app).blinded(people.close).request
    unknown = body[:1] + bytes(8) + body[9:]
    octets = {"content-type": "application/octet-stream"}
    front = put_front_before(app)
    threads = []
    private = app.extensions[EXTENSION].private_builds
    evaluate = private.evaluate

    def note_thread(request):
        threads.append(runs_in_loop())
        return evaluate(request)

    monkeypatch.setattr(type(private), "evaluate", lambda _, request: note_thread(request))
    assert 422 == ask(front, "POST", "/api/v1/private/evaluations", unknown, octets).status
    assert 200 == ask(front, "POST", "/api/v1/private/evaluations", body, octets).status
    assert [False, True] == threads


@pytest.mark.parametrize("target", ["/", "/check?lang=en", "/readyz", "/healthz"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_in_memory_needs_no_thread(app, front, method, target, monkeypatch):
    language = {"accept-language": "en", "accept-encoding": "gzip"}
    by_wsgi = app.test_client().open(target, method=method, headers=language)

    def fails(*_):
        raise AssertionError

    monkeypatch.setattr(framework_pool.FrameworkPool, "submit", fails)
    response = ask(front, method, target, headers=language)
    assert (by_wsgi.status_code, by_wsgi.data) == (response.status, response.data)
    assert sorted(by_wsgi.headers.items()) == sorted(response.headers)


def test_a_bug_in_what_is_kept_in_memory_is_told_as_one(front, monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError("SILVA-ANA")

    monkeypatch.setattr(front.loop_routes, "_answer_from_memory", fail)
    response = ask(front, "GET", "/check")
    assert 500 == response.status
    assert b"SILVA" not in response.data + "".join(capsys.readouterr()).encode()


@pytest.fixture
def refused_by(app_of, published, monkeypatch):
    """Ask the front of a service whose only thread and whose queue are taken."""
    monkeypatch.setattr(framework_pool, "QUEUE_MAX", 1)
    front = put_front_before(app_of(published, threads=1))
    front.prepared_pages.make()

    def ask_third(method, target, headers=None):
        goes_on = threading.Event()

        def wait(_environ, start_response):
            goes_on.wait()
            start_response("204 NO CONTENT", [])
            return []

        front._wsgi = wait
        clients = [ScriptedClient([b""]) for _ in range(3)]

        async def exchange():
            calls = [
                asyncio.create_task(front(scope_of(method, target, headers), one.receive, one.send))
                for one in clients
            ]
            await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
            statuses = [one.response.status for one in clients]
            goes_on.set()
            await asyncio.gather(*calls)
            return statuses

        assert [0, 0, 503] == run_in_loop(exchange())
        assert [204, 204] == [one.response.status for one in clients[:2]]
        return clients[2].response

    return ask_third


def test_a_program_past_the_queue_is_refused_at_once(refused_by):
    refused = refused_by("GET", "/api/v1/no-such-thing")
    assert "application/problem+json" == dict(refused.headers)["Content-Type"]
    assert {"Retry-After", "Cache-Control", "X-Content-Type-Options"} <= dict(
        refused.headers
    ).keys()


@pytest.mark.parametrize(
    ("target", "accepted", "language", "words"),
    [
        ("/check?lang=zh-Hans", "en", "zh-Hans", "当前查询人数较多，本服务暂时无法答复。"),
        ("/no-such-page", "en-GB", "en", "Too many people are using the service right now."),
        ("/check?id=1", "ja;q=0.9", "ja", "照会が集中しているため、いま回答できません。"),
        ("/check", "\xff;;q=,", "en", "Too many people are using the service right now."),
    ],
)
def test_a_reader_past_the_queue_gets_a_page(refused_by, target, accepted, language, words):
    refused = refused_by("POST", target, {"accept-language": accepted})
    headers = dict(refused.headers)
    page = refused.data.decode()
    assert f'<html lang="{language}"' in page
    assert words in page
    assert ("2", "no-store, no-transform") == (headers["Retry-After"], headers["Cache-Control"])
    assert str(len(refused.data)) == headers["Content-Length"]
    assert {"Content-Security-Policy", "X-Content-Type-Options"} <= headers.keys()


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_cut_short_is_refused(front, people, chunked):
    body = json.dumps(people.close.as_form()).encode()
    headers = {**JSON, **({"transfer-encoding": "chunked"} if chunked else {})}

    async def exchange():
        client = ScriptedClient([body], cut=True)
        scope = scope_of("POST", PATH, headers, None if chunked else len(body) + 1)
        await front(scope, client.receive, client.send)
        return client.response

    assert 400 == run_in_loop(exchange()).status


def test_a_check_whose_body_comes_in_two_pieces_needs_no_thread(front, people, monkeypatch):
    def fails(*_):
        raise AssertionError

    monkeypatch.setattr(framework_pool.FrameworkPool, "submit", fails)
    body = json.dumps(people.close.as_form()).encode()

    async def exchange():
        client = ScriptedClient([body[:9], body[9:]])
        await front(scope_of("POST", PATH, JSON, len(body)), client.receive, client.send)
        return client.response

    assert "exposed" == json.loads(run_in_loop(exchange()).data)["status"]


def test_a_chunked_body_is_answered(front, people):
    body = json.dumps(people.close.as_form()).encode()

    async def exchange():
        client = ScriptedClient([body[:9], body[9:]])
        scope = scope_of("POST", PATH, {**JSON, "transfer-encoding": "chunked"})
        await front(scope, client.receive, client.send)
        return client.response

    assert "exposed" == json.loads(run_in_loop(exchange()).data)["status"]


def test_of_an_upload_nothing_is_received_before_a_thread_reads_it(front):
    received = []

    async def receive():
        received.append(len(received))
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def exchange():
        client = ScriptedClient([])
        scope = scope_of("POST", "/no/such/page", length=BUFFERED_BODY_MAX_BYTES + 1)
        await front(scope, receive, client.send)
        return client.response.status

    assert 404 == run_in_loop(exchange())
    assert [] == received


def test_a_bug_around_the_framework_is_told_as_one(front, capsys):
    def fail(_environ, _start_response):
        raise RuntimeError("SILVA-ANA")

    front._wsgi = fail
    response = ask(front, "GET", "/check?id=1")
    assert 500 == response.status
    assert b"SILVA" not in response.data + "".join(capsys.readouterr()).encode()


def fail_around_the_framework(front, _monkeypatch):
    def fail(_environ, _start_response):
        raise RuntimeError

    front._wsgi = fail


def fail_in_memory(front, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(front.loop_routes, "_answer_from_memory", fail)


BUGS = {
    "around the framework": ("POST", fail_around_the_framework),
    "memory": ("GET", fail_in_memory),
}


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize(
    ("target", "accepted", "language", "words"),
    [
        ("/check?lang=zh-Hant", "en", "zh-Hant", "服務發生問題"),
        ("/no-such-page", "en-GB", "en", "There is a problem with the service"),
        ("/check", "ja;q=0.9", "ja", "問題が発生しました"),
    ],
)
def test_a_reader_who_meets_a_bug_of_the_front_gets_a_page(
    front, monkeypatch, bug, target, accepted, language, words
):
    method, fail = BUGS[bug]
    fail(front, monkeypatch)
    front.prepared_pages.make()
    response = ask(front, method, target, headers={"accept-language": accepted})
    headers, page = dict(response.headers), response.data.decode()
    assert 500 == response.status
    assert f'<html lang="{language}"' in page
    assert words in page
    assert ("no-store, no-transform", str(len(response.data))) == (
        headers["Cache-Control"],
        headers["Content-Length"],
    )
    assert {"Content-Security-Policy", "X-Content-Type-Options"} <= headers.keys()


@pytest.mark.parametrize("bug", BUGS)
def test_a_program_that_meets_a_bug_of_the_front_gets_problem_details(front, monkeypatch, bug):
    method, fail = BUGS[bug]
    fail(front, monkeypatch)
    front.prepared_pages.make()
    response = ask(front, method, "/api/v1/no-such-thing")
    assert 500 == response.status == json.loads(response.data)["status"]
    assert "application/problem+json" == dict(response.headers)["Content-Type"]


def test_the_services_are_those_of_the_application(app, front):
    assert app.extensions[EXTENSION] is front.services
