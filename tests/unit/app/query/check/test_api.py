import json
from dataclasses import replace

import pytest

from tests.fixtures.deployments import STILL_OBSERVED

URL = "/api/v1/checks"
GOOD = {"id_type": "passport", "id_number": "X00000017", "name": "Ana Müller-Silva"}


def post(client, body, content_type="application/json"):
    return client.post(URL, data=body, content_type=content_type)


def ask(client, person):
    return client.post(URL, json=person.as_form())


def faults(response):
    return {(fault["field"], fault["reason"]) for fault in response.get_json()["errors"]}


def test_a_listed_person_is_told_trip_rule_and_day(client, people):
    body = ask(client, people.close).get_json()
    assert ("exposed", 3) == (body["status"], body["total"])
    assert {
        "tier": "close",
        "mode": "train",
        "number": "G1234",
        "service_date": "2020-01-22",
        "carriage": 8,
        "relation": "same_carriage",
        "rule": "nhc-2020-03",
        "observe_until": STILL_OBSERVED.isoformat(),
        "authority": "示例市疾病预防控制中心",
    } == body["exposures"][0]


def test_at_most_the_two_worst_exposures_are_told(client, people):
    assert ["train", "coach"] == [
        trip["mode"] for trip in ask(client, people.close).get_json()["exposures"]
    ]


def test_a_general_contact_is_told_as_such(client, people):
    [trip] = ask(client, people.general).get_json()["exposures"]
    assert ("general", None) == (trip["tier"], trip["carriage"])


def test_a_document_without_a_name_in_its_manifest_is_found_by_any_name(client, people):
    assert "exposed" == ask(client, people.nameless).get_json()["status"]


@pytest.mark.parametrize("who", ["unlisted", "wrong_name"])
def test_nobody_else_is_found(client, people, who):
    body = ask(client, getattr(people, who)).get_json()
    assert ("not_found", [], 0) == (body["status"], body["exposures"], body["total"])


def test_the_answer_tells_the_age_of_its_data(client, people):
    [index] = ask(client, people.unlisted).get_json()["index"]
    assert {"authority", "build_id", "built_at", "valid_until", "oldest_source", "unruled"} == set(
        index
    )


def test_listed_unlisted_and_wrong_name_differ_in_nothing_but_the_body(client, people):
    answers = [ask(client, who) for who in (people.close, people.unlisted, people.wrong_name)]
    assert 1 == len({(answer.status, len(answer.data), str(answer.headers)) for answer in answers})


def test_the_answer_is_never_compressed_or_stored(client, people):
    answer = client.post(
        URL, json=people.close.as_form(), headers={"Accept-Encoding": "gzip, br, zstd"}
    )
    assert "Content-Encoding" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    ["Ana Müller-Silva", " SILVA  Ana MUELLER", "ａｎａ　ｍuller silva", "Muller/Silva Ana Ms"],
)
def test_a_name_is_found_however_it_is_typed(client, name):
    assert "exposed" == client.post(URL, json={**GOOD, "name": name}).get_json()["status"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id_type": "badge"}, ("id_type", "unknown_type")),
        ({"id_number": ""}, ("id_number", "missing")),
        ({"id_number": "中文"}, ("id_number", "looks_like_name")),
        ({"id_number": "X123§4"}, ("id_number", "character")),
        ({"id_number": "X" * 201}, ("id_number", "too_long")),
        ({"name": ""}, ("name", "missing")),
        ({"name": "🙂🙂"}, ("name", "empty")),
        ({"name": "\x00\x07\u200b"}, ("name", "empty")),
        ({"name": "名" * 201}, ("name", "too_long")),
        ({"name": "名" * 10_000}, ("name", "too_long")),
        ({"id_type": "resident", "id_number": "123"}, ("id_number", "length")),
        (
            {"id_type": "resident", "id_number": "990000198001011230"},
            ("id_number", "check_digit"),
        ),
        ({"name": 5}, ("name", "not_text")),
        ({"name": None}, ("name", "not_text")),
        ({"name": ["A"]}, ("name", "not_text")),
        ({"name": {"a": 1}}, ("name", "not_text")),
        ({"id_number": True}, ("id_number", "not_text")),
        ({"extra": "hidden-word"}, ("", "unknown_field")),
    ],
)
def test_bad_fields_are_named_with_a_reason(client, change, expected):
    response = client.post(URL, json={**GOOD, **change})
    assert 422 == response.status_code
    assert "application/problem+json" == response.content_type
    assert {expected} == faults(response)
    assert "hidden-word" not in response.text


