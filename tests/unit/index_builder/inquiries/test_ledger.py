"""The ledger asks nothing twice, forgets nothing too early, and is refused where not whole."""

import sqlite3
import stat
from datetime import date, timedelta

import pytest

from index_builder.inquiries.inquiry_counts import InquiryCount
from index_builder.inquiries.ledger import Ledger
from index_builder.inquiries.ledger_file import LedgerUnusable
from index_builder.inquiries.question import InquiryIds, Question

IDS = InquiryIds(bytes(64))
FIRST = date(2020, 1, 20)


class BuildFailed(Exception):
    pass


def question(number="G1712", requesters=None):
    subject = {"mode": "train", "number": number, "service_date": "2020-01-20"}
    key = ("train", number, "2020-01-20")
    return Question("manifest", "railway", key, subject, requesters or {"Wuhan CDC": 1})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "inquiries.sqlite"


@pytest.fixture
def ledger(path):
    with Ledger(path) as opened:
        yield opened


def ask(ledger, *questions, days=0, read=()):
    with ledger.record_questions(questions, IDS, FIRST + timedelta(days=days), read) as counts:
        return counts


def test_the_file_is_its_owners_alone(path, ledger):
    ask(ledger)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_question_asked_again_stays_one_and_keeps_its_age(ledger):
    ask(ledger, question())
    counts = ask(ledger, question(), days=5)
    assert (InquiryCount("manifest", "railway", "open", "4-7", 1),) == counts.rows


def test_what_is_not_asked_any_more_is_closed_and_asked_again_reopened(ledger):
    ask(ledger, question())
    assert ["closed"] == [row.state for row in ask(ledger, days=2).rows]
    ask(ledger, question(), days=3)
    (one,) = ledger.inquiries()
    assert ("open", 1, FIRST) == (one.state, one.reopened, one.first_asked)


def test_requesters_are_those_of_the_last_build(ledger):
    ask(ledger, question(requesters={"Wuhan CDC": 1, "Jinan CDC": 2}))
    ask(ledger, question(requesters={"Jinan CDC": 1}))
    (one,) = ledger.inquiries()
    assert {"Jinan CDC": 1} == one.requesters


def test_a_build_that_fails_leaves_the_ledger_as_it_was(ledger):
    with pytest.raises(BuildFailed), ledger.record_questions([question()], IDS, FIRST, ()):
        raise BuildFailed
    assert [] == list(ledger.inquiries())


def test_the_subject_of_a_closed_inquiry_is_forgotten_after_its_retention(ledger):
    ask(ledger, question())
    ask(ledger, days=1)
    ask(ledger, days=31)
    assert ["G1712"] == [one.subject["number"] for one in ledger.inquiries()]
    ask(ledger, days=32)
    assert [{}] == [one.subject for one in ledger.inquiries()]


def test_a_file_of_another_program_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(LedgerUnusable, match="not a ledger of inquiries; move it away"):
        Ledger(path)


def test_a_ledger_of_a_later_version_is_refused(path):
    with Ledger(path) as ledger:
        ask(ledger)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(LedgerUnusable, match="later version"):
        Ledger(path)


@pytest.mark.parametrize("text", ["inquiry_id,state\n", "SQLite format 3\0" + "x" * 5000])
def test_a_damaged_file_is_refused_with_the_way_out(path, text):
    path.write_text(text)
    with pytest.raises(LedgerUnusable, match="move it away"):
        Ledger(path)
