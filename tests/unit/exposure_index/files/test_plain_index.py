import io
from hashlib import blake2b, sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure_index.errors import EarlierEdition, IndexDamaged
from exposure_index.files import plain_index
from exposure_index.files.plain_index import (
    EqualLocators,
    Header,
    IndexMalformed,
    PageProof,
    PlainIndex,
    locators_ascend,
    write_plain_index,
)
from exposure_index.files.positioned_file import PositionedFile

BUILD_ID, KEY_ID = bytes(range(16)), bytes(8)
PAGE_KEY, OTHER_KEY = bytes(range(32)), bytes(32)
PROOF = PageProof(PAGE_KEY)


def find(index, locator):
    entry, is_there = index.find(locator)
    return entry if is_there else None


def entries_at(locators) -> list[bytes]:
    return [place + sha256(place).digest() * 2 for place in sorted(locators)]


def file_of(entries, count=None, page_key=PAGE_KEY) -> bytes:
    target = io.BytesIO()
    header = Header(BUILD_ID, KEY_ID, len(entries) if count is None else count)
    digest = write_plain_index(target, header, entries, page_key)
    assert sha256(target.getvalue()).hexdigest() == digest
    return target.getvalue()


def index_of(tmp_path_factory, data: bytes) -> PlainIndex:
    path = tmp_path_factory.mktemp("plain") / "plain.idx"
    path.write_bytes(data)
    return open_index(path)


def open_index(path) -> PlainIndex:
    with path.open("rb") as file:
        return PlainIndex(file, PAGE_KEY)


def uniform(number: int) -> list[bytes]:
    return [sha256(n.to_bytes(4, "big")).digest()[:16] for n in range(number)]


locators = st.sets(st.binary(min_size=16, max_size=16), min_size=1, max_size=230) | st.sets(
    st.integers(0, 400).map(lambda n: n.to_bytes(16, "big")), min_size=1, max_size=230
)


@settings(max_examples=60)
@given(locators, st.lists(st.binary(min_size=16, max_size=16), max_size=20))
def test_what_was_entered_is_found_and_nothing_else(tmp_path_factory, places, others):
    entries = entries_at(places)
    index = index_of(tmp_path_factory, file_of(entries))
    assert entries == [find(index, entry[:16]) for entry in entries]
    others = [*others, bytes(16), b"\xff" * 16, *(p[:15] + bytes([p[15] ^ 1]) for p in places)]
    assert [None] * len(others) == [
        find(index, place) if place not in places else None for place in others
    ]
    assert len(entries) == index.check_all()


@pytest.mark.parametrize("count", [1, 49, 50, 51, 100, 101, 5000])
def test_pages_of_any_fill_are_read(tmp_path_factory, count):
    entries = entries_at(uniform(count))
    index = index_of(tmp_path_factory, file_of(entries))
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


@pytest.mark.parametrize("entries_in_block", [1, 49, 50, 51, 120, 1000])
def test_entries_in_blocks_of_any_size_make_the_same_file(entries_in_block):
    entries = entries_at(uniform(1050))
    target, size = io.BytesIO(), 80 * entries_in_block
    every = b"".join(entries)
    blocks = [every[at : at + size] for at in range(0, len(every), size)]
    write_plain_index(target, Header(BUILD_ID, KEY_ID, 1050), [b"", *blocks, b""], PAGE_KEY)
    assert file_of(entries) == target.getvalue()


@pytest.mark.parametrize("length", [0, 1, 4095, 4096, 8191, 12287, 12289, 16384])
def test_another_length_is_refused_at_opening(tmp_path_factory, length):
    data = file_of(entries_at(uniform(100)))
    assert 12288 == len(data)
    with pytest.raises(IndexMalformed):
        index_of(tmp_path_factory, data[:length].ljust(length, b"\0"))


@given(st.integers(0, 4095), st.integers(1, 255))
def test_any_changed_byte_of_the_header_is_refused(at, change):
    page = bytearray(Header(BUILD_ID, KEY_ID, 7).pack(PROOF))
    page[at] ^= change
    with pytest.raises((IndexMalformed, EarlierEdition)):
        Header.unpack(bytes(page), PROOF)


def test_a_header_of_another_key_is_refused():
    with pytest.raises(IndexMalformed, match="another build"):
        Header.unpack(Header(BUILD_ID, KEY_ID, 7).pack(PageProof(OTHER_KEY)), PROOF)


def test_another_format_that_is_proven_is_refused():
    page = Header(BUILD_ID, KEY_ID, 7).pack(PROOF)
    with pytest.raises(IndexMalformed, match="format"):
        Header.unpack(PROOF.proven(b"GAUGEI03" + page[8:-32]), PROOF)


def test_a_file_of_the_first_edition_is_refused_with_the_way_out(tmp_path_factory):
    page = (b"GAUGEI01" + (1).to_bytes(4, "big")).ljust(4096 - 32, b"\0")
    with pytest.raises(EarlierEdition, match="build the index again"):
        index_of(tmp_path_factory, (page + sha256(page).digest()) * 2)


def test_a_file_that_is_whole_under_another_key_is_refused(tmp_path_factory):
    with pytest.raises(IndexMalformed):
        index_of(tmp_path_factory, file_of(entries_at(uniform(50)), page_key=OTHER_KEY))


