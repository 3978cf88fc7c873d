import pytest

from app.kiosk.keys.encodings import to_base64url
from app.kiosk.keys.hpke import new_key_pair
from app.organisations.directory import OrganisationDirectory

PATH = "/api/v1/kiosk/enrolments"
POINT = to_base64url(new_key_pair()[1])


def body_of(typed, **changes):
    keys = {"signing_key": POINT, "sealing_key": POINT}
    return {"code": typed, **keys, "software": "test", **changes}


@pytest.fixture
def client(kiosk_house):
    return kiosk_house.app.test_client()


@pytest.fixture
def code(kiosk_house, works):
    return kiosk_house.code(works)


def test_a_code_is_exchanged_for_a_kiosk(kiosk_house, client, works, code):
    answer = client.post(PATH, json=body_of(code))
    assert 201 == answer.status_code
    assert {"kiosk", "name", "organisation", "server_at"} == set(answer.json)
    assert "东门" == answer.json["name"]
    assert 8 == len(answer.json["organisation"]["id"])
    title = OrganisationDirectory(kiosk_house.services.records).by_id(works).title
    assert title == answer.json["organisation"]["title"]


def test_two_tablets_with_one_code_are_told_apart(client, code):
    assert 201 == client.post(PATH, json=body_of(code)).status_code
    other = to_base64url(new_key_pair()[1])
    refused = client.post(PATH, json=body_of(code, signing_key=other))
    assert (409, "code_used") == (refused.status_code, refused.json["code"])


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "nothing", ""])
def test_an_unknown_code_is_not_found(client, code):
    refused = client.post(PATH, json=body_of(code))
    assert (404, "unknown_code") == (refused.status_code, refused.json["code"])


def test_a_disabled_organisation_enrols_nobody(kiosk_house, client, works, code):
    OrganisationDirectory(kiosk_house.services.records).disable(works)
    refused = client.post(PATH, json=body_of(code))
    assert (403, "organisation_disabled") == (refused.status_code, refused.json["code"])


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"signing_key": "+"}, "signing_key", "invalid"),
        ({"signing_key": "AA"}, "signing_key", "not_a_point"),
        ({"sealing_key": to_base64url(b"\x04" + bytes(64))}, "sealing_key", "not_a_point"),
        ({"software": "s" * 65}, "software", "invalid"),
        ({"remark": "x"}, "", "unknown_field"),
        ({"code": 5}, "code", "not_text"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(client, code, changes, field, reason):
    refused = client.post(PATH, json=body_of(code, **changes))
    assert (422, [{"field": field, "reason": reason}]) == (
        refused.status_code,
        refused.json["errors"],
    )


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        ("{", "application/json", 400),
        ("{}", "text/plain", 415),
        (" " * 5_000, "application/json", 413),
    ],
)
def test_what_is_no_enrolment_is_refused(client, body, media_type, status):
    assert status == client.post(PATH, data=body, content_type=media_type).status_code


def test_attempts_are_counted_by_network(kiosk_house_of):
    client = kiosk_house_of(kiosk_network_enrolments=2).app.test_client()
    statuses = [client.post(PATH, json=body_of("0" * 16)).status_code for _ in range(3)]
    assert [404, 404, 429] == statuses
    elsewhere = client.post(
        PATH, json=body_of("0" * 16), environ_base={"REMOTE_ADDR": "203.0.113.9"}
    )
    assert 404 == elsewhere.status_code
