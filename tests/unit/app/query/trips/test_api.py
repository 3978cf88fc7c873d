"""GET /api/v1/trips: three answers that differ, near misses, and clear refusals."""

import json

import pytest

from app.query.trips.api import TripAnswer
from exposure_index.files.index_directory import build_directory
from exposure_index.files.trip_list import TripList


@pytest.fixture
def ask(client):
    def ask(**query):
        return client.get("/api/v1/trips", query_string=query)

    return ask


@pytest.mark.parametrize(
    ("expected", "query"),
    [
        ("listed", {"number": "g1234", "date": "2020-01-22"}),
        ("listed", {"number": "Ｇ１２３４次", "date": "2020年1月22日", "mode": "train"}),
        ("listed", {"number": "z14", "date": "2020-01-22"}),
        ("listed", {"number": "Z14/Z11", "date": "2020-01-22"}),
        ("listed", {"number": "CZ 3013", "date": "2020-01-21"}),
        ("listed", {"number": "南航cz3013", "date": "20200121"}),
        ("manifest_held", {"number": "G1234", "date": "2020-01-23"}),
        ("manifest_held", {"number": "粤 b·00000", "date": "2020-01-23", "mode": "taxi"}),
        ("no_manifest", {"number": "G1234", "date": "2020-01-24"}),
        ("no_manifest", {"number": "G9999", "date": "2020-01-22"}),
        ("no_manifest", {"number": "CZ3013", "date": "2020-01-21", "mode": "train"}),
    ],
)
def test_a_trip_is_answered_however_its_number_is_written(ask, expected, query):
    reply = ask(**query)
    assert (200, expected) == (reply.status_code, reply.json["status"])


def test_a_listed_trip_is_told_as_published_with_its_source(ask):
    reply = ask(number="G1234", date="2020-01-22").json
    (trip,) = reply["trips"]
    assert ("8", "12F|12D", "汉口", "北京西") == tuple(
        trip[name] for name in ("carriage", "seats", "board", "alight")
    )
    assert ("2020-01-22T09:30", "https://example.org/notice/7") == (
        trip["board_time"],
        trip["source"],
    )
    assert ([], True) == (reply["suggestions"], reply["index"][0]["complete"])


def test_a_mode_is_asked_for_where_a_bus_and_a_train_bear_the_number(ask):
    reply = ask(number="K12", date="2020-01-21")
    assert 422 == reply.status_code
    assert [{"field": "mode", "reason": "ambiguous"}] == reply.json["errors"]
    assert "listed" == ask(number="K12", date="2020-01-21", mode="bus").json["status"]


def test_a_plate_of_one_known_vehicle_needs_no_mode(ask):
    assert "manifest_held" == ask(number="粤Ｂ—00000", date="2020-01-23").json["status"]


@pytest.mark.parametrize(
    ("number", "date", "expected"),
    [
        ("G1234", "2020-01-24", ("G1234", "2020-01-22", "listed")),
        ("G1243", "2020-01-22", ("G1234", "2020-01-22", "listed")),
        ("G123", "2020-01-22", ("G1234", "2020-01-22", "listed")),
        ("D1234", "2020-01-22", ("G1234", "2020-01-22", "listed")),
        ("G1236", "2020-01-23", ("G1235", "2020-01-23", "manifest_held")),
        ("G9999", "2020-01-22", ("Z11/Z14", "2020-01-22", "listed")),
    ],
)
def test_what_may_have_been_meant_is_suggested(ask, number, date, expected):
    near = ask(number=number, date=date).json["suggestions"]
    assert expected in [(one["number"], one["date"], one["status"]) for one in near]


def test_a_flight_asked_about_as_a_train_is_suggested_as_a_flight(ask):
    near = ask(number="CZ3013", date="2020-01-21", mode="train").json["suggestions"]
    expected = {"mode": "flight", "number": "CZ3013", "date": "2020-01-21", "status": "listed"}
    assert expected == near[0]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({}, [("number", "missing"), ("date", "missing")]),
        ({"number": "G1", "date": "yesterday"}, [("date", "unreadable")]),
        ({"number": "G1", "date": "2020-02-30"}, [("date", "unreadable")]),
        ({"number": "G1", "date": "2018-12-31"}, [("date", "too_early")]),
        ({"number": "G1", "date": "2199-01-01"}, [("date", "too_late")]),
        ({"number": "G" * 99, "date": "2020-01-22"}, [("number", "too_long")]),
        ({"number": "hello", "mode": "train", "date": "2020-01-22"}, [("number", "unreadable")]),
        ({"number": "不详", "date": "2020-01-22"}, [("number", "unreadable")]),
        ({"number": "G1", "mode": "rocket", "date": "2020-01-22"}, [("mode", "unknown_mode")]),
        ({"number": "12", "date": "2020-01-22"}, [("mode", "ambiguous")]),
        ({"number": "粤A12345", "date": "2020-01-22"}, [("mode", "plate")]),
        ({"number": "G1", "date": "2020-01-22", "id_number": "1"}, [("", "unknown_field")]),
        ({"number": ["G1", "G2"], "date": "2020-01-22"}, [("number", "duplicate_field")]),
    ],
)
def test_what_cannot_be_used_is_named_and_not_repeated(ask, query, errors):
    reply = ask(**query)
    assert (422, "application/problem+json") == (reply.status_code, reply.content_type)
    assert errors == [(one["field"], one["reason"]) for one in reply.json["errors"]]


