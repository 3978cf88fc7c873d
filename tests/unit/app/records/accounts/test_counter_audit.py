import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from app.records.accounts.counter_audit import (
    Event,
    append_line,
    audit_lines,
    checks_since,
    counter_audit,
    purge_counter_audit,
)
from app.records.audit_chain import AuditBroken

DAY = 86_400


def append(records, *events, start=0):
    with records.writing() as connection:
        for at, event in enumerate(events, start):
            append_line(connection, records.cipher, "desk-1", event, at)


def lines_of(records):
    with records.reading() as connection:
        return [(line.number, line.event) for line in audit_lines(connection, records.cipher)]


def test_the_audit_tells_what_was_done_in_its_order(records):
    append(records, Event.SIGNED_IN, Event.CHECKED)
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
    append(records, Event.SIGNED_IN, Event.CHECKED, Event.CHECKED)
    with records.writing() as connection:
        connection.execute(change)
    with pytest.raises(AuditBroken, match=words):
        lines_of(records)


def test_lines_of_many_at_once_are_one_chain(open_records):
    def write() -> None:
        append(open_records(), *[Event.CHECKED] * 10)

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
        append(records, Event.CHECKED, start=begin + day * DAY)
    with records.writing() as connection:
        assert 2 == purge_counter_audit(connection, first + timedelta(2))
    append(records, Event.SIGNED_OUT, start=begin + 5 * DAY)
    assert [3, 4, 5] == [number for number, _ in lines_of(records)]
    with records.writing() as connection:
        purge_counter_audit(connection, first + timedelta(365))
    assert [5] == [number for number, _ in lines_of(records)]
