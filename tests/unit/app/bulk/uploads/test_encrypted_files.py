"""What is written opens as it was, at any place, and nothing else opens."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bulk.uploads.encrypted_files import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    DecryptingFile,
    EncryptedWriter,
    FileDamaged,
    read_encrypted,
    write_encrypted,
)

KEY = bytes(range(32))
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]


def content_of(size):
    return (b"0123456789abcdef-" * (size // 17 + 1))[:size]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_was(path, size):
    write_encrypted(path, KEY, "list", content_of(size))
    assert content_of(size) == read_encrypted(path, KEY, "list")


@pytest.mark.parametrize("size", SIZES)
def test_a_file_cut_at_a_chunk_or_inside_does_not_open(path, size):
    write_encrypted(path, KEY, "list", content_of(size))
    sealed = path.read_bytes()
    cuts = {len(sealed) - 1, HEADER_BYTES, HEADER_BYTES + CHUNK_BYTES + TAG_BYTES}
    for cut in [cut for cut in cuts if cut < len(sealed)]:
        path.write_bytes(sealed[:cut])
        with pytest.raises(FileDamaged):
            read_encrypted(path, KEY, "list")


@pytest.mark.parametrize(("key", "name"), [(bytes(32), "list"), (KEY, "rows")])
def test_another_key_or_another_name_opens_nothing(path, key, name):
    write_encrypted(path, KEY, "list", b"content")
    with pytest.raises(FileDamaged):
        DecryptingFile(path, key, name)


def test_chunks_that_changed_places_do_not_open(path):
    write_encrypted(path, KEY, "list", content_of(2 * CHUNK_BYTES + 5))
    sealed, chunk = path.read_bytes(), CHUNK_BYTES + TAG_BYTES
    head, rest = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
    path.write_bytes(head + rest[chunk : 2 * chunk] + rest[:chunk] + rest[2 * chunk :])
    with pytest.raises(FileDamaged):
        read_encrypted(path, KEY, "list")


def test_a_file_that_was_not_finished_does_not_open(path):
    writer = EncryptedWriter(path, KEY, "list")
    writer.write(content_of(2 * CHUNK_BYTES))
    writer.discard()
    with pytest.raises(FileDamaged):
        DecryptingFile(path, KEY, "list")


def test_nothing_of_the_content_stands_on_the_disk(path):
    write_encrypted(path, KEY, "list", content_of(CHUNK_BYTES))
    assert b"0123456789" not in path.read_bytes()


def test_the_file_is_for_its_owner_alone(path):
    write_encrypted(path, KEY, "list", b"")
    assert 0o600 == path.stat().st_mode & 0o777


places = st.integers(0, 3 * CHUNK_BYTES + 20)


@given(st.lists(st.tuples(places, st.integers(0, CHUNK_BYTES)), max_size=8))
def test_reads_at_any_place_give_what_a_file_in_memory_gives(tmp_path_factory, reads):
    path = tmp_path_factory.getbasetemp() / "any-place"
    if not path.exists():
        write_encrypted(path, KEY, "list", content_of(3 * CHUNK_BYTES + 7))
    memory = io.BytesIO(content_of(3 * CHUNK_BYTES + 7))
    with io.BufferedReader(DecryptingFile(path, KEY, "list")) as file:
        for place, size in reads:
            file.seek(place)
            memory.seek(place)
            assert memory.read(size) == file.read(size)
