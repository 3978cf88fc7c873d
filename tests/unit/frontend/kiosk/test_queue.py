"""Check-ins reach the service each exactly once, whatever happens to network and pages."""

import json
from collections import Counter

import pytest

from tests.fixtures.patience import wait_until

CHECKINS = "/api/v1/kiosk/checkins"


@pytest.fixture
def enrolled(tablet):
    """A tablet whose page has been online."""
    assert "ok" == tablet.enrol()
    return tablet


def ids(checkins):
    return [one.id for one in checkins]


def test_a_check_in_is_sent_at_once(enrolled):
    checkin = enrolled.record()
    enrolled.until("waiting", 0)
    assert [checkin] == ids(enrolled.kept())


def test_offline_check_ins_wait_and_keep_order_and_times(enrolled):
    enrolled.network("down")
    made = [enrolled.record() for _ in range(5)]
    times = enrolled.call("now")
    assert 5 == enrolled.state()["waiting"]
    enrolled.network("up")
    enrolled.do("reconnect", "page")
    enrolled.until("waiting", 0)
    kept = enrolled.kept()
    assert made == ids(kept)
    assert sorted(one.made_at for one in kept) == [one.made_at for one in kept]
    assert kept[-1].made_at <= times


def test_more_check_ins_than_a_batch_holds_are_sent(enrolled):
    enrolled.network("down")
    made = [enrolled.record() for _ in range(201)]
    enrolled.network("up")
    enrolled.do("reconnect", "page")
    enrolled.until("waiting", 0)
    assert made == ids(enrolled.kept())


def test_a_check_in_whose_answer_was_lost_is_there_once(enrolled):
    enrolled.network("lose_answers")
    checkin = enrolled.record()
    enrolled.do("answered", CHECKINS)
    enrolled.network("up")
    enrolled.do("reconnect", "page")
    enrolled.until("waiting", 0)
    assert [checkin] == ids(enrolled.kept())


def test_a_page_killed_in_mid_send_loses_nothing_and_doubles_nothing(enrolled):
    enrolled.network("down")
    made = [enrolled.record() for _ in range(5)]
    enrolled.network("up")
    enrolled.do("killInRequest", "page", CHECKINS)
    enrolled.open("next")
    enrolled.until("waiting", 0, page="next")
    assert made == ids(enrolled.kept())


def test_two_pages_of_one_kiosk_keep_one_order(enrolled):
    enrolled.open("second")
    enrolled.network("down")
    made = [enrolled.record(page=page) for page in ["page", "second"] * 3]
    enrolled.network("up")
    for page in ("page", "second"):
        enrolled.do("reconnect", page)
    for page in ("page", "second"):
        enrolled.until("waiting", 0, page=page)
    assert made == ids(enrolled.kept())
    assert {1} == set(Counter(one.sequence for one in enrolled.kept()).values())


def test_one_refused_check_in_holds_up_no_other_and_is_counted(enrolled):
    enrolled.network("down")
    good = enrolled.record()
    enrolled.record(readings=[{"celsius": 60, "source": "typed", "at": 0}])
    later = enrolled.record()
    enrolled.network("up")
    enrolled.do("reconnect", "page")
    state = enrolled.until("waiting", 0)
    assert [good, later] == ids(enrolled.kept())
    assert 1 == state["refused"]


def test_a_proxy_that_lets_small_batches_through_alone_gets_small_ones(enrolled):
    enrolled.network("down")
    made = [enrolled.record() for _ in range(5)]
    enrolled.do("set", {"network": "up", "bodyMax": 3_000})
    enrolled.do("reconnect", "page")
    enrolled.until("waiting", 0)
    assert made == ids(enrolled.kept())


def test_a_proxy_that_refuses_everything_empties_no_queue(enrolled):
    enrolled.network("down")
    made = [enrolled.record() for _ in range(3)]
    enrolled.do("set", {"network": "up", "bodyMax": 500, "requests": []})
    enrolled.do("reconnect", "page")
    wait_until(lambda: 2 == enrolled.do("requests").count(["POST", CHECKINS]))  # all, then one
    assert (3, 0) == (enrolled.state()["waiting"], enrolled.state()["refused"])
    enrolled.do("set", {"bodyMax": 1_000_000})
    enrolled.do("reconnect", "page")
    enrolled.until("waiting", 0)
    assert made == ids(enrolled.kept())


