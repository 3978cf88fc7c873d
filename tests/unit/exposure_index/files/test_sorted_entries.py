from hashlib import sha256

import pytest

from exposure_index.files.sorted_entries import SortedEntries


@pytest.mark.parametrize("memory_max_bytes", [80, 8000, 64 * 1024 * 1024])
def test_entries_come_out_sorted_whether_they_spilled_or_not(tmp_path, memory_max_bytes):
    entries = [(sha256(bytes([n % 256, n // 256])).digest() * 3)[:80] for n in range(2000)]
    by_locator = SortedEntries(tmp_path, memory_max_bytes)
    by_locator.add(b"".join(entries))
    assert sorted(entries) == list(by_locator)
    assert 2000 == by_locator.count


def test_little_stays_out_of_the_folder(tmp_path):
    SortedEntries(tmp_path).add(bytes(80))
    assert [] == list(tmp_path.iterdir())


def test_equal_entries_are_kept_for_the_writer_to_refuse(tmp_path):
    by_locator = SortedEntries(tmp_path, 80)
    by_locator.add(bytes(160))
    assert [bytes(80), bytes(80)] == list(by_locator)


def test_entries_of_another_length_are_sorted_by_all_of_their_bytes(tmp_path):
    tails = [b"", b"\0", b"\x80", b"\0\x01", b"\xff\0", b"\x7f\xff"]
    entries = [(place + tail).ljust(84, b"\0") for tail in tails for place in (b"ab\0c", b"ab\0\0")]
    placed = SortedEntries(tmp_path, entry_bytes=84)
    placed.add(b"".join(entries))
    assert sorted(entries) == list(placed)
    assert b"".join(sorted(entries)) == b"".join(placed.blocks())