@pytest.mark.parametrize("field", ["id_type", "id_number", "name"])
def test_a_missing_field_is_named(client, field):
    response = client.post(URL, json={k: v for k, v in GOOD.items() if k != field})
    assert {(field, "missing")} == faults(response)


@pytest.mark.parametrize("name", ["Иван Петров", "김민수", "やまだ たろう", "أحمد", "Ωmega"])
def test_names_of_every_script_are_answered(client, name):
    check = {**GOOD, "id_type": "other", "name": name}
    assert "not_found" == client.post(URL, json=check).get_json()["status"]


def test_somebody_is_found_under_either_name_of_the_document(client, people):
    both = people.general.with_han_name("安娜")
    swapped = replace(both, name=both.name_latin, name_latin=both.name)
    alone = replace(both, name="")
    statuses = [ask(client, each).get_json()["status"] for each in (both, swapped, alone)]
    assert ["exposed"] * 3 == statuses


def test_the_name_that_a_document_needs_is_asked_for(client, people):
    han_alone = client.post(URL, json={**people.general.as_form(), "name": "安娜"})
    latin_alone = client.post(URL, json={**people.close.as_form(), "name": "Shu Xiaoman"})
    assert {("name_latin", "latin_name_needed")} == faults(han_alone)
    assert {("name", "han_name_needed")} == faults(latin_alone)


def test_a_refused_character_is_named_and_nothing_else_of_the_number(client):
    response = client.post(URL, json={**GOOD, "id_number": "X000*0017"})
    expected = {"field": "id_number", "reason": "character", "character": "*"}
    assert [expected] == response.get_json()["errors"]


def test_swapped_fields_are_said(client):
    swapped = {**GOOD, "id_number": "Ana Silva"}
    assert {("id_number", "looks_like_name")} == faults(client.post(URL, json=swapped))
    swapped = {**GOOD, "name": "X00000017"}
    assert {("name", "looks_like_document")} == faults(client.post(URL, json=swapped))


def test_answers_about_two_names_have_the_length_of_all_others(client, people):
    both = people.general.with_han_name("安娜")
    answers = [ask(client, who) for who in (people.general, both, replace(both, name_latin="Bo"))]
    assert 1 == len({(answer.status, len(answer.data), str(answer.headers)) for answer in answers})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"id_type":"passport","id_number":"X1","name":"\xff"}', 400),
        (b'{"id_type":"passport","id_number":"X1","name":"\\ud800"}', 400),
        (b"[" * 4000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"text"', 422),
        (b"5", 422),
        (b'[{"id_type":"passport"}]', 422),
        (json.dumps(GOOD)[:-1].encode() + b',"name":"B"}', 422),
        (b'{"name":' + b'{"a":' * 500 + b"1" + b"}" * 501, 400),
        (b" " * 70_000, 413),
    ],
)
def test_a_body_that_is_no_check_is_refused(client, body, status):
    response = post(client, body)
    assert status == response.status_code
    assert status == response.get_json()["status"]
    assert "application/problem+json" == response.content_type


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_another_content_type_is_refused(client, content_type):
    assert 415 == post(client, json.dumps(GOOD), content_type).status_code


