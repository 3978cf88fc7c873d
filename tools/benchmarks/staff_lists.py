"""How fast staff lists are read, beside the bare readers of CSV and of workbooks.

Processor time of one process; the list is invented, in memory, and read twice as every list is.
"""

import csv
import io
import sys
import time
from collections.abc import Callable, Iterator

import xlsxwriter
from python_calamine import CalamineWorkbook
from stdnum.cn.ric import calc_check_digit

from loadtests.command_line import run_command
from tables.staff_lists.staff_list import ListKind, ListSource, StaffRow, claims_of, open_staff_list

TEXT_ROWS = 200_000
WORKBOOK_ROWS = 100_000
CLAIMS = 50_000
HEADER = ("工号", "证件类型", "证件号码", "姓名", "部门")


def _people(count: int) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        day = f"1980{1 + number % 12:02d}{1 + number % 28:02d}"
        seventeen = f"99{number % 10_000:04d}{day}{11 + number // 10_000 % 80:02d}{1 + number % 9}"
        document = seventeen + calc_check_digit(f"{seventeen}0")
        yield str(number), "身份证", document, f"张伟{'一二三四五六七八九'[number % 9]}", "研发部"


def _text() -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([HEADER, *_people(TEXT_ROWS)])
    return file.getvalue().encode()


def _workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([HEADER, *_people(WORKBOOK_ROWS)]):
            sheet.write_row(row, 0, cells)
    return file.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _rows(data: bytes, kind: ListKind) -> list[StaffRow]:
    source = ListSource("list", kind, lambda: io.BytesIO(data))
    rows: list[StaffRow] = []
    for block in open_staff_list(source).blocks():
        rows = block  # of the last block; the others are let go
    return rows


def main() -> int:
    """Print rows a second, and how many times the bare reader's time; return the exit code."""
    text, workbook = _text(), _workbook()
    work: tuple[tuple[str, int, Callable[[], object], Callable[[], object]], ...] = (
        (
            "CSV, as far as people",
            TEXT_ROWS,
            lambda: _rows(text, "csv"),
            lambda: list(csv.reader(io.StringIO(text.decode()))),
        ),
        (
            "XLSX, as far as people",
            WORKBOOK_ROWS,
            lambda: _rows(workbook, "xlsx"),
            lambda: (
                CalamineWorkbook.from_filelike(io.BytesIO(workbook))
                .get_sheet_by_index(0)
                .to_python()
            ),
        ),
    )
    for title, rows, read, bare in work:
        bare_seconds, seconds = _seconds(bare), _seconds(read)
        ratio = seconds / bare_seconds
        print(f"{title}: {rows / seconds:,.0f} rows/s, {ratio:.1f} × the bare reader")
    people = [row.person for row in _rows(text, "csv") if row.person is not None]
    rounds = CLAIMS // len(people)
    seconds = _seconds(lambda: [claims_of(person) for _ in range(rounds) for person in people])
    print(f"whom a row asks about: {seconds / (rounds * len(people)) * 1e6:.1f} µs a row")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
