import csv
import io

import pytest

from app.bulk.results.csv_file import FORMULA_STARTS, csv_file, harmless_cell

HEADINGS = ["姓名", "证件号码"]


def read(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_one_row_for_each_row_in_order_with_the_columns_added(row_of, listed):
    rows = [
        listed,
        row_of(("白露未", "x"), "not_checked", reason="too_short"),
        listed._replace(duplicate_of=2),
    ]
    assert [
        ["姓名", "证件号码", "status", "tier", "act_until", "reason", "duplicate_of"],
        ["舒小满", "990000198001011234", "exposed", "close", "2020-02-05", "", ""],
        ["白露未", "x", "not_checked", "", "", "too_short", ""],
        ["舒小满", "990000198001011234", "exposed", "close", "2020-02-05", "", "2"],
    ] == read(b"".join(csv_file(HEADINGS, rows)))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_own_cell_begins_a_formula(row_of, start):
    [_, cells] = read(b"".join(csv_file(HEADINGS, [row_of((f"{start}1+1", f"  {start}=A1"))])))
    assert ["'", "'"] == [cell[0] for cell in cells[:2]]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_added_cell_begins_a_formula(row_of, start):
    row = row_of(("a", "b"), f"{start}1", f"{start}2", None, f"{start}3")
    [_, cells] = read(b"".join(csv_file(HEADINGS, [row])))
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


def test_no_name_of_a_column_begins_a_formula():
    [names] = read(b"".join(csv_file(["=1+1", "@x"], [])))
    assert ["'=1+1", "'@x"] == names[:2]


def test_a_cell_that_begins_no_formula_stays_as_it_is():
    assert "O'Neill-Smith" == harmless_cell("O'Neill-Smith")


def test_cells_with_commas_quotes_and_lines_are_read_back_whole(row_of):
    cells = ('a,"b"', "c\r\nd")
    [_, row] = read(b"".join(csv_file(HEADINGS, [row_of(cells)])))
    assert cells == tuple(row[:2])


def test_the_mark_of_the_encoding_stands_only_where_people_read():
    assert b"".join(csv_file(HEADINGS, [])).startswith("姓".encode())
    assert b"".join(csv_file(HEADINGS, [], byte_order_mark=True)).startswith(b"\xef\xbb\xbf")


def test_a_long_file_comes_in_blocks(row_of):
    blocks = list(csv_file(HEADINGS, (row_of(("x" * 50, "y")) for _ in range(5_000))))
    assert len(blocks) > 3
    assert max(map(len, blocks)) < 100_000