def test_an_emptied_page_with_a_digest_made_without_the_key_is_damage(tmp_path_factory):
    entries = entries_at(uniform(150))
    data = bytearray(file_of(entries))
    for digest in (sha256, lambda page: blake2b(page, digest_size=32)):
        page = bytes(4000) + data[4096 + 4000 : 8192 - 32]
        data[4096:8192] = page + digest(page).digest()
        index = index_of(tmp_path_factory, bytes(data))
        for entry in entries[:50]:
            with pytest.raises(IndexDamaged):
                find(index, entry[:16])


@pytest.mark.parametrize("signposts", [1, 2, 3, 7, 99])
def test_entries_are_found_where_signposts_stand_pages_apart(
    tmp_path_factory, monkeypatch, signposts
):
    monkeypatch.setattr(plain_index, "SIGNPOSTS_MAX", signposts)
    entries = entries_at(uniform(5000))
    index = index_of(tmp_path_factory, file_of(entries))
    assert entries == [find(index, entry[:16]) for entry in entries]
    others = [sha256(entry).digest()[:16] for entry in entries]
    assert {None} == {find(index, place) for place in others}


def test_one_page_is_read_for_a_lookup(tmp_path_factory, monkeypatch):
    entries = entries_at(uniform(5000))
    index = index_of(tmp_path_factory, file_of(entries))
    reads = []
    read = PositionedFile.read
    monkeypatch.setattr(
        PositionedFile, "read", lambda file, *at: reads.append(at) or read(file, *at)
    )
    for entry in entries[::7]:
        assert entry == find(index, entry[:16])
    assert len(entries[::7]) == len(reads)


@settings(max_examples=200)
@given(st.integers(0, 3 * 4096 - 1), st.integers(1, 255))
def test_a_changed_byte_of_a_page_never_gives_another_answer(tmp_path_factory, at, change):
    entries = entries_at(uniform(150))
    data = bytearray(file_of(entries))
    data[4096 + at] ^= change
    index = index_of(tmp_path_factory, bytes(data))
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
    index = index_of(tmp_path_factory, data[:4096] + second + first + third)
    for entry in entries[:100]:
        with pytest.raises(IndexDamaged):
            find(index, entry[:16])


def swapped(page):
    page[80:160], page[160:240] = page[160:240], page[80:160]


def twice_the_same(page):
    page[160:240] = page[80:160]


def lowest_first(page):
    page[0:16] = bytes(16)


def another_before(page):
    page[4032] ^= 1


def another_after(page):
    page[4064 - 1] ^= 1


@pytest.mark.parametrize(
    ("number", "change", "said"),
    [
        *(
            (number, change, "sorted")
            for number in range(3)
            for change in (swapped, twice_the_same)
        ),
        (1, lowest_first, "sorted"),
        (2, lowest_first, "sorted"),
        *((number, another_before, "follow") for number in range(3)),
        *((number, another_after, "follow") for number in range(2)),
        (2, another_after, "last"),
    ],
)
def test_a_check_of_all_sees_disorder_that_is_proven(tmp_path_factory, number, change, said):
    data = bytearray(file_of(entries_at(uniform(150))))
    begin = 4096 * (1 + number)
    page = bytearray(data[begin : begin + 4064])
    change(page)
    data[begin : begin + 4096] = PROOF.proven(bytes(page))
    with pytest.raises(IndexDamaged, match=said):
        index_of(tmp_path_factory, bytes(data)).check_all()


def test_a_page_of_another_build_is_damage(tmp_path_factory):
    entries = entries_at(uniform(50))
    other = file_of(entries, page_key=OTHER_KEY)
    index = index_of(tmp_path_factory, file_of(entries)[:4096] + other[4096:])
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
    index = index_of(tmp_path_factory, file_of(entries_at(uniform(10))))
    index.close()
    with pytest.raises(IndexDamaged):
        find(index, bytes(16))


def test_a_file_cut_and_written_anew_is_damage_or_the_right_entry(tmp_path):
    path = tmp_path / "plain.idx"
    entries = entries_at(uniform(150))
    path.write_bytes(file_of(entries))
    index = open_index(path)
    path.write_bytes(file_of(entries, page_key=OTHER_KEY))
    with pytest.raises(IndexDamaged):
        find(index, entries[0][:16])


def test_nothing_that_reads_pages_shows_their_key():
    assert PAGE_KEY.hex() not in repr(PROOF)
    assert repr(PAGE_KEY) not in repr(PROOF)


few_bytes = st.lists(st.sampled_from([0, 1, 127, 128, 255]), min_size=16, max_size=16).map(bytes)


@given(st.lists(few_bytes | st.binary(min_size=16, max_size=16), max_size=4), st.booleans())
def test_order_of_locators_is_that_of_their_bytes(locators, in_order):
    if in_order:
        locators = sorted(locators)
    expected = all(earlier < later for earlier, later in pairwise(locators))
    assert expected == locators_ascend(b"".join(each + bytes(64) for each in locators))


@pytest.mark.parametrize("at", range(16))
def test_locators_that_differ_in_one_byte_are_told_apart(at):
    lower, higher = (bytes(at) + bytes([n]) + bytes(95 - at - 16) for n in (0x7F, 0x80))
    assert locators_ascend(lower + higher)
    assert not locators_ascend(higher + lower)
    assert not locators_ascend(lower + lower)
