"""What a snapshot holds, what it misses, and until when it is the right one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.indexes.expected_authorities import ExpectedAuthorities
from app.indexes.snapshot import LONG_AGO, snapshot_at
from exposure_index.lookup.result import Missing

NOW = datetime(2020, 2, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOTH = ExpectedAuthorities(frozenset({"甲", "乙"}), frozenset({"甲", "乙"}), 2)


@dataclass
class Manifest:
    valid_until: datetime
    oldest_source: datetime = NOW - HOUR

    def expired(self, now):
        return now >= self.valid_until


@dataclass
class Index:
    manifest: Manifest


FIRST, SECOND = Index(Manifest(NOW + 3 * HOUR)), Index(Manifest(NOW + 2 * HOUR))


def test_it_is_the_right_one_until_the_first_index_expires():
    snapshot = snapshot_at(NOW, {"甲": FIRST, "乙": SECOND}, BOTH, None)
    assert ((SECOND, FIRST), ()) == (snapshot.indexes, snapshot.missing)
    assert NOW + 2 * HOUR == snapshot.unchanged_until


def test_it_is_the_right_one_until_the_first_index_goes_stale():
    snapshot = snapshot_at(NOW, {"甲": FIRST, "乙": SECOND}, BOTH, 1.5 * HOUR)
    assert ((), NOW + HOUR / 2) == (snapshot.missing, snapshot.unchanged_until)


def test_where_nothing_is_valid_it_is_due_anew_at_every_request():
    snapshot = snapshot_at(NOW + 4 * HOUR, {"甲": FIRST}, ExpectedAuthorities(), None)
    assert ((), (Missing("甲", "expired"),)) == (snapshot.indexes, snapshot.missing)
    assert LONG_AGO == snapshot.unchanged_until


def test_a_directory_that_names_nobody_is_an_authority_missing_without_a_name():
    expected = ExpectedAuthorities(frozenset({"甲"}), frozenset({"甲", ""}), 2)
    snapshot = snapshot_at(NOW, {"甲": FIRST}, expected, None)
    assert (Missing("", "absent"),) == snapshot.missing
