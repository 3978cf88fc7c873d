"""A kiosk in Chromium whose network goes and comes: each check-in exactly once."""

from tests.fixtures.kiosk_doors import wait_for_checkins

CHECKINS = "**/api/v1/kiosk/checkins"


def test_check_ins_made_offline_are_sent_once_each_in_order(tab):
    tab.page.context.set_offline(True)
    words = [tab.pass_by(tab.door.badges[word]) for word in ("come_in", "wait")]
    tab.page.reload()  # from what the tablet keeps
    tab.wait_for("ready")
    words.append(tab.pass_by(tab.door.badges["come_in"]))
    tab.page.context.set_offline(False)
    found = wait_for_checkins(tab, 3)
    assert [1, 2, 3] == [one.sequence for one in found]
    assert ["come_in", "wait", "come_in"] == words == [one.word for one in found]


def test_a_tab_killed_before_it_heard_that_check_ins_were_taken_sends_none_twice(tab):
    tab.page.context.set_offline(True)
    for _ in range(3):
        tab.pass_by(tab.door.badges["come_in"])
    answers = []
    tab.page.context.route(CHECKINS, lambda route: answers.append(route.fetch().status))
    tab.page.context.set_offline(False)
    while not answers:
        tab.page.wait_for_timeout(20)
    assert 3 == len(tab.door.checkins(tab.name))
    tab.page.close()
    tab.page.context.unroute(CHECKINS)
    tab.page = tab.page.context.new_page()
    tab.open()
    assert [1, 2, 3] == [one.sequence for one in wait_for_checkins(tab, 3)]


def test_a_revoked_kiosk_stops_and_what_waited_on_it_is_kept(tab):
    tab.page.context.set_offline(True)
    tab.pass_by(tab.door.badges["come_in"])
    tab.door.revoke(tab.name)
    tab.page.context.set_offline(False)
    tab.wait_for("revoked")
    (kept,) = wait_for_checkins(tab, 1)
    assert ("come_in", True) == (kept.word, kept.unconfirmed)
