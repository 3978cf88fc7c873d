"""Lists of people for `check`, `why` and `gauge private-check`: whole and clear, or refused."""

import csv
import gc
import io
import os
import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import PeopleListRefused, PersonRow, people_in, read_people

HEADER = "name,id_type,department,id_number\n"
COLUMNS = "id_type,id_number,name\n"


@pytest.fixture
def read(tmp_path):
    def read(data):
        file = tmp_path / "staff.csv"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read_people(file))

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_three_columns_are_found_in_any_order_and_encoding(read, encoding):
    people = read(
        "姓名,id_type,department,id_number\n舒小满,passport,财务,X0000001\n".encode(encoding)
    )
    assert [PersonRow("passport", "X0000001", "舒小满")] == people


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_either_order_of_utf_16_is_read_with_its_mark(read, encoding):
    assert ["舒小满"] == [
        person.name for person in read(f"\ufeff{COLUMNS}passport,X1,舒小满\n".encode(encoding))
    ]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *(("Passport", "passport"), ("护照", "passport"), ("護照", "passport")),
        *((" tw permit", "tw_permit"), ("臺胞證", "tw_permit"), ("其他", "other")),
        *(("", ""), ("passport or ID", "passport or ID")),
    ],
)
def test_kinds_of_documents_are_read_as_people_write_them(cell, kind):
    assert kind == PersonRow(cell, "X1", "Ana").kind


@pytest.mark.parametrize(
    "header",
    [
        " ID_TYPE , Id_Number,NAME",
        "ID type,ID number,Full name",
        "证件类型,证件号码,姓名",
        "證件類型,護照號碼,姓名",
        "id_type,身份证号,旅客姓名",
    ],
)
def test_headings_are_read_as_people_write_them(read, header):
    assert [PersonRow("passport", "X1", "Ana")] == read(f"{header}\npassport,X1,Ana\n")


@pytest.mark.parametrize(
    "heading",
    [
        "name_latin",
        "Latin name",
        "拼音",
        "姓名拼音",
        "姓名（拼音）",
        "姓名（拼音或外文）",
        "英文姓名",
        "护照姓名",
        "Pinyin",
    ],
)
def test_a_second_name_is_read_under_the_headings_that_people_write(read, heading):
    people = read(f"{heading},姓名,证件类型,证件号码\nShu Wang,舒望,passport,X1\n")
    assert [PersonRow("passport", "X1", "舒望", "Shu Wang")] == people


def test_a_second_name_under_two_headings_is_refused(read):
    with pytest.raises(PeopleListRefused, match="column twice: name_latin"):
        read("id_type,id_number,name,拼音,英文姓名\npassport,X1,舒望,Shu,Wang\n")


def test_a_fault_names_row_column_and_reason_and_never_the_cell():
    person = PersonRow("passport", "X000*0017", "Ana Silva", row=3)
    with pytest.raises(InvalidIdentity) as raised:
        person.claim()
    assert "row 3, id_number: character *" == person.fault_words(raised.value)


def test_a_column_under_its_own_name_goes_before_a_heading_of_the_same_meaning(read):
    (person,) = read("id_type,id_number,姓名,name\npassport,X1,娜,Ana\n")
    assert "Ana" == person.name


def test_columns_that_are_not_asked_for_may_stand_twice(read):
    assert 1 == len(read("id_type,id_number,name,note,note\npassport,X1,Ana,a,b\n"))


def test_windows_line_ends_and_quoted_lines_are_read(read):
    people = read(b'id_type,id_number,name\r\npassport,X1,"Ana\r\nSilva"\r\n')
    assert ["Ana\r\nSilva"] == [person.name for person in people]


def test_lines_that_end_as_on_old_machines_are_read(read):
    assert 2 == len(read(b"id_type,id_number,name\rpassport,X1,Ana\rpassport,X2,Bo\r"))


def test_blank_lines_are_nobody_and_rows_are_those_of_the_file(read):
    people = read(f'{COLUMNS}\npassport,X1,"A\nB"\n  \npassport,X2,C\n\n')
    assert [3, 6] == [person.row for person in people]


def test_a_long_note_is_read(read):
    note = "\n".join(f"line {number}" for number in range(9))
    (person,) = read(f'id_type,id_number,name,note\npassport,X1,Ana,"{note}"\n')
    assert "Ana" == person.name


@pytest.mark.parametrize("data", ["", "\n", "\n \r\n"])
def test_a_list_without_a_header_is_refused(read, data):
    with pytest.raises(PeopleListRefused, match=r"staff.csv: empty"):
        read(data)


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("column missing: id_type, name", b"id_number\nX1\n"),
        ("column twice: name", b"id_type,id_number,name,name\npassport,X1,A,B\n"),
        ("column twice: id_number", "id_type,身份证号,护照号,name\npassport,X1,X1,B\n".encode()),
        ("row 2: 2 cells where the header has 3", f"{COLUMNS}passport,X1\n".encode()),
        ("row 3: 4 cells", f"{COLUMNS}passport,X1,A\npassport,X1,A,B\n".encode()),
        ("row 2: quotation marks that", f'{COLUMNS}passport,X1,"A\n'.encode()),
        ("row 2: quotation marks that", f'{COLUMNS}passport,X1,"A"B\n'.encode()),
        ("row 2: a cell longer", f"{COLUMNS}passport,X1,{'A' * 200_000}\n".encode()),
        ("row 2: an endless line", COLUMNS.encode() + b"X1" * (1 << 20)),
        ("row 2: not valid text", COLUMNS.encode("utf-8-sig") + b"passport,X1,\xff\xff\n"),
        ("its text proves neither UTF-8 nor", COLUMNS.encode() + b"passport,X1,\xff\xff\n"),
        ("row 2: not valid text", COLUMNS.encode() + b"passport,X1,\0\n"),
        ("damaged UTF-16", f"{COLUMNS}passport,X1,甲".encode("utf-16")[:-1]),
        (
            "row 202: UTF-8 among lines of another encoding",
            ("id_type,id_number,姓名\n" + "passport,X1,张三\n" * 200).encode("gb18030")
            + "passport,X1,李四\n".encode(),
        ),
        (
            "save all of it as UTF-8",
            (COLUMNS + "passport,X1,张三\n" * 60).encode("gb18030")
            + "passport,X1,李四\n".encode() * 20,
        ),
    ],
)
def test_a_list_that_is_not_whole_is_refused_without_its_cells(read, words, data):
    with pytest.raises(PeopleListRefused, match=words) as refused:
        read(data)
    assert str(refused.value).startswith("staff.csv: ")
    assert "X1" not in str(refused.value)


