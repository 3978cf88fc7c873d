"""DoorWord tables of rosters over published indexes; words by their numbers in the file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from app.indexes.store import CannotAnswer
from app.kiosk.roster import decision_tables
from app.kiosk.roster.decision_tables import TableReplaced, current_table, now_milliseconds
from app.organisations.closing import destroy_holdings
from app.organisations.policy import Policy
from app.records.kiosks.decision_tables import note_roster_change, take_lease
from app.records.kiosks.roster import remove_person
from app.records.organisations.organisations import update_organisation
from tests.fixtures.kiosk_roster import (
    OBSERVED,
    OBSERVED_BEFORE,
    observed_entries,
    read_badge,
    strangers,
)
from tests.fixtures.people import UNLISTED

NOT_CHECKED, COME_IN, WAIT, TEMPERATURE = 0, 1, 2, 3
THREE = (OBSERVED, OBSERVED_BEFORE, UNLISTED)


def current(gate):
    return current_table(gate.services, gate.organisation)


def test_a_badge_says_what_the_index_says_today(gate):
    assert [WAIT, COME_IN, COME_IN] == gate.words(gate.add(*THREE))


def test_tables_are_made_on_postgresql_too(gate_of, own_deployment, postgres_url):
    own_deployment.publish(entries=observed_entries())
    gate = gate_of(own_deployment, database_url=postgres_url)
    assert [WAIT, COME_IN, COME_IN] == gate.words(gate.add(*THREE))


def test_a_badge_tells_person_name_reason_and_end(gate):
    (observed,) = gate.add(OBSERVED)
    table = current(gate)
    entry = read_badge(table.data, observed.secret)
    expected = (1, observed.id, observed.name, table.valid_until)
    assert expected == (entry.reason, entry.person, entry.name, entry.valid_until)


def test_a_table_ends_with_the_first_of_its_builds(gate):
    gate.add(UNLISTED)
    snapshot = gate.services.indexes.snapshot()
    assert int(snapshot.manifests[0].valid_until.timestamp() * 1_000) == current(gate).valid_until


def test_a_table_ends_when_the_first_of_its_builds_goes_stale(gate_of, own_deployment):
    built_at = datetime.now(UTC) - timedelta(hours=1)
    own_deployment.publish(entries=observed_entries(), built_at=built_at)
    gate = gate_of(own_deployment, stale_after_hours=8)
    gate.add(UNLISTED)
    stale_at = built_at + timedelta(hours=2)  # its source was six hours old
    assert abs(current(gate).valid_until - stale_at.timestamp() * 1_000) < 2_000


def test_an_organisation_that_never_had_a_roster_has_no_table(gate):
    assert current(gate) is None


def test_a_table_is_made_once(gate):
    gate.add(*THREE)
    assert current(gate).id == current(gate).id


def test_every_change_of_the_roster_makes_another_table(gate):
    (person,) = gate.add(OBSERVED)
    before = current(gate)
    with gate.services.records.writing() as connection:
        remove_person(connection, gate.organisation_id, person.id, 1)
        note_roster_change(connection, gate.organisation_id)
    after = current(gate)
    assert (1, 0) == (before.entries, after.entries)
    assert read_badge(after.data, person.secret) is None


def test_a_new_build_makes_another_table(gate):
    people = gate.add(OBSERVED)
    assert [WAIT] == gate.words(people)
    gate.deployment.publish(entries=observed_entries(days=-2))
    gate.services.indexes.reload()
    assert [COME_IN] == gate.words(people)


def test_the_end_of_an_observation_makes_another_table(gate, monkeypatch):
    people = gate.add(OBSERVED)
    assert [WAIT] == gate.words(people)
    later = gate.services.settings.today() + timedelta(days=4)
    monkeypatch.setattr(type(gate.services.settings), "today", lambda _: later)
    assert [COME_IN] == gate.words(people)


def test_the_same_badge_stands_elsewhere_in_each_table(gate):
    gate.add(OBSERVED)
    before = current(gate).data
    gate.add(UNLISTED)
    after = current(gate).data
    assert not {before[at : at + 16] for at in range(36, len(before), 128)} & {
        after[at : at + 16] for at in range(36, len(after), 128)
    }


def test_nobody_comes_in_while_an_authority_is_missing(gate_of, own_deployment):
    own_deployment.publish(entries=observed_entries())
    gate = gate_of(own_deployment, authorities=f"{own_deployment.authority},乙市")
    assert [WAIT, NOT_CHECKED, NOT_CHECKED] == gate.words(gate.add(*THREE))


def test_without_an_index_there_is_no_table(gate_of, other_deployment):
    other_deployment.index.mkdir()
    gate = gate_of(other_deployment)
    gate.add(UNLISTED)
    assert current(gate) is None


def test_a_quarantined_build_decides_about_nobody(gate):
    gate.add(OBSERVED, UNLISTED)
    build = gate.services.indexes.snapshot().manifests[0].build_id
    gate.services.indexes.quarantine({build})
    assert current(gate) is None


def test_a_build_that_fails_while_it_is_read_is_quarantined(gate):
    gate.add(*THREE)
    file = next(gate.deployment.index.glob("current/plain.idx")).resolve()
    file.chmod(0o600)
    with file.open("r+b") as content:
        content.seek(4_096 + 10)
        content.write(b"\xff" * 8)
    assert current(gate) is None
    with pytest.raises(CannotAnswer, match="damaged"):
        gate.services.indexes.snapshot()


def test_the_quota_counts_the_roster_and_leaves_the_rest_unchecked(gate_of, own_deployment):
    gate = gate_of(own_deployment, quota=2)
    assert [COME_IN, COME_IN, NOT_CHECKED] == gate.words(gate.add(*strangers(3)))


def test_a_larger_quota_makes_another_table(gate_of, own_deployment):
    gate = gate_of(own_deployment, quota=2)
    people = gate.add(*strangers(3))
    gate.words(people)
    with gate.services.records.writing() as connection:
        update_organisation(connection, gate.organisation_id, quota=3)
    assert [COME_IN] * 3 == gate.words(people)


def test_counts_only_leaves_the_temperature_to_decide(gate_of, own_deployment):
    own_deployment.publish(entries=observed_entries())
    gate = gate_of(own_deployment, policy=Policy.COUNTS)
    assert [TEMPERATURE] * 3 == gate.words(gate.add(*THREE))


def test_kiosks_that_see_no_exposures_need_no_index(gate_of, other_deployment):
    other_deployment.index.mkdir()
    gate = gate_of(other_deployment)
    gate.set(exposure=False)
    assert [TEMPERATURE] == gate.words(gate.add(UNLISTED))


def test_what_an_organisation_sets_does_not_widen_its_policy(gate_of, own_deployment):
    gate = gate_of(own_deployment, policy=Policy.COUNTS)
    gate.set(exposure=True)
    assert [TEMPERATURE] == gate.words(gate.add(OBSERVED))


def test_while_another_process_makes_a_table_the_one_before_is_served(gate):
    gate.add(OBSERVED)
    before = current(gate)
    gate.add(UNLISTED)
    lease(gate)
    assert before.id == current(gate).id


def test_of_several_that_ask_at_once_one_makes_the_table(gate):
    gate.add(*strangers(300))
    with ThreadPoolExecutor(4) as pool:
        tables = list(pool.map(lambda _: current(gate), range(8)))
    made = {table.id for table in tables if table is not None}
    assert made == {current(gate).id}


def test_while_another_process_makes_the_first_table_there_is_none(gate):
    gate.add(OBSERVED)
    lease(gate)
    assert current(gate) is None


def test_what_kiosks_may_see_no_more_is_not_served_meanwhile(gate):
    gate.add(OBSERVED)
    current(gate)
    gate.set(exposure=False)
    lease(gate)
    assert current(gate) is None


def test_a_table_without_exposures_is_not_served_once_kiosks_see_them(gate):
    gate.set(exposure=False)
    gate.add(OBSERVED)
    current(gate)
    gate.set(exposure=True)
    lease(gate)
    assert current(gate) is None


def test_a_maker_that_died_holds_up_the_next_one_for_a_minute(gate, monkeypatch):
    gate.add(OBSERVED)
    lease(gate)
    later = now_milliseconds() + decision_tables.LEASE_MILLISECONDS
    monkeypatch.setattr(decision_tables, "now_milliseconds", lambda: later)
    assert current(gate) is not None


def test_a_table_that_was_replaced_while_it_was_read_says_so(gate):
    gate.add(OBSERVED)
    before = current(gate)
    gate.add(UNLISTED)
    current(gate)
    with pytest.raises(TableReplaced):
        before.data  # noqa: B018 - a property that reads


def test_no_name_stands_in_a_table(gate):
    gate.add(*THREE)
    data = current(gate).data
    assert not any(each.name.encode() in data for each in THREE)


def test_a_purged_organisation_leaves_no_roster_and_no_table(gate):
    gate.add(OBSERVED)
    current(gate)
    destroy_holdings(gate.services.records, gate.organisation_id)
    assert current_table(gate.services, gate.organisation) is None


def lease(gate):
    """Let another process make a table for a while."""
    now = now_milliseconds()
    with gate.services.records.writing() as connection:
        assert take_lease(connection, gate.organisation_id, "another", now, now + 60_000)
