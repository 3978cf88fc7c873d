import csv
import io

import pytest

from app.spreadsheets.csv_file import FORMULA_STARTS, csv_file, harmless_cell

COLUMNS = ["姓名", "证件号码"]


def read(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_begins_a_formula(start):
    [_, cells] = read(b"".join(csv_file(COLUMNS, [(f"{start}1+1", f"  {start}=A1")])))
    assert ["'", "'"] == [cell[0] for cell in cells]


def test_no_name_of_a_column_begins_a_formula():
    assert [["'=1+1", "'@x"]] == read(b"".join(csv_file(["=1+1", "@x"], [])))


def test_a_cell_that_begins_no_formula_stays_as_it_is():
    assert "O'Neill-Smith" == harmless_cell("O'Neill-Smith")


def test_cells_with_commas_quotes_and_lines_are_read_back_whole():
    cells = ['a,"b"', "c\r\nd"]
    assert [COLUMNS, cells] == read(b"".join(csv_file(COLUMNS, [cells])))


def test_the_mark_of_the_encoding_stands_only_where_people_read():
    assert b"".join(csv_file(COLUMNS, [])).startswith("姓".encode())
    assert b"".join(csv_file(COLUMNS, [], byte_order_mark=True)).startswith(b"\xef\xbb\xbf")


def test_a_long_file_comes_in_blocks():
    blocks = list(csv_file(COLUMNS, (("x" * 60, "y") for _ in range(5_000))))
    assert len(blocks) > 3
    assert max(map(len, blocks)) < 100_000
