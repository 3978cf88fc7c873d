from hashlib import sha256

import pytest

from exposure_index.files.sorted_entries import SortedEntries


@pytest.mark.parametrize("held_max_bytes", [80, 8000, 64 * 1024 * 1024])
def test_entries_come_out_sorted_whether_they_spilled_or_not(tmp_path, held_max_bytes):
    entries = [(sha256(bytes([n % 256, n // 256])).digest() * 3)[:80] for n in range(2000)]
    gathered = SortedEntries(tmp_path, held_max_bytes)
    gathered.add(b"".join(entries))
    assert sorted(entries) == list(gathered)
    assert 2000 == gathered.count


def test_little_stays_out_of_the_folder(tmp_path):
    SortedEntries(tmp_path).add(bytes(80))
    assert [] == list(tmp_path.iterdir())


def test_equal_entries_are_kept_for_the_writer_to_refuse(tmp_path):
    gathered = SortedEntries(tmp_path, 80)
    gathered.add(bytes(160))
    assert [bytes(80), bytes(80)] == list(gathered)
