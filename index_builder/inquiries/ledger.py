"""The ledger of inquiries: which were made, for whom and since when, and what became of them."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from index_builder.data_dictionary.classification import INQUIRIES_RETENTION_DAYS
from index_builder.inquiries.inquiry_counts import InquiryCount, InquiryCounts, age_class
from index_builder.inquiries.ledger_file import connect, transaction
from index_builder.inquiries.question import InquiryIds, Question

STATES = ("open", "exported", "answered", "closed")

_SETTLED_BY_A_REPLY = frozenset({"passenger", "holder", "number"})
"""Of the others a build sees for itself whether the reply was one: a passenger list, a driver."""

_ASK = """
INSERT INTO inquiries (id, kind, department, subject, state, first_asked, last_asked, round)
VALUES (:id, :kind, :department, :subject, 'open', :today, :today, :round)
ON CONFLICT (id) DO UPDATE SET
  subject = excluded.subject, department = excluded.department, last_asked = excluded.last_asked,
  round = excluded.round, closed_on = NULL,
  reopened = reopened + (state = 'closed' OR (state = 'answered' AND :read AND NOT not_known)),
  state = CASE WHEN state = 'closed' THEN 'open'
    WHEN state = 'answered' AND :read AND NOT not_known THEN 'open' ELSE state END
"""
_ASK_BY = """
INSERT INTO requesters (inquiry, reported_by, cases, round) VALUES (?, ?, ?, ?)
ON CONFLICT (inquiry, reported_by) DO UPDATE SET cases = excluded.cases, round = excluded.round
"""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One inquiry as the ledger holds it. subject, requesters: see Question; subject is empty
    once the retention of a closed inquiry is over. exports: how often it was exported.
    """

    id: str
    kind: str
    department: str
    subject: dict[str, str]
    requesters: dict[str, int]
    state: str
    first_asked: date
    exported_on: date | None
    exports: int
    reopened: int


class Ledger:
    """The questions of one department's casework. Close it, or use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """A file that is there is looked at at once; another is made for the first question."""
        self._path = path
        self._file = connect(path) if path.exists() else None

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._file is None:
            self._file = connect(self._path)
        return self._file

    @contextmanager
    def record_questions(
        self, questions: Iterable[Question], ids: InquiryIds, today: date, read: Collection[str]
    ) -> Iterator[InquiryCounts]:
        """Record what a build leaves open and give the counts; committed once the block is done.

        An inquiry that no question repeats is closed. read: ids of the replies that the build has
        read; an answered inquiry among them that is still open was not resolved, and opens again.
        """
        with transaction(self._connection, self._path):
            number = self._next_round(today)
            for question in questions:
                name = ids.of(question)
                if name not in read or question.kind not in _SETTLED_BY_A_REPLY:
                    self._ask(question, name, today, number, read)
            self._close_others(today, number)
            yield self.counts(today)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit whatever the block marks, or nothing of it where the block fails."""
        with transaction(self._connection, self._path):
            yield

    def mark_exported(self, names: Iterable[str], today: date) -> None:
        """Mark inquiries as exported to their departments."""
        self._connection.executemany(
            "UPDATE inquiries SET state = 'exported', exported_on = ?, exports = exports + 1 "
            "WHERE id = ?",
            [(today.isoformat(), name) for name in names],
        )

    def mark_answered(self, names: Iterable[str], today: date, *, not_known: bool) -> None:
        """Mark inquiries as answered, or as ones that the department cannot answer."""
        self._connection.executemany(
            "UPDATE inquiries SET state = CASE state WHEN 'closed' THEN state ELSE 'answered' END, "
            "answered_on = ?, not_known = ? WHERE id = ?",
            [(today.isoformat(), int(not_known), name) for name in names],
        )

    def counts(self, today: date) -> InquiryCounts:
        """Return how many inquiries there are by kind, department, state and age."""
        rows = self._connection.execute(
            "SELECT kind, department, state, first_asked, coalesce(closed_on, ?) AS until "
            "FROM inquiries",
            (today.isoformat(),),
        )
        counts = Counter(
            (row["kind"], row["department"], row["state"], _age(row["first_asked"], row["until"]))
            for row in rows
        )
        return InquiryCounts(
            tuple(InquiryCount(*key, inquiries=n) for key, n in sorted(counts.items()))
        )

    def subjects(self, names: Collection[str]) -> dict[str, dict[str, str]]:
        """Return id → subject of those ids that the ledger knows."""
        ids = set(names)
        if not ids or self._file is None:
            return {}
        rows = self._connection.execute("SELECT id, subject FROM inquiries")
        return {row["id"]: json.loads(row["subject"]) for row in rows if row["id"] in ids}

    def inquiries(self, states: Sequence[str] = STATES) -> Iterator[Inquiry]:
        """Yield the inquiries in some states, by department, kind and age, the oldest first."""
        marks = ", ".join("?" * len(states))
        rows = self._connection.execute(
            f"SELECT * FROM inquiries WHERE state IN ({marks}) "  # noqa: S608 - marks only
            "ORDER BY department, kind, first_asked, id",
            tuple(states),
        )
        for row in rows:
            yield Inquiry(
                row["id"],
                row["kind"],
                row["department"],
                json.loads(row["subject"]),
                self._requesters(row["id"]),
                row["state"],
                date.fromisoformat(row["first_asked"]),
                date.fromisoformat(row["exported_on"]) if row["exported_on"] else None,
                row["exports"],
                row["reopened"],
            )

    def _requesters(self, name: str) -> dict[str, int]:
        rows = self._connection.execute(
            "SELECT reported_by, cases FROM requesters WHERE inquiry = ? ORDER BY reported_by",
            (name,),
        )
        return {row["reported_by"]: row["cases"] for row in rows}

    def _next_round(self, today: date) -> int:
        row = self._connection.execute(
            "INSERT INTO rounds (asked_on) VALUES (?) RETURNING number", (today.isoformat(),)
        )
        return int(row.fetchone()[0])

    def _ask(
        self, question: Question, name: str, today: date, number: int, read: Collection[str]
    ) -> None:
        self._connection.execute(
            _ASK,
            {
                "id": name,
                "kind": question.kind,
                "department": question.department,
                "subject": json.dumps(dict(question.subject), ensure_ascii=False, sort_keys=True),
                "today": today.isoformat(),
                "round": number,
                "read": name in read,
            },
        )
        self._connection.executemany(
            _ASK_BY, [(name, who, cases, number) for who, cases in question.requesters.items()]
        )
        self._connection.execute(
            "DELETE FROM requesters WHERE inquiry = ? AND round <> ?", (name, number)
        )

    def _close_others(self, today: date, number: int) -> None:
        """Close what this build does not ask, and forget what closed inquiries were about."""
        self._connection.execute(
            "UPDATE inquiries SET state = 'closed', closed_on = ? "
            "WHERE round <> ? AND state <> 'closed'",
            (today.isoformat(), number),
        )
        past = (today - timedelta(days=INQUIRIES_RETENTION_DAYS)).isoformat()
        self._connection.execute(
            "UPDATE inquiries SET subject = '{}' WHERE state = 'closed' AND closed_on < ?", (past,)
        )


def _age(first: str, until: str) -> str:
    return age_class(max(0, (date.fromisoformat(until) - date.fromisoformat(first)).days))
