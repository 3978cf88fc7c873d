"""Whatever types an export has chosen, the cells are the text that stood there before."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from index_builder.data_dictionary.table_definitions import TABLES
from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import SourceRefused, first_reading, open_source

NAME_IN_GB18030 = "张三丰".encode("gb18030")


def broken_strings(*values):
    """A column of strings whose bytes are whatever is given."""
    return pa.array(values, pa.binary()).view(pa.string())


@pytest.fixture
def legs(tmp_path):
    """Return the cells of the table legs from a Parquet file with the columns given."""

    def legs(columns, folder="source", **options):
        source = tmp_path / folder
        source.mkdir(exist_ok=True)
        (source / "cases.csv").write_text("case_id\nC1\n")
        rows = len(next(iter(columns.values())))
        text = {name: ["x"] * rows for name in TABLES["legs"].required}
        pq.write_table(pa.table({**text, **columns}), source / "legs.parquet", **options)
        with Workspace(tmp_path) as work, RejectList(work.folder, tmp_path) as rejects:
            opening = open_source(source, work, rejects)
            legs.remarks = opening.remarks
            return opening.tables["legs"].data.order_by("row").to_pyarrow().to_pydict()

    return legs


def cells(legs, column, name="id_number"):
    return legs({name: column})[name]


def test_whole_numbers_stay_whole_where_one_is_missing(legs):
    array = pa.array([10000001.0, None, float("nan"), 12.5, 0.0])
    assert ["10000001", None, None, "12.5", "0"] == cells(legs, array)
    assert any("leading zeros" in remark for remark in legs.remarks)


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32()])
def test_shorter_floats_are_whole_too(legs, kind):
    assert ["12", None] == cells(legs, pa.array([12.0, None]).cast(kind))


@pytest.mark.parametrize(
    "array",
    [
        pa.array([99000019800101123.0]),
        pa.array([2.0**24], pa.float32()),
        pa.array([float("inf")]),
    ],
    ids=["resident number", "short float", "infinite"],
)
def test_numbers_that_may_have_been_others_are_refused(legs, array):
    with pytest.raises(SourceRefused, match=r"legs\.parquet: column id_number: .* too large"):
        cells(legs, array)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array(["欧阳 ", "", None]), ["欧阳", None, None]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array(["a"], pa.large_string()), ["a"]),
        (pa.array([10000001, None]), ["10000001", None]),
        (pa.array([2**63], pa.uint64()), ["9223372036854775808"]),
        (pa.array(["张三".encode(), None]), ["张三", None]),
        (pa.array([b"X1"], pa.large_binary()), ["X1"]),
        (pa.array([b"X1"], pa.binary(2)), ["X1"]),
        (pa.array([Decimal("10000001.00"), Decimal("1.50")]), ["10000001", "1.50"]),
        (pa.array([True, False, None]), ["yes", "no", None]),
        (pa.array([date(2020, 1, 20)]), ["2020-01-20"]),
        (pa.array([date(2020, 1, 20)], pa.date64()), ["2020-01-20"]),
        (pa.array([time(9, 35)], pa.time64("us")), ["09:35:00"]),
        (pa.array([datetime(2020, 1, 20, 9, 35)]), ["2020-01-20 09:35:00"]),  # noqa: DTZ001
        (pa.array([None, None], pa.null()), [None, None]),
    ],
    ids=str,
)
def test_every_type_of_cell_becomes_its_text(legs, array, expected):
    assert expected == cells(legs, array, "seat")


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "+08:00"])
def test_moments_with_a_zone_are_told_on_the_clock_of_shanghai(legs, unit, zone):
    array = pa.array([datetime(2020, 1, 19, 16, 30, tzinfo=UTC), None], pa.timestamp(unit, zone))
    assert ["2020-01-20 00:30:00", None] == cells(legs, array, "board_time")


@pytest.mark.parametrize(
    "array",
    [
        broken_strings(NAME_IN_GB18030),
        broken_strings(NAME_IN_GB18030).dictionary_encode(),
        pa.array([NAME_IN_GB18030]),
    ],
    ids=["string", "categories", "binary"],
)
def test_bytes_that_are_no_utf_8_are_refused_by_file_and_column(legs, array):
    with pytest.raises(SourceRefused, match=r"^legs.parquet: column name: .*not valid UTF-8"):
        cells(legs, array, "name")


@pytest.mark.parametrize("row", [0, 2_500, 4_999], ids=["listed word", "turn", "plain page"])
@pytest.mark.parametrize("statistics", [True, False])
def test_a_broken_cell_is_found_in_the_list_of_words_and_behind_it(legs, row, statistics):
    names = [f"word {each % 20}" if each < 2_500 else f"other {each}" for each in range(5_000)]
    names = [name.encode() for name in names]
    names[row] = NAME_IN_GB18030
    # A writer lists words until the list is too long, and writes the others as they come.
    pages = {"dictionary_pagesize_limit": 2_000, "data_page_size": 2_000}
    with pytest.raises(SourceRefused, match=r"^legs.parquet: column name: .*not valid UTF-8"):
        legs({"name": broken_strings(*names)}, write_statistics=statistics, **pages)


def test_nested_columns_are_refused(legs):
    with pytest.raises(SourceRefused, match="column seat: type list"):
        cells(legs, pa.array([["9A"]]), "seat")


def test_columns_that_are_not_used_may_be_of_any_type(legs):
    read = legs({"id_number": ["P1"], "history": pa.array([[1]]), "file_row_number": [7.5]})
    assert ["P1"] == read["id_number"]


def test_rows_are_counted_from_two_on_both_ways(legs):
    assert [2, 3] == legs({"seat": ["9A", "9B"]})["row"]
    assert [2, 3] == legs({"seat": [9.0, 10.0]})["row"]


def test_columns_are_found_in_capitals_and_told_by_place_where_repeated(legs):
    assert ["9A"] == legs({" Seat": ["9A"]})["seat"]
    with pytest.raises(SourceRefused, match=r"columns 5 and 6 \(seat\)"):
        legs({"Seat": ["9A"], "seat": ["9A"]})


def test_a_folder_of_any_name_is_read(legs):
    assert ["9A"] == legs({"seat": ["9A"]}, folder="tables [2020]*")["seat"]


@pytest.mark.parametrize("checksums", [True, False])
def test_damaged_pages_are_refused_by_file(legs, tmp_path, checksums):
    numbers = {"id_number": [f"P{row}" for row in range(5_000)]}
    legs(numbers, compression="zstd", write_page_checksum=checksums)
    file = tmp_path / "source" / "legs.parquet"
    data = bytearray(file.read_bytes())
    place = data.index(b"\x28\xb5\x2f\xfd", len(data) // 4)  # where a compressed page begins
    data[place : place + 200] = bytes(200)
    file.write_bytes(data)
    with (
        Workspace(tmp_path) as work,
        RejectList(work.folder, tmp_path) as rejects,
        pytest.raises(SourceRefused, match=r"legs\.parquet: not readable as parquet"),
    ):
        read_first(tmp_path / "source", work, rejects)


def read_first(folder, work, rejects):
    source = open_source(folder, work, rejects)
    with first_reading(source, work):
        source.tables["legs"].raw.to_pyarrow()
