import re

import pytest

from app.kiosk.enrolment.kiosk_fleet import KioskFleet
from app.kiosk.moments import now_ms
from tests.fixtures.kiosk_terminals import ADDRESS, example, session_of

CODE = re.compile(r"data-code>([0-9A-Z-]{19})<")
REPORT = {
    "waiting": 0,
    "refused": 0,
    "battery": 80,
    "charging": False,
    "clock_offset_ms": 0,
    "table": None,
    "software": "test",
}


@pytest.fixture
def east(house, office):
    """A kiosk of the organisation."""
    return house.terminal(office.organisation.id, "East gate")


def test_without_kiosks_the_page_says_how_to_begin(admin):
    assert "There is no kiosk. Any tablet" in admin.page("/kiosks").text


def test_a_code_of_the_page_enrols_a_kiosk(admin, house, office):
    page = admin.press("/kiosks", name="East gate")
    [code] = CODE.findall(page.text)
    assert "<svg" in page.text
    example.Terminal.enrol(ADDRESS, code, session_of(house.app))
    assert ["East gate"] == [
        kiosk.name for kiosk in KioskFleet(office.services.records).list(office.organisation.id)
    ]


def test_a_code_is_shown_once_and_can_be_withdrawn(admin, house):
    [code] = CODE.findall(admin.press("/kiosks", name="East gate").text)
    page = admin.page("/kiosks").text
    assert ("Its code was not used yet" in page, code in page) == (True, False)
    kiosk = re.search(r'name="kiosk" value="([0-9a-f]{32})"', page)[1]
    assert 303 == admin.press("/kiosks/withdraw", kiosk=kiosk).status_code
    with pytest.raises(example.Refused):
        example.Terminal.enrol(ADDRESS, code, session_of(house.app))


def test_a_kiosk_without_a_name_is_not_added(admin):
    page = admin.press("/kiosks", name=" ")
    assert (422, True) == (page.status_code, "Enter a name of up to 40" in page.text)


def test_a_kiosk_that_is_well_has_no_warning(admin, east):
    east.post("sync", REPORT)
    page = admin.page("/kiosks").text
    assert ("East gate" in page, "In contact." in page) == (True, True)
    assert "check-in" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"waiting": 1_200}, "1,200 check-ins wait to be sent."),
        ({"waiting": 1}, "1 check-in waits to be sent."),
        ({"refused": 2}, "2 check-ins were refused and are kept at the kiosk."),
        ({"battery": 12}, "Battery at 12 %: plug it in."),
        ({"clock_offset_ms": -90_000}, "Its clock is wrong"),
    ],
)
def test_what_wants_looking_at_is_said(admin, east, changes, words):
    east.post("sync", {**REPORT, **changes})
    assert words in admin.page("/kiosks").text


def test_a_battery_that_is_charged_is_no_warning(admin, east):
    east.post("sync", {**REPORT, "battery": 12, "charging": True})
    assert "Battery" not in admin.page("/kiosks").text


def test_a_kiosk_without_contact_is_told_apart(admin, east, monkeypatch):
    later = now_ms() + 3_600_000
    monkeypatch.setattr("app.kiosk.portal.kiosks_page.now_ms", lambda: later)
    assert "No contact for 60 minutes." in admin.page("/kiosks").text


def test_a_kiosk_is_renamed(admin, east):
    assert 303 == admin.press("/kiosks/rename", kiosk=east.kiosk, name="West gate").status_code
    assert "West gate" in admin.page("/kiosks").text


def test_a_kiosk_is_not_renamed_to_nothing(admin, east):
    page = admin.press("/kiosks/rename", kiosk=east.kiosk, name="")
    assert (422, True) == (page.status_code, "East gate" in page.text)


def test_a_kiosk_is_revoked_after_a_question_and_at_once(admin, east):
    path = f"/kiosks/{east.kiosk}/revoke"
    assert "Revoke East gate?" in admin.page(path).text
    assert 303 == admin.press(path).status_code
    with pytest.raises(example.Refused) as refused:
        east.sync()
    assert "kiosk_revoked" == refused.value.code
    assert "revoked on" in admin.page("/kiosks").text


def test_a_kiosk_that_was_revoked_in_another_tab_is_revoked(admin, east):
    path = f"/kiosks/{east.kiosk}/revoke"
    assert [303, 303] == [admin.press(path).status_code for _ in range(2)]


def test_the_kiosks_of_another_organisation_are_not_there(admin, house, office):
    stranger = house.terminal(office.another().id, "Their gate")
    assert "Their gate" not in admin.page("/kiosks").text
    assert 404 == admin.page(f"/kiosks/{stranger.kiosk}/revoke").status_code
    assert 404 == admin.press(f"/kiosks/{stranger.kiosk}/revoke").status_code
    assert 404 == admin.press("/kiosks/rename", kiosk=stranger.kiosk, name="Ours").status_code
