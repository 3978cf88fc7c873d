import io
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure_index.errors import IndexDamaged
from exposure_index.files.plain_index import (
    EqualLocators,
    Header,
    IndexMalformed,
    PlainIndex,
    write_plain_index,
)

BUILD_ID, KEY_ID = bytes(range(16)), bytes(8)


def find(index, locator):
    entry, is_there = index.find(locator)
    return entry if is_there else None


def entries_at(locators) -> list[bytes]:
    return [place + sha256(place).digest() * 2 for place in sorted(locators)]


def file_of(entries, count=None) -> bytes:
    target = io.BytesIO()
    header = Header(BUILD_ID, KEY_ID, len(entries) if count is None else count)
    digest = write_plain_index(target, header, entries)
    assert sha256(target.getvalue()).hexdigest() == digest
    return target.getvalue()


def mapped(tmp_path_factory, data: bytes) -> PlainIndex:
    path = tmp_path_factory.mktemp("plain") / "plain.idx"
    path.write_bytes(data)
    return open_index(path)


def open_index(path) -> PlainIndex:
    with path.open("rb") as file:
        return PlainIndex(file)


def uniform(number: int) -> list[bytes]:
    return [sha256(n.to_bytes(4, "big")).digest()[:16] for n in range(number)]


locators = st.sets(st.binary(min_size=16, max_size=16), min_size=1, max_size=230) | st.sets(
    st.integers(0, 400).map(lambda n: n.to_bytes(16, "big")), min_size=1, max_size=230
)


@settings(max_examples=60)
@given(locators, st.lists(st.binary(min_size=16, max_size=16), max_size=20))
def test_what_was_entered_is_found_and_nothing_else(tmp_path_factory, places, others):
    entries = entries_at(places)
    index = mapped(tmp_path_factory, file_of(entries))
    assert entries == [find(index, entry[:16]) for entry in entries]
    others = [*others, bytes(16), b"\xff" * 16, *(p[:15] + bytes([p[15] ^ 1]) for p in places)]
    assert [None] * len(others) == [
        find(index, place) if place not in places else None for place in others
    ]
    assert len(entries) == index.check_all()


@pytest.mark.parametrize("count", [1, 49, 50, 51, 100, 101, 5000])
def test_pages_of_any_fill_are_read(tmp_path_factory, count):
    entries = entries_at(uniform(count))
    index = mapped(tmp_path_factory, file_of(entries))
    assert entries == [find(index, entry[:16]) for entry in entries]
    assert None is find(index, sha256(b"absent").digest()[:16])


def test_equal_locators_stop_the_writing_within_and_across_pages():
    for at in (10, 50):
        entries = entries_at(uniform(120))
        entries.insert(at, entries[at - 1][:16] + bytes(64))
        with pytest.raises(EqualLocators):
            file_of(entries)


def test_disorder_and_a_wrong_count_stop_the_writing():
    entries = entries_at(uniform(120))
    with pytest.raises(ValueError, match="sorted"):
        file_of(entries[::-1])
    with pytest.raises(ValueError, match="number"):
        file_of(entries, count=121)


@pytest.mark.parametrize("length", [0, 1, 4095, 4096, 8191, 12287, 12289, 16384])
def test_another_length_is_refused_at_opening(tmp_path_factory, length):
    data = file_of(entries_at(uniform(100)))
    assert 12288 == len(data)
    with pytest.raises(IndexMalformed):
        mapped(tmp_path_factory, data[:length].ljust(length, b"\0"))


@given(st.integers(0, 4095), st.integers(1, 255))
def test_any_changed_byte_of_the_header_is_refused(at, change):
    page = bytearray(Header(BUILD_ID, KEY_ID, 7).pack())
    page[at] ^= change
    with pytest.raises(IndexMalformed):
        Header.unpack(bytes(page))


def test_another_format_with_a_right_checksum_is_refused():
    page = Header(BUILD_ID, KEY_ID, 7).pack()
    other = b"GAUGEI02" + page[8:-32]
    with pytest.raises(IndexMalformed, match="format"):
        Header.unpack(other + sha256(other).digest())


@settings(max_examples=200)
@given(st.integers(0, 3 * 4096 - 1), st.integers(1, 255))
def test_a_changed_byte_of_a_page_never_gives_another_answer(tmp_path_factory, at, change):
    entries = entries_at(uniform(150))
    data = bytearray(file_of(entries))
    data[4096 + at] ^= change
    index = mapped(tmp_path_factory, bytes(data))
    damaged = 0
    for entry in entries:
        try:
            assert entry == find(index, entry[:16])
        except IndexDamaged:
            damaged += 1
    assert damaged > 0
    with pytest.raises(IndexDamaged):
        index.check_all()


def test_pages_in_another_order_are_damage(tmp_path_factory):
    entries = entries_at(uniform(150))
    data = file_of(entries)
    first, second, third = (data[at : at + 4096] for at in (4096, 8192, 12288))
    index = mapped(tmp_path_factory, data[:4096] + second + first + third)
    for entry in entries[:100]:
        with pytest.raises(IndexDamaged):
            find(index, entry[:16])


def test_a_page_of_another_build_is_damage(tmp_path_factory):
    entries = entries_at(uniform(50))
    target = io.BytesIO()
    write_plain_index(target, Header(bytes(16), KEY_ID, 50), entries)
    index = mapped(tmp_path_factory, file_of(entries)[:4096] + target.getvalue()[4096:])
    with pytest.raises(IndexDamaged):
        find(index, entries[0][:16])


def test_a_file_cut_while_it_is_open_is_damage_and_no_crash(tmp_path):
    path = tmp_path / "plain.idx"
    entries = entries_at(uniform(150))
    path.write_bytes(file_of(entries))
    index = open_index(path)
    with path.open("r+b") as file:
        file.truncate(4096)
    with pytest.raises(IndexDamaged):
        find(index, entries[0][:16])


def test_a_closed_index_gives_no_answer(tmp_path_factory):
    index = mapped(tmp_path_factory, file_of(entries_at(uniform(10))))
    index.close()
    with pytest.raises(IndexDamaged):
        find(index, bytes(16))
