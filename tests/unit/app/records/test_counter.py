import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from app.records.clerks import (
    Lasting,
    Secrets,
    begin_session,
    clerk_named,
    clerk_names,
    clerk_of_session,
    disable_clerk,
    end_session,
    put_clerk,
    take_step,
)
from app.records.counter_audit import (
    AuditBroken,
    Event,
    audit_lines,
    checks_since,
    counter_audit,
    purge_counter_audit,
    record,
)

SECRETS = Secrets("hash", "totp-secret")
LASTING = Lasting(idle=900, whole=36_000)
DAY = 86_400


@pytest.fixture
def desk(records, today):
    with records.writing() as connection:
        put_clerk(connection, records.cipher, "desk-1", SECRETS, today)
    return records


def session_of(records, now, digest=b"d"):
    with records.writing() as connection:
        return clerk_of_session(connection, digest, LASTING, now)


def test_an_account_is_read_as_it_was_kept(desk, today):
    with desk.reading() as connection:
        clerk = clerk_named(connection, desk.cipher, "desk-1")
        assert (SECRETS, False) == (clerk.secrets, clerk.disabled)
        assert clerk_named(connection, desk.cipher, "desk-2") is None
        assert [("desk-1", False, today)] == clerk_names(connection)


def test_a_one_time_code_is_taken_once_and_an_older_one_never(desk):
    with desk.writing() as connection:
        taken = [take_step(connection, "desk-1", step) for step in (5, 5, 4, 6)]
    assert [True, False, False, True] == taken


def test_a_disabled_account_takes_no_code_and_is_out(desk):
    with desk.writing() as connection:
        begin_session(connection, b"d", "desk-1", 0)
        assert disable_clerk(connection, "desk-1")
        assert not disable_clerk(connection, "desk-2")
        assert not take_step(connection, "desk-1", 7)
    assert session_of(desk, 1) is None


@pytest.mark.parametrize(
    ("uses", "signed_in"),
    [([900, 1800], True), ([901], False), ([*range(800, 36_000, 800), 36_001], False)],
)
def test_a_session_ends_without_use_and_after_its_hours(desk, uses, signed_in):
    with desk.writing() as connection:
        begin_session(connection, b"d", "desk-1", 0)
    assert signed_in is ([session_of(desk, now) for now in uses][-1] == "desk-1")


def test_a_session_ends_with_signing_out_and_with_new_secrets(desk, today):
    with desk.writing() as connection:
        for digest in (b"d", b"e"):
            begin_session(connection, digest, "desk-1", 0)
        end_session(connection, b"d")
    assert [None, "desk-1"] == [session_of(desk, 1, digest) for digest in (b"d", b"e")]
    with desk.writing() as connection:
        put_clerk(connection, desk.cipher, "desk-1", SECRETS, today)
    assert session_of(desk, 1, b"e") is None


def audited(records, *events, start=0):
    with records.writing() as connection:
        for at, event in enumerate(events, start):
            record(connection, records.cipher, "desk-1", event, at)


def lines_of(records):
    with records.reading() as connection:
        return [(line.number, line.event) for line in audit_lines(connection, records.cipher)]


def test_the_audit_tells_what_was_done_in_its_order(records):
    audited(records, Event.SIGNED_IN, Event.CHECKED)
    assert [(1, "signed_in"), (2, "checked")] == lines_of(records)
    with records.reading() as connection:
        assert [1, 0] == [checks_since(connection, "desk-1", since) for since in (1, 2)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (update(counter_audit).where(counter_audit.c.number == 2).values(clerk="x"), "line 2"),
        (update(counter_audit).where(counter_audit.c.number == 2).values(at=99), "line 2"),
        (delete(counter_audit).where(counter_audit.c.number == 2), "line 3"),
    ],
)
def test_a_line_that_was_changed_or_taken_out_is_found(records, change, words):
    audited(records, Event.SIGNED_IN, Event.CHECKED, Event.CHECKED)
    with records.writing() as connection:
        connection.execute(change)
    with pytest.raises(AuditBroken, match=words):
        lines_of(records)


def test_lines_of_many_at_once_are_one_chain(open_records):
    def write() -> None:
        audited(open_records(), *[Event.CHECKED] * 10)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(range(1, 41)) == [number for number, _ in lines_of(open_records())]


def test_what_is_purged_leaves_a_chain_that_goes_on(records):
    first = date(2020, 1, 1)
    begin = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    for day in range(4):
        audited(records, Event.CHECKED, start=begin + day * DAY)
    with records.writing() as connection:
        assert 2 == purge_counter_audit(connection, first + timedelta(2))
    audited(records, Event.SIGNED_OUT, start=begin + 5 * DAY)
    assert [3, 4, 5] == [number for number, _ in lines_of(records)]
    with records.writing() as connection:
        purge_counter_audit(connection, first + timedelta(365))
    assert [5] == [number for number, _ in lines_of(records)]
