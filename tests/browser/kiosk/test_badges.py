"""Badges before a kiosk in Chromium, read by a scanner that types as a keyboard."""

import pytest

from app.kiosk.badges.badge_text import badge_text


@pytest.mark.parametrize("word", ["come_in", "wait"])
def test_a_badge_tells_its_word(tab, word):
    assert word == tab.pass_by(tab.door.badges[word])


def test_a_fever_is_measured_again_before_it_waits(tab):
    tab.wedge(tab.door.badges["come_in"])
    tab.measure("38.4")
    tab.measure("38.4")
    tab.press("no-symptoms")
    assert "wait" == tab.word()


@pytest.mark.parametrize("organisation", ["own", "another"])
def test_a_badge_without_a_decision_is_not_checked(tab, organisation):
    own = tab.door.badges["come_in"].split(":")[1]
    unknown = badge_text(own if organisation == "own" else "ZZZZZZZZ", bytes(20))
    assert "not_checked" == tab.pass_by(unknown)


def test_a_torn_badge_leads_to_nobody(tab):
    tab.wedge(tab.door.badges["come_in"][:-1])
    tab.page.wait_for_selector("main[data-screen=ready][data-reason=unreadable_code]")
