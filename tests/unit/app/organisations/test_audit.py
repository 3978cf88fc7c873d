import pytest
from sqlalchemy import delete, update

from app.organisations.audit import (
    Event,
    OrganisationEntry,
    append_event,
    newest_lines,
)
from app.records.audit_chain import AuditBroken
from app.records.organisations.organisation_audit import organisation_audit, organisation_lines

NUMBER = organisation_audit.c.number


@pytest.fixture
def append(records):
    def append_to(organisation_id, *events):
        with records.writing() as connection:
            for event in events:
                entry = OrganisationEntry(organisation_id, "hr-1", event, 12_000)
                append_event(connection, records.cipher, entry, 5)

    return append_to


def all_lines(records):
    with records.reading() as connection:
        return list(organisation_lines(connection, records.cipher))


def test_the_authority_reads_the_lines_of_all_in_their_order(records, append):
    append(1, Event.UPLOAD)
    append(2, Event.JOB_DONE)
    lines = [
        (line.number, line.organisation, line.event, line.count) for line in all_lines(records)
    ]
    assert [(1, 1, "upload", 12_000), (2, 2, "job_done", 12_000)] == lines


def test_an_organisation_reads_its_own_lines_the_newest_first(records, append):
    append(1, Event.UPLOAD, Event.JOB_STARTED)
    append(2, Event.JOB_DONE)
    assert ["job_started", "upload"] == [line.event for line in newest_lines(records, 1)]
    assert ["job_started"] == [line.event for line in newest_lines(records, 1, limit=1)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (update(organisation_audit).where(NUMBER == 2).values(count=1), "line 2"),
        (update(organisation_audit).where(NUMBER == 2).values(organisation=2), "line 2"),
        (update(organisation_audit).where(NUMBER == 2).values(actor="hr-2"), "line 2"),
        (delete(organisation_audit).where(NUMBER == 2), "line 3"),
    ],
)
def test_a_line_that_was_changed_or_taken_out_is_found(records, append, change, words):
    append(1, Event.UPLOAD, Event.JOB_STARTED, Event.JOB_DONE)
    with records.writing() as connection:
        connection.execute(change)
    with pytest.raises(AuditBroken, match=words):
        all_lines(records)
