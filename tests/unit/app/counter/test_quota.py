import pytest

from app.counter.quota import count_check
from app.limits.outcomes import LimitReached
from app.records.accounts.counter_audit import audit_lines

UTC_NOON = 1_580_558_400.0  # 2020-02-01T12:00Z


@pytest.fixture
def check_at(records, monkeypatch):
    def count(seconds, clerk="desk-1"):
        monkeypatch.setattr("app.counter.quota.time.time", lambda: seconds)
        return count_check(records, clerk, 2, "Asia/Shanghai")

    return count


def events(records):
    with records.reading() as connection:
        return [line.event for line in audit_lines(connection, records.cipher)]


def test_checks_are_counted_for_each_clerk_until_the_quota(check_at, records):
    assert [1, 2, 1] == [check_at(UTC_NOON), check_at(UTC_NOON), check_at(UTC_NOON, "desk-2")]
    with pytest.raises(LimitReached) as raised:
        check_at(UTC_NOON)
    assert 4 * 3_600 == raised.value.retry_after  # until midnight at the counter
    assert ["checked"] * 3 + ["over_quota"] == events(records)


def test_the_quota_begins_anew_at_midnight_where_the_counter_is(check_at):
    assert [1, 2] == [check_at(UTC_NOON) for _ in range(2)]
    assert 1 == check_at(UTC_NOON + 4 * 3_600)