@pytest.mark.parametrize("second", ['"name"', '"n\\u0061me"'])
@pytest.mark.parametrize("value", ['"B"', '"B\\"C"', '"\\\\"', "5", "null", '[""]', '{"a":"b"}'])
@pytest.mark.parametrize("first", [True, False])
def test_a_field_written_twice_is_refused(client, second, value, first):
    whole = json.dumps(GOOD)[1:-1]
    again = f"{second}:{value}"
    body = f"{{{again},{whole}}}" if first else f"{{{whole},{again}}}"
    assert 422 == post(client, body).status_code


@pytest.mark.parametrize(
    "name",
    ['Ana "Annie" Silva', "Ana \\ Silva", 'Ana \\" Silva', '"name"', "Ana's", "\u4e2d\u6587 A B"],
)
def test_quotation_marks_in_a_name_repeat_no_field(client, name):
    for ascii_only in (True, False):
        fields = {**GOOD, "id_type": "other", "name": name}
        body = json.dumps(fields, ensure_ascii=ascii_only).encode()
        assert 200 == post(client, body).status_code


def test_another_method_is_refused_and_the_right_one_told(client):
    response = client.get(URL)
    assert (405, "application/problem+json") == (response.status_code, response.content_type)
    assert "POST" in response.headers["Allow"]


def test_an_unknown_path_of_the_api_is_a_problem_too(client):
    response = client.get("/api/v1/nothing")
    assert (404, "application/problem+json") == (response.status_code, response.content_type)


def test_too_many_checks_are_told_when_to_come_back(client_of, people):
    client = client_of(network_checks=2)
    answers = [ask(client, people.unlisted) for _ in range(3)]
    assert [200, 200, 429] == [answer.status_code for answer in answers]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900


def test_the_network_is_counted_before_anything_is_read(client_of):
    client = client_of(network_checks=1)
    assert [400, 429] == [post(client, b"{").status_code for _ in range(2)]


def test_guessing_names_of_one_document_ends(client_of):
    client = client_of(names_per_document=3)
    statuses = [
        client.post(URL, json={**GOOD, "name": f"Name {letter}"}).status_code for letter in "ABCDFG"
    ]
    assert [200, 200, 200, 429, 429, 429] == statuses


def test_limits_count_the_client_behind_an_own_proxy(client_of, people):
    client = client_of(network_checks=1, trusted_proxies="127.0.0.0/8")
    statuses = [
        client.post(
            URL, json=people.unlisted.as_form(), headers={"X-Forwarded-For": f"203.0.113.{number}"}
        ).status_code
        for number in (1, 2, 1)
    ]
    assert [200, 200, 429] == statuses


def test_a_missing_authority_makes_the_answer_incomplete(app_of, own_deployment, people, tmp_path):
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    (several / "b").mkdir()
    own_deployment.index = several
    client = app_of(own_deployment).test_client()
    answers = [ask(client, who).get_json() for who in (people.unlisted, people.close)]
    assert ["incomplete", "exposed"] == [answer["status"] for answer in answers]
    missing = [{"authority": None, "reason": "absent"}]
    assert [missing, missing] == [answer["missing"] for answer in answers]


def test_a_whole_answer_names_nothing_missing(client, people):
    expected = {"status", "exposures", "total", "index"}
    assert expected == set(ask(client, people.unlisted).get_json())


def test_several_authorities_are_answered_at_one_length(app_of, own_deployment, people, tmp_path):
    several = tmp_path / "several"
    for name in ("甲", "乙", "丙", "丁"):
        own_deployment.publish(to=several / name, authority=f"{name}市疾病预防控制中心")
    own_deployment.index = several
    client = app_of(own_deployment).test_client()
    listed, unlisted = (ask(client, who) for who in (people.close, people.unlisted))
    assert 8 == len(listed.get_json()["exposures"])
    assert len(listed.data) == len(unlisted.data)


def test_the_manifests_are_published_as_signed(client):
    [manifest] = client.get("/api/v1/index").get_json()["manifests"]
    assert {"seq", "build_id", "signatures", "files", "identity"} <= set(manifest)
