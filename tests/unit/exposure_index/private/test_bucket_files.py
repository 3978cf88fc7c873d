import pytest

from exposure_index.private.bucket import verify_bucket
from exposure_index.private.bucket_files import bucket_path, write_buckets
from tests.unit.exposure_index.private.conftest import BUILD_ID, placed_entries


def test_every_entry_lies_in_its_bucket_and_every_bucket_is_proven(bucket_build):
    index, build, placed = bucket_build
    expected: dict[int, set[bytes]] = {}
    for each in placed:
        expected.setdefault(int.from_bytes(each[:4], "big") >> 23, set()).add(each[4:])
    for number in range(512):
        entries = verify_bucket(index, number, bucket_path(build, number).read_bytes())
        entries_in = [entries[at : at + 80] for at in range(0, len(entries), 80)]
        assert expected.get(number, set()) <= set(entries_in)
        assert sorted(entries_in) == entries_in
        assert index.parameters.bucket_entries == len(entries_in) == len(set(entries_in))


def test_all_buckets_have_one_length_and_mode(bucket_build):
    index, build, _ = bucket_build
    status = [path.stat() for path in (build / "b").iterdir()]
    assert {(index.file_bytes, 0o444)} == {(s.st_size, s.st_mode & 0o777) for s in status}
    assert 32 + 80 * index.parameters.bucket_entries + 9 * 32 == index.file_bytes


def test_the_header_is_as_the_format_says(bucket_build):
    index, build, _ = bucket_build
    data = bucket_path(build, 0x1AB).read_bytes()
    m = index.parameters.bucket_entries
    assert b"GAUGEB01" + BUILD_ID + bytes.fromhex("000001ab") + m.to_bytes(4, "big") == data[:32]


def test_entries_out_of_order_are_refused_by_the_writer(tmp_path):
    placed = placed_entries(100)[::-1]
    with pytest.raises(ValueError, match="out of order"):
        write_buckets(tmp_path, BUILD_ID, 150_000, lambda: placed)