def test_undoing_names_the_check_in_that_was_a_mistake(enrolled):
    checkin = enrolled.record()
    enrolled.call("undo", checkin)
    enrolled.until("waiting", 0)
    assert [None, checkin] == [one.content["undoes"] for one in enrolled.kept()]


def test_a_check_in_that_only_the_screen_remembers_is_undone_all_the_same(enrolled):
    checkin = enrolled.record()
    enrolled.until("waiting", 0)
    enrolled.do("kill", "page")
    enrolled.open("next")
    shown = enrolled.shown(page="next")
    enrolled.call("undo", checkin, shown, page="next")
    wait_until(lambda: [None, checkin] == [one.content["undoes"] for one in enrolled.kept()])


def test_a_revoked_kiosk_sends_what_waited_and_keeps_nothing_else(enrolled):
    enrolled.network("down")
    made = [enrolled.record() for _ in range(3)]
    enrolled.revoke()
    enrolled.network("up")
    enrolled.do("reconnect", "page")
    enrolled.until("phase", "revoked")
    enrolled.until("waiting", 0)
    assert made == ids(enrolled.kept())
    assert {True} == {one.unconfirmed for one in enrolled.kept()}
    dump = enrolled.do("dumpWithout", '"private"')
    assert "GAUGEK01" not in dump


def test_a_revoked_kiosk_records_nobody(enrolled):
    enrolled.revoke()
    enrolled.do("reconnect", "page")
    enrolled.until("phase", "revoked")
    with pytest.raises(Exception, match="not enrolled"):
        enrolled.record()


def test_nothing_readable_about_people_is_stored(enrolled):
    # each longer than what sealed bytes and keys in base64 may hold by chance, as they do "Ana"
    number, name, name_latin = "X00000001234567", "Anastasia Theodora", "Silvestrini Pallavicino"
    badge_name, knower, roster = "Belarmina Evangelista", "Carlotta Bergamaschi", "ab" * 16
    person = {"id_type": "passport", "id_number": number, "name": name, "name_latin": name_latin}
    visitor = {
        "kind": "visitor", "person": person, "exposure": "come_in", "reason": None, "code": None
    }  # fmt: skip
    badge = {
        "kind": "badge", "roster": roster, "name": badge_name, "exposure": "come_in", "reason": None
    }  # fmt: skip
    reading = {"celsius": 36.512345678, "source": "typed", "at": 0}
    enrolled.network("down")
    override = {"word": "come_in", "reason": f"{knower} knows"}
    enrolled.record(subject=visitor, override=override, readings=[reading])
    enrolled.record(subject=badge, readings=[reading])
    dump = enrolled.do("dump")
    assert 2 == len(json.loads(dump)[0]["waiting"])
    for text in (number, name, name_latin, badge_name, knower, roster, "36.512345678"):
        assert text not in dump
    for word in ("passport", "celsius"):  # fever_celsius is a setting
        assert f'"{word}' not in dump


def test_no_private_key_can_be_exported(enrolled):
    dump = enrolled.do("dump")
    assert '{"key":"private","extractable":false}' in dump
    assert '{"key":"private","extractable":true}' not in dump


def test_a_store_that_the_browser_threw_away_is_noticed_with_what_was_lost(enrolled):
    enrolled.network("down")
    for _ in range(2):
        enrolled.record()
    enrolled.do("kill", "page")
    enrolled.do("evict")
    state = enrolled.open("next")
    assert ("evicted", 2, "not_enrolled") == (state["storage"], state["lost"], state["phase"])


def test_a_store_that_goes_while_the_page_is_open_is_noticed(enrolled):
    enrolled.network("down")
    enrolled.record()
    enrolled.do("evict")
    assert 1 == enrolled.until("storage", "evicted")["lost"]


@pytest.mark.parametrize(
    ("free_mebibytes", "storage"), [(100, "ok"), (7, "nearly_full"), (0.5, "full")]
)
def test_a_full_tablet_is_said_before_anything_is_lost(enrolled, free_mebibytes, storage):
    enrolled.do("set", {"quota": int(free_mebibytes * 1024 * 1024)})
    enrolled.record()
    enrolled.until("storage", storage)


def test_a_forgotten_kiosk_leaves_nothing_on_the_tablet(enrolled):
    enrolled.call("forget")
    assert "not_enrolled" == enrolled.state()["phase"]
    stores, marker = json.loads(enrolled.do("dump"))
    assert {"facts": [], "waiting": [], "refused": [], "used_codes": []} == stores
    assert marker is None
