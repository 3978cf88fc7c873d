"""The header tells how a file is cut, and no cell of it comes into another column."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from tables.csv_rows import CsvRows
from tables.dialect import DELIMITERS, find_dialect
from tables.header import HeaderNaming

COLUMNS = ("mode", "number", "service_date", "carriage", "seat", "board", "id_number", "name")
REQUIRED = ("mode", "number", "service_date", "id_number")
LEGS = HeaderNaming(COLUMNS, required=REQUIRED, known_columns=frozenset(COLUMNS))
HEADINGS = {
    "mode": ["mode", "交通工具", " Mode "],
    "number": ["number", "车次/航班号", "Flight #", "航班，车次"],
    "service_date": ["service_date", "乘车日期", "日期"],
    "carriage": ["carriage", "车厢号", '"车厢"号'],
    "seat": ["seat", "座位号", "Seat #"],
    "board": ["board", "出发站"],
    "id_number": ["id_number", "证件号码", "passport no."],
    "name": ["name", "姓名"],
    "": ["备注", "序号", "remarks; if any", ""],
}
CELLS = [
    *("train", "G1712", "2020-01-20", "8", "12F", "汉口", "ZT0000001", "测试甲", "ZHANG, WEI"),
    *('O"NEIL', '"quoted"', "a;b|c#d", "两行\n的格", "，；", "1,2,3,4", "\t", "", " ", '"', "=1+1"),
    *("x\n1,2,3,4,5", "sep=;", "mode", "注：无", "第一行\n\n第三行", '",', "一、"),
]
TITLES = [
    "2020年1月确诊病例乘坐交通工具一览表",
    "(截至2月3日)",
    "填报单位：某市；共3页",
    "List of passengers, part 1",
]
NOTES = ["二、航班：", "注：以上信息来自官方发布", "Note: as published, and no more"]


@dataclass
class Written:
    """A table as it was written: its text, and row → cells."""

    text: str = ""
    rows: dict[int, list[str]] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)

    @property
    def line(self):
        return 1 + self.text.count("\n")


def written(random):
    """Draw a table and a dialect, and write one in the other."""
    delimiter = random.choice(DELIMITERS)
    named = [*COLUMNS, *[""] * random.randrange(3)]
    columns = random.sample(named, len(named))
    end = random.choice(["\n", "\r\n"])
    table = Written()

    def write(cells):
        line = io.StringIO()
        quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        csv.writer(line, delimiter=delimiter, lineterminator=end, quoting=quoting).writerow(cells)
        # The writer knows no full-width sign as one that needs quotation marks around a line end.
        table.text += line.getvalue()

    def one_cell(text):
        write([text, *[""] * (len(columns) - 1)] if random.random() < 0.5 else [text])

    if random.random() < 0.1:
        table.text += f"sep={delimiter}{end}"
    for title in random.sample(TITLES, random.choice([0, 0, 1, 2])):
        one_cell(title)
    table.text += end * random.choice([0, 0, 0, 1])
    write([random.choice(HEADINGS[column]) for column in columns])
    for _ in range(random.randrange(6)):
        if random.random() < 0.1:
            table.notes.append(table.line)
            one_cell(random.choice(NOTES))
        cells = [random.choice(CELLS) for _ in columns]
        if random.random() < 0.9:
            for column in REQUIRED:
                cells[columns.index(column)] = CELLS[REQUIRED.index(column)]
        table.rows[table.line] = cells
        write([*cells, *[""] * random.choice([0, 0, 0, 1])])
    return table


class Rejects(dict):
    def reject(self, table, row, column, reason):
        self[row] = reason


def test_ten_thousand_tables_are_read_cell_by_cell_as_written_or_rejected_by_row(tmp_path):
    random = Random(12)  # noqa: S311
    counts = Counter()
    for _ in range(10_000):
        table, rejects = written(random), Rejects()
        encoding = random.choice(["utf-8", "utf-8-sig", "utf-16"])
        file = tmp_path / "legs.csv"
        file.write_bytes(table.text.encode(encoding))
        reader = CsvRows(file, rejects, "legs", LEGS)
        for rows, records in reader:
            for row, cells in zip(rows, records, strict=True):
                assert table.rows[row] == cells
                counts["read"] += 1
                del table.rows[row]
        for row, cells in table.rows.items():
            is_blank = not any(cell.strip() for cell in cells)
            assert row in rejects or is_blank or cells == reader.headings, (row, table.text)
        counts["rejected"] += len(rejects)
        counts["notes"] += len(table.notes)
    assert counts["notes"] > 1_000
    assert counts["read"] > 20 * counts["rejected"]


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_the_one_under_which_the_header_names_its_columns(delimiter):
    lines = ["a title, with; many| signs#,,,;;;\n", delimiter.join(REQUIRED) + "\n", "x\n"]
    dialect = find_dialect(lines, LEGS)
    assert (delimiter, list(REQUIRED), 2) == (
        dialect.delimiter,
        dialect.headings,
        dialect.header_row,
    )


@pytest.mark.parametrize("sign", ["~", ";", "\t", ","])
def test_a_first_line_may_name_the_delimiter(sign):
    dialect = find_dialect([f"sep={sign}\r\n", sign.join(REQUIRED)], LEGS)
    assert (sign, 2, ()) == (dialect.delimiter, dialect.header_row, dialect.above)


def test_a_first_line_that_names_another_delimiter_than_the_header_has_is_not_believed():
    assert "," == find_dialect(["sep=;\n", ",".join(REQUIRED)], LEGS).delimiter


def test_a_sign_within_headings_cuts_nothing():
    header = "Flight #,乘车日期,mode,passport #\n"
    dialect = find_dialect([header, "CZ3137,2020-01-20,flight,ZT0000001\n"], LEGS)
    assert (",", 4) == (dialect.delimiter, len(dialect.headings))


def test_a_header_may_span_lines_within_its_cells():
    dialect = find_dialect(['mode,number,"service\n', '_date",id_number\n'], LEGS)
    assert (1, 2, 4) == (dialect.header_row, dialect.last_header_row, len(dialect.headings))


def test_where_no_row_is_a_header_the_one_that_names_most_columns_is_returned():
    dialect = find_dialect(["a title\n", "mode;number;name\n", "train;G1;x\n"], LEGS)
    assert ["mode", "number", "name"] == dialect.headings


def test_blank_lines_hold_no_header():
    assert find_dialect(["\n", "  \r\n"], LEGS) is None