def test_rows_that_two_stray_quotation_marks_swallow_are_refused(read):
    swallowed = "".join(f"passport,X{number},B\n" for number in range(7))
    with pytest.raises(PeopleListRefused, match="row 3: quotation marks around"):
        read(f'{COLUMNS}passport,X0,A\npassport,X1,"A\n{swallowed}passport,X9,C"\n')


def test_damaged_utf_8_is_not_taken_for_gb18030(read):
    damaged = f"{COLUMNS}passport,X1,李娜\npassport,X2,张伟\n".encode() + b"passport,X3,\xe5\xbc,\n"
    damaged.decode("gb18030")
    with pytest.raises(PeopleListRefused, match="row 4"):
        read(damaged)


def test_nobody_is_returned_of_a_list_that_is_cut_far_down(tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text(COLUMNS + "passport,X1,A\n" * 60_000 + "passport\n")
    with pytest.raises(PeopleListRefused, match="row 60002"):
        read_people(file)


def test_a_refused_list_in_utf_16_ends_in_one_line(tmp_path, capsys):
    """As Excel writes "Unicode text": the file is closed before its lines are let go."""
    list_ = tmp_path / "people.txt"
    list_.write_text("passport\tX1\t甲\n", "utf-16")
    with pytest.raises(PeopleListRefused, match="column missing"):
        read_people(list_)
    gc.collect()
    assert "" == capsys.readouterr().err


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", "#", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_header_tells_the_delimiter_below_a_title(read, delimiter, encoding):
    table = f"{COLUMNS}passport,X1,Ana\n".replace(",", delimiter)
    (person,) = read(f"sep={delimiter}\nStaff, in all 2 (3 Feb. 2020)\n\n{table}".encode(encoding))
    assert (PersonRow("passport", "X1", "Ana"), 5) == (person, person.row)


@pytest.mark.parametrize("above", ["passport,,Ana", "ZT0000001", "passport,X1,Ana", "Ana,Bo"])
def test_what_may_be_a_person_above_the_header_is_refused(read, above):
    with pytest.raises(PeopleListRefused, match="row 1: above the header, and no title"):
        read(f"{above}\n{COLUMNS}passport,X2,Bo\n")


def test_columns_that_are_not_read_are_named_once_and_odd_headings_by_number():
    remarks = []
    text = "id_type,id_number,name,部门,Tel 5550100,\npassport,X1,Ana,x,y,\n"
    list(people_in(io.BytesIO(text.encode()), "staff.csv", remark=remarks.append))
    assert ["staff.csv: columns not read: 部门, column 5"] == remarks


def test_a_list_is_read_in_the_encoding_chosen_and_refused_by_row_where_it_is_not():
    data = f"{COLUMNS}passport,X1,陳大文\n".encode("big5")
    with pytest.raises(PeopleListRefused, match=r"it may be .*big5"):
        people_in(io.BytesIO(data), "staff.csv")
    assert ["陳大文"] == [one.name for one in people_in(io.BytesIO(data), "staff.csv", "big5")]
    with pytest.raises(PeopleListRefused, match="row 3: not valid text"):
        people_in(io.BytesIO(data + b"passport,X2,\xff\xff\n"), "staff.csv", "big5")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(PeopleListRefused, match="No such file"):
        read_people(tmp_path / "nothing.csv")


def test_a_folder_is_no_list(tmp_path):
    with pytest.raises(PeopleListRefused, match="Is a directory"):
        read_people(tmp_path)


def test_a_pipe_is_read_as_a_file_is(tmp_path):
    pipe = tmp_path / "people"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(f"{COLUMNS}passport,X1,Ana\n",))
    writer.start()
    assert [PersonRow("passport", "X1", "Ana")] == list(read_people(pipe))
    writer.join()


CELL = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=20), st.sampled_from(["utf-8", "gb18030"]))
def test_what_a_csv_writer_writes_is_read_or_refused_and_never_shortened(people, encoding):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("id_type", "id_number", "name"))
    writer.writerows(people)
    try:
        rows = list(people_in(io.BytesIO(text.getvalue().encode(encoding)), "staff.csv"))
    except PeopleListRefused:
        return
    assert len(people) == len(rows)
    if encoding == "utf-8":
        assert people == [(row.id_type, row.id_number, row.name) for row in rows]


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_refusing(data):
    with suppress(PeopleListRefused):
        list(people_in(io.BytesIO(COLUMNS.encode() + data), "staff.csv"))
