"""Lines are rejected alone, with their number, and none is lost to its neighbour's fault."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.sources.reject_list import RejectList
from tables.csv_records import CELL_MAX_CHARACTERS
from tables.csv_table import CsvTable
from tables.file_lines import LINE_MAX_BYTES
from tables.header import HeaderNaming
from tables.table_faults import TableUnreadable
from tables.text_encodings.encodings import EncodingRefused

LEGS = HeaderNaming(
    ("mode", "number", "service_date", "id_number", "name"),
    required=("mode", "number", "service_date", "id_number"),
)
HEADER = "mode,number,service_date,id_number,name"
ROW = "train,G1712,2020-01-20,ZT0000001,测试甲"


class Reading:
    def __init__(self, folder, naming=None):
        self.file = folder / "legs.csv"
        self.rejects = RejectList(folder, folder)
        self.naming = naming

    def __call__(self, data):
        self.file.write_bytes(data if isinstance(data, bytes) else data.encode())
        table = CsvTable(self.file, self.rejects, "legs", self.naming)
        rows = {}
        for batch in table:
            for row, *cells in zip(batch.rows, *batch.columns.values(), strict=True):
                rows[row] = cells
        self.rows_read, self.remarks = table.rows_read, table.remarks
        return rows


@pytest.fixture
def read(tmp_path):
    return Reading(tmp_path)


@pytest.fixture
def read_legs(tmp_path):
    return Reading(tmp_path, LEGS)


def reasons(read):
    return [(column, reason) for _, column, reason in read.rejects.reasons]


def test_rows_carry_the_number_of_their_line(read):
    assert {2: ["1", "2"], 3: ["3", "4"]} == read("a,b\n1,2\n3,4\n")


def test_blank_lines_are_no_rows(read):
    assert {2: ["1", "2"], 4: ["3", "4"]} == read("a,b\n1,2\n\n3,4\n\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [("1", "1 cells where the header has 2"), ("1,2,3", "3 cells where the header has 2")],
)
def test_a_line_of_another_width_is_rejected_alone(read, line, words):
    assert {2: ["x", "y"], 4: ["3", "4"]} == read(f"a,b\nx,y\n{line}\n3,4\n")
    assert [("", words)] == reasons(read)


def test_a_stray_quotation_mark_takes_no_other_line_with_it(read):
    rows = read('a,b\n1,2\n3,"4\n5,6\n7,8\n9,"10"\n')
    assert {2: ["1", "2"], 4: ["5", "6"], 5: ["7", "8"], 6: ["9", "10"]} == rows
    assert 1 == read.rejects.count("legs")


def test_a_quoted_cell_may_hold_a_line_break(read):
    assert {2: ["1", "two\nlines"], 4: ["3", "4"]} == read('a,b\n1,"two\nlines"\n3,4\n')


def test_bytes_of_another_encoding_reject_their_line_only(read):
    rows = read(b"a,b\n" + "张,三\n".encode() * 3 + b"\xff\xfe,1\n3,4\n")
    assert [["张", "三"]] * 3 + [["3", "4"]] == list(rows.values())
    assert [("", "not valid text in the file's encoding")] == reasons(read)


def test_gb18030_is_read_as_such(read):
    assert {2: ["张三", "车厢"]} == read("a,b\n张三,车厢\n".encode("gb18030"))


def test_a_byte_order_mark_is_no_part_of_the_first_column(read):
    assert {2: ["1", "2"]} == read(b"\xef\xbb\xbfa,b\n1,2\n")
    assert ["a", "b"] == CsvTable(read.file, read.rejects, "legs").header


def test_a_line_of_utf_8_in_a_gb18030_file_is_rejected_and_not_misread(read):
    rows = read(("姓名,b\n" + "张三,车厢\n" * 200).encode("gb18030") + "李四,车厢\n".encode())
    assert (200, 1) == (len(rows), read.rejects.count("legs"))
    assert {("张三", "车厢")} == {tuple(cells) for cells in rows.values()}


def test_a_cell_too_long_rejects_its_line(read):
    rows = read(f"a,b\n1,{'x' * (CELL_MAX_CHARACTERS + 1)}\n3,4\n")
    assert ({3: ["3", "4"]}, 1) == (rows, read.rejects.count("legs"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"a,a\n1,2\n", r"names a column twice: columns 1 and 2$"),
        (b"x" * (LINE_MAX_BYTES + 2), "is it a CSV"),
    ],
    ids=["no byte", "blank lines", "column twice", "endless header"],
)
def test_a_file_without_a_header_is_refused(read, data, words):
    with pytest.raises(TableUnreadable, match=words):
        read(data)


@given(
    st.lists(
        st.sampled_from([b"1,2", b'"', b"1", b"", b'1,"a', b"\xff,2", b'"x","y"']), max_size=30
    )
)
def test_every_line_is_a_row_or_a_reject_or_blank(tmp_path_factory, lines):
    read = Reading(tmp_path_factory.mktemp("lines"))
    rows = read(b"\xef\xbb\xbfa,b\n" + b"".join(line + b"\n" for line in lines))
    inside_cells = sum(cell.count("\n") for cells in rows.values() for cell in cells)
    accounted = len(rows) + read.rejects.count("legs") + inside_cells
    assert len(lines) - lines.count(b"") <= accounted <= len(lines)
    assert read.rows_read == len(rows) + read.rejects.count("legs")


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_refusing(tmp_path_factory, data):
    read = Reading(tmp_path_factory.mktemp("bytes"))
    with suppress(TableUnreadable, EncodingRefused):
        read(data)


def test_an_endless_line_is_rejected_alone(read):
    endless = b"y" * (3 * LINE_MAX_BYTES + 7)
    assert {2: ["1", "2"], 4: ["3", "4"]} == read(b"a,b\n1,2\n" + endless + b"\n3,4\n")
    assert 1 == read.rejects.count("legs")


def test_titles_notes_and_repeated_headers_are_told_by_row_and_are_no_rows(read_legs):
    lines = ["名单", f"\n{HEADER}", ROW, "二、车次：,,,,", HEADER, ROW, ",,,,", "注：截至1月20日"]
    assert [4, 7] == list(read_legs("\n".join(lines)))
    assert (2, []) == (read_legs.rows_read, reasons(read_legs))
    assert [
        "legs.csv: titles above the header, not read: rows 1",
        "legs.csv: rows taken as titles, notes or totals and not read: 5, 9",
        "legs.csv: rows that repeat the header: 6",
    ] == read_legs.remarks


@pytest.mark.parametrize("cell", ["测试甲", "ZT0000001", "G1712", "2020-01-20"])
def test_one_cell_that_could_be_of_a_traveller_is_a_row_or_a_reject(read_legs, cell):
    rows = read_legs(f"{HEADER}\n{ROW}\n{cell}\n,,,,{cell}\n")
    assert [2, 4] == list(rows)
    assert [("", "1 cells where the header has 5")] == reasons(read_legs)


def test_a_row_that_was_sorted_above_the_header_is_rejected(read_legs):
    assert [3] == list(read_legs(f"{ROW}\n{HEADER}\n{ROW}\n"))
    assert [("", "it stands above the header and may be a row of data")] == reasons(read_legs)


def test_more_than_fifty_rows_of_one_cell_are_no_notes(read_legs):
    read_legs(f"{HEADER}\n{ROW}\n" + "二、车次：\n" * 60)
    assert (11, 10) == (read_legs.rows_read, read_legs.rejects.count("legs"))


def test_another_table_below_is_refused(read_legs):
    other = "number,mode,service_date,id_number,name"
    with pytest.raises(TableUnreadable, match=r"^legs\.csv: row 3 is the header of another table"):
        read_legs(f"{HEADER}\n{ROW}\n{other}\n{ROW}\n")


def test_blank_cells_at_the_end_of_a_row_or_header_move_nothing_and_cells_there_are_told(read_legs):
    rows = read_legs(f"{HEADER},,\n{ROW}\n{ROW},,,\n{ROW},x,\n")
    assert [[*ROW.split(","), ""]] * 2 == [rows[2], rows[3]]
    assert ["legs.csv: cells of column 6, which has no heading, not read: 1"] == (read_legs.remarks)


def test_quotation_marks_never_take_a_row_into_a_cell(read):
    assert {4: ["5", "6"]} == read('a,b\n1,"x\n3,4"\n5,6\n')
    assert [("", "quotation marks around what may be other rows")] == reasons(read)
    assert 2 == read.rejects.count("legs")


@pytest.mark.parametrize(("encoding", "end"), [("utf-16", "\n"), ("utf-16", "\r"), ("utf-8", "\r")])
def test_lines_of_other_systems_are_lines(read, encoding, end):
    text = end.join(["a,b", '张三,"1"', "李四,2", ""])
    assert {2: ["张三", "1"], 3: ["李四", "2"]} == read(text.encode(encoding))
