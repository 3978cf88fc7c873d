"""The strip on top of the screens: what whoever minds the kiosk must know."""

import pytest

from app.kiosk.terminal.minder_texts import MINDER_TEXTS

NOW = 1_000_000
WELL = {
    "phase": "enrolled",
    "kiosk": {"id": "0" * 32, "name": "East gate"},
    "disabled": False,
    "online": True,
    "waiting": 0,
    "refused": 0,
    "storage": "ok",
    "lost": 0,
    "clock": "sure",
    "tableValidUntil": NOW + 1,
    "battery": {"percent": 80, "charging": False},
}
DEVICES = {"camera": None, "thermometer": None}


def notices(in_screens, devices=None, **terminal):
    call = ("notices", [{**WELL, **terminal}, {**DEVICES, **(devices or {})}, NOW])
    return in_screens([call])[0]["returned"]


def test_where_all_is_well_the_strip_is_empty(in_screens):
    assert [] == notices(in_screens)


@pytest.mark.parametrize(
    ("name", "terminal"),
    [
        ("notice_offline", {"online": False}),
        ("notice_sending", {"waiting": 5}),
        ("notice_refused", {"refused": 2}),
        ("notice_battery", {"battery": {"percent": 20, "charging": False}}),
        ("notice_clock", {"clock": "unsure"}),
        ("notice_storage_nearly_full", {"storage": "nearly_full"}),
        ("notice_storage_full", {"storage": "full"}),
        ("notice_storage_evicted", {"storage": "evicted"}),
        ("notice_table_old", {"tableValidUntil": NOW}),
        ("notice_disabled", {"disabled": True}),
    ],
)
def test_each_trouble_of_the_terminal_has_its_line(in_screens, name, terminal):
    assert [name] == [one["name"] for one in notices(in_screens, **terminal)]


@pytest.mark.parametrize("fault", ["denied", "missing", "failed", "insecure"])
def test_each_trouble_of_the_camera_has_its_line(in_screens, fault):
    found = notices(in_screens, {"camera": fault})
    assert [f"notice_camera_{fault}"] == [one["name"] for one in found]


def test_an_offline_kiosk_says_how_many_wait(in_screens):
    assert {"number": 7} == notices(in_screens, online=False, waiting=7)[0]["values"]


def test_a_check_in_on_its_way_moves_nothing_on_the_screen(in_screens):
    assert [] == notices(in_screens, waiting=1)


def test_a_battery_that_is_charged_needs_nothing(in_screens):
    assert [] == notices(in_screens, battery={"percent": 5, "charging": True})


def test_what_stops_checks_stands_first(in_screens):
    found = notices(in_screens, online=False, clock="unsure")
    assert ["notice_clock", "notice_offline"] == [one["name"] for one in found]


def test_every_notice_has_words(in_screens):
    storage = ["nearly_full", "full", "evicted", "unavailable"]
    found = [one for state in storage for one in notices(in_screens, storage=state)]
    assert set() == {one["name"] for one in found} - set(MINDER_TEXTS)
