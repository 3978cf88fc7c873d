"""A trip look-up is answered by the event loop, byte for byte as by the view, and counted once."""

from urllib.parse import quote

import pytest

from app.query.trips.api import PATH, QueryUnclear, parse_plain_query
from app.query.trips.form import TripForm
from app.server.application import put_front_before
from tests.fixtures.front_requests import header_texts

PEER = "127.0.0.1"
ANSWERED = {
    "listed": (200, "number=G1234&date=2020-01-22"),
    "listed, by its mode": (200, "mode=train&date=2020-01-22&number=g1234"),
    "listed, in other words": (
        200,
        f"number={quote('Ｇ１２３４次')}&date={quote('2020年1月22日')}",
    ),
    "a passenger list": (200, "number=G1234&date=2020-01-23"),
    "unknown": (200, "number=G1234&date=2020-01-24"),
    "spaces as a form sends them": (200, "number=CZ+3013&date=2020-01-21"),
    "of several modes": (422, "number=K12&date=2020-01-21"),
    "without a number": (422, "number=&date=2020-01-22"),
    "without a day": (422, "number=G1234&date="),
    "no day": (422, "number=G1234&date=2020-02-30"),
    "no mode": (422, "number=G1234&date=2020-01-22&mode=rocket"),
    "too long": (422, f"number={'G' * 99}&date=2020-01-22"),
    "unreadable": (422, "number=%E4%B8%8D%E8%AF%A6&date=2020-01-22"),
}
LEFT_TO_THE_VIEW = [
    "",
    "number=G1234",
    "date=2020-01-22",
    "number=G1&date=2020-01-22&date=2020-01-23",
    "number=G1&date=2020-01-22&name=Ana",
    "number=G1&date=2020-01-22&lang=en",
    "number=%ff&date=2020-01-22",
    "number=\xe4\xb8\x8d&date=2020-01-22",
    "number=G1&date=2020-01-22&mode=train&x=y",
]


@pytest.fixture
def app(app_of, published):
    return app_of(published)


def by_loop(app, query, headers=(), method="GET"):
    routes = put_front_before(app).loop_routes
    request = routes.match(method, f"{PATH}?{query}" if query else PATH, headers)
    return None if request is None else routes.respond(request, PEER, b"")


def by_view(app, query):
    return app.test_client().get(f"{PATH}?{query}" if query else PATH)


@pytest.mark.parametrize("name", ANSWERED)
def test_a_trip_is_answered_with_status_headers_and_bytes_of_the_view(app, name):
    status, query = ANSWERED[name]
    view, loop = by_view(app, query), by_loop(app, query)
    assert (status, view.data) == (loop.status, loop.body)
    assert sorted(view.headers.items()) == sorted(header_texts(loop.headers))


@pytest.mark.parametrize("query", LEFT_TO_THE_VIEW)
def test_a_query_that_is_not_in_perfect_order_is_left_to_the_view(app, query):
    assert by_loop(app, query) is None


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_another_method_is_left_to_the_view(app, method):
    assert by_loop(app, ANSWERED["listed"][1], method=method) is None


def test_without_a_list_both_say_that_they_cannot_answer(app_of, own_deployment):
    own_deployment.publish(trips=False)
    app, query = app_of(own_deployment), ANSWERED["unknown"][1]
    view, loop = by_view(app, query), by_loop(app, query)
    assert (503, view.data) == (loop.status, loop.body)
    assert sorted(view.headers.items()) == sorted(header_texts(loop.headers))


def test_both_count_for_one_limit_of_pages(app_of, published):
    app = app_of(published, network_pages=2)
    query = ANSWERED["listed"][1]
    assert 200 == by_loop(app, query).status
    assert 200 == by_view(app, query).status_code
    loop, view = by_loop(app, query), by_view(app, query)
    assert (429, 429) == (loop.status, view.status_code)
    assert view.data == loop.body
    assert [name for name, _ in loop.headers if name == b"Retry-After"]


def test_a_forwarded_address_counts_where_a_proxy_is_trusted(app_of, published):
    app = app_of(published, network_pages=1, trusted_proxies="127.0.0.0/8")
    query = ANSWERED["listed"][1]
    statuses = [
        by_loop(app, query, [(b"x-forwarded-for", address)]).status
        for address in (b"203.0.113.1", b"203.0.113.2", b"203.0.113.1")
    ]
    assert [200, 200, 429] == statuses


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("number=G1&date=2020-01-22", TripForm("", "G1", "2020-01-22")),
        ("date=d&mode=m&number=a%2Bb+c", TripForm("m", "a+b c", "d")),
    ],
)
def test_a_query_is_read_as_the_view_reads_it(query, form):
    assert form == parse_plain_query(query)


def test_a_query_that_is_unclear_quotes_nothing():
    with pytest.raises(QueryUnclear) as raised:
        parse_plain_query("number=hidden-word")
    assert "" == str(raised.value)