def _ask_over(app_of, deployment, **query):
    parameters = {"number": "G9", "date": "2020-01-22", **query}
    return app_of(deployment).test_client().get("/api/v1/trips", query_string=parameters)


def test_an_index_without_trips_cannot_answer_of_them(app_of, own_deployment):
    own_deployment.publish(trips=False)
    assert 503 == _ask_over(app_of, own_deployment).status_code


def _with_a_second_authority(own_deployment, **how):
    own_deployment.publish(to=own_deployment.index / "one", authority="One")
    own_deployment.publish(to=own_deployment.index / "two", authority="Two", **how)
    for left in ("current", "manifests", ".lock"):
        own_deployment.index.joinpath(left).rename(own_deployment.root / left.strip("."))
    for build in own_deployment.index.glob("[0-9a-f]" * 32):
        build.rename(own_deployment.root / build.name)


def test_one_authority_without_trips_makes_a_miss_incomplete(app_of, own_deployment):
    _with_a_second_authority(own_deployment, trips=False)
    reply = _ask_over(app_of, own_deployment).json
    assert "incomplete" == reply["status"]
    assert [True, False] == [one["complete"] for one in reply["index"]]
    assert "listed" == _ask_over(app_of, own_deployment, number="G1234").json["status"]


def test_both_authorities_that_list_a_trip_are_named(app_of, own_deployment):
    _with_a_second_authority(own_deployment)
    reply = _ask_over(app_of, own_deployment, number="G1234").json
    assert ["One", "Two"] == [trip["authority"] for trip in reply["trips"]]


def test_a_list_damaged_while_it_is_served_is_never_no_case(app_of, own_deployment):
    client = app_of(own_deployment).test_client()
    file = build_directory(own_deployment.index) / "trips.idx"
    file.chmod(0o600)
    with file.open("r+b") as target:
        target.write(b"\0\0\0\0")
    for number in ("G9", "G1234"):
        query = {"number": number, "date": "2020-01-22"}
        assert 503 == client.get("/api/v1/trips", query_string=query).status_code


def test_a_list_damaged_before_is_refused_with_its_index(app_of, own_deployment):
    file = build_directory(own_deployment.index) / "trips.idx"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"X")
    assert 503 == _ask_over(app_of, own_deployment).status_code


def test_the_reply_is_json_of_the_documented_fields(ask):
    reply = json.loads(ask(number="G9999", date="2020-01-22").data)
    expected = {"status", "mode", "number", "date", "trips", "suggestions", "index"}
    assert expected == set(reply)


@pytest.mark.parametrize(
    "query",
    [
        {"number": "G1234", "date": "2020-01-22"},
        {"number": "G1234", "date": "2020-01-24"},
        {"number": "CZ3013", "date": "2020-01-22"},
    ],
)
def test_every_answer_is_of_the_type_that_the_description_promises(ask, query):
    reply = ask(**query)
    answer = TripAnswer.model_validate_json(reply.data, strict=True)
    assert json.loads(answer.model_dump_json()) == reply.json


def test_a_number_that_is_not_found_costs_a_few_blocks_and_not_one_for_each_near_it(
    app_of, published, monkeypatch
):
    client = app_of(published).test_client()
    reads, read = [], TripList._block
    monkeypatch.setattr(TripList, "_block", lambda *args: reads.append(1) or read(*args))
    reply = client.get("/api/v1/trips?mode=train&number=G1243&date=2020-01-22")
    assert ("no_manifest", True) == (reply.json["status"], bool(reply.json["suggestions"]))
    assert len(reads) <= 2  # its own, and what was published on that day


def test_a_block_that_fails_while_it_is_read_is_no_answer_though_days_are_in_memory(
    app_of, own_deployment
):
    client = app_of(own_deployment).test_client()
    file = build_directory(own_deployment.index) / "trips.idx"
    file.chmod(0o600)
    with file.open("r+b") as stream:
        stream.write(bytes(64))
    for query in ("number=G1234&date=2020-01-22", "mode=train&number=G1243&date=2020-01-22"):
        assert 503 == client.get(f"/api/v1/trips?{query}").status_code
