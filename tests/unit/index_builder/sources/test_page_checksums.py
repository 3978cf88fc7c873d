"""A page that changed is noticed by its checksum, in whatever way the file is written."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from index_builder.sources.page_checksums import checksums_hold

ROWS = 30_000
COLUMNS = {
    "id_number": [f"P{row:07}" for row in range(ROWS)],
    "name": ["x", None, "张三"] * (ROWS // 3),
    "row": list(range(ROWS)),
}


@pytest.fixture(params=["1.0", "2.0"])
def file(request, tmp_path):
    """Return a file with and, by default, without checksums."""

    def file(compression="snappy", *, checksums=True, **columns):
        path = tmp_path / "legs.parquet"
        pq.write_table(
            pa.table({**columns, **COLUMNS}),
            path,
            compression=compression,
            write_page_checksum=checksums,
            data_page_version=request.param,
            row_group_size=ROWS // 3,
        )
        return path

    return file


def place_in(path, column):
    """Where the last page of a column of the second row group ends."""
    metadata = pq.read_metadata(path)
    number = metadata.schema.names.index(column)
    chunk = metadata.row_group(1).column(number)
    starts = (chunk.dictionary_page_offset, chunk.data_page_offset)
    return min(start for start in starts if start is not None) + chunk.total_compressed_size - 1


def change(path, place, bits=1):
    data = bytearray(path.read_bytes())
    data[place] ^= bits
    path.write_bytes(data)


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
@pytest.mark.parametrize("column", ["id_number", "name", "row"])
def test_one_changed_bit_of_a_page_is_noticed(file, compression, column):
    path = file(compression)
    assert checksums_hold(path, COLUMNS)
    change(path, place_in(path, column))
    assert not checksums_hold(path, COLUMNS)
    assert checksums_hold(path, set(COLUMNS) - {column})


def test_columns_that_are_not_asked_for_may_be_nested(file):
    path = file(history=[[{"a": 1}]] * ROWS)
    assert checksums_hold(path, COLUMNS)
    change(path, place_in(path, "name"))  # by its name among the leaves of the nested one
    assert not checksums_hold(path, COLUMNS)


def test_without_checksums_only_the_heads_are_read(file):
    path = file("none", checksums=False)
    change(path, place_in(path, "row"))
    assert checksums_hold(path, COLUMNS)


def test_a_page_whose_head_is_damaged_is_not_trusted(file):
    path = file(checksums=False)
    metadata = pq.read_metadata(path)
    change(path, metadata.row_group(1).column(0).dictionary_page_offset, bits=0xFF)
    assert not checksums_hold(path, COLUMNS)
