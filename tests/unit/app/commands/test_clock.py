from datetime import UTC, datetime

from app.indexes.last_seen_time import LastSeenTime


def test_the_kept_time_is_told_and_forgotten(gauge_with_state, tmp_path):
    LastSeenTime(tmp_path).write(datetime(2040, 1, 2, tzinfo=UTC))
    assert "kept   2040-01-02T00:00:00Z" in gauge_with_state("clock", "show").output.splitlines()
    assert 0 == gauge_with_state("clock", "forget").exit_code
    assert "kept   nothing" in gauge_with_state("clock", "show").output.splitlines()


def test_a_damaged_time_is_forgotten_as_the_playbook_says(gauge_with_state, tmp_path):
    (tmp_path / "latest-time.txt").write_text("[}")
    assert 12 == gauge_with_state("clock", "show").exception.exit_code
    assert 0 == gauge_with_state("clock", "forget").exit_code
    assert 0 == gauge_with_state("clock", "show").exit_code
