"""Staff lists: every row of every kind of file, in its place."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.name import fold_han
from tables.staff_lists.staff_list import ColumnsUnclear, ListChoice, claims_of, open_staff_list
from tests.fixtures.messy_drafts import workbook_of
from tests.fixtures.staff_sources import (
    opened_list,
    reasons,
    refusal,
    remarks,
    resident,
    rows_of,
    source,
    text_list,
)

ONE = f"身份证,{resident(1)},张伟,研发"
TWO = f"身份证,{resident(2)},王芳,市场"
CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


def test_a_csv_list_gives_its_people_and_its_own_cells():
    (row,) = rows_of(text_list(ONE))
    assert (2, ("身份证", resident(1), "张伟", "研发")) == (row.row, row.cells)


def test_a_workbook_gives_its_people_and_its_own_cells():
    rows = [("演示工厂员工名单",), ("工号", "姓名", "证件号码"), (7, "张伟", resident(1))]
    (row,) = rows_of(workbook_of({"a": rows}), "xlsx")
    assert (3, ("7", "张伟", resident(1))) == (row.row, row.cells)


def test_json_lines_give_their_people_and_values():
    line = {"name": "张伟", "id_number": resident(1), "no": 7}
    (row,) = rows_of(json.dumps(line).encode() + b"\n", "jsonl")
    assert (1, ("张伟", resident(1), "7")) == (row.row, row.cells)


def test_a_key_that_only_a_later_object_has_makes_its_row_unreadable():
    lines = [{"name": "张伟", "id_number": resident(1)}, {"name": "王芳", "id": resident(2)}]
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    assert {1: "", 2: "row_unreadable"} == reasons(data, "jsonl")


def test_a_key_twice_makes_its_row_unreadable():
    line = f'{{"name": "张伟", "id_number": "{resident(1)}", "name": "王芳"}}\n'
    whole = json.dumps({"name": "张伟", "id_number": resident(1)}) + "\n"
    assert {1: "", 2: "row_unreadable"} == reasons((whole + line).encode(), "jsonl")


@pytest.mark.parametrize("number", ["990101196001010174", "9.9e17", "NaN", "123", "12345678.5"])
def test_a_json_number_that_is_no_whole_document_has_lost_digits(number):
    line = f'{{"name": "张伟", "id_number": {number}}}\n'
    assert {1: "digits_lost"} == reasons(line.encode(), "jsonl")


def test_json_lines_that_are_cut_off_are_refused():
    line = json.dumps({"name": "张伟", "id_number": resident(1)}).encode()
    assert "cut_row" == refusal(line + b"\n" + line[:20], "jsonl").code


def test_a_list_can_be_read_again():
    found = opened_list(text_list(ONE, TWO))
    assert list(found.blocks()) == list(found.blocks())


def test_a_list_says_how_many_rows_it_has():
    assert 2 == opened_list(text_list(ONE, "", TWO)).rows


def test_blocks_hold_five_thousand_rows_at_most():
    data = text_list(*[ONE] * 12_000)
    assert [5_000, 5_000, 2_000] == [len(block) for block in opened_list(data).blocks()]


def test_a_bad_row_keeps_its_place_and_blocks_no_other():
    assert {2: "", 3: "row_unreadable", 4: ""} == reasons(text_list(ONE, "身份证,张伟", TWO))


def test_an_unreadable_row_shows_what_is_text_in_it_at_the_width_of_the_header():
    rows = rows_of(text_list(ONE, "身份证,张伟", "a,b,c,d,e,f"))
    assert [("身份证", "张伟", "", ""), ("a", "b", "c", "d,e,f")] == [r.cells for r in rows[1:]]


def test_rows_above_the_header_that_may_be_people_are_rows():
    data = f"护照,E99123456,Wang Fang,市场\n{text_list(ONE).decode()}".encode()
    assert {1: "above_header", 3: ""} == reasons(data)


def test_titles_above_the_header_are_remarked_on_and_no_rows():
    data = f"名单\n单位：演示,电话,13800000000\n{text_list(ONE).decode()}".encode()
    assert ({4: ""}, ("1-2",)) == (reasons(data), remarks(data)["titles_above"])


def test_lines_of_signatures_are_notes():
    data = text_list(ONE, "制表人：甲,,审核：乙,", "备注：无")
    assert ({2: ""}, ("3-4",)) == (reasons(data), remarks(data)["notes"])


def test_a_row_with_a_number_is_no_line_of_signatures():
    assert {2: "", 3: "document_type_unclear"} == reasons(
        text_list(ONE, f"联系人：,{resident(3)},,")
    )


def test_a_header_of_other_columns_below_the_first_refuses_the_list():
    data = text_list(ONE, "姓名,证件号码,姓名,部门".replace("姓名,", "岗位,", 1), TWO)
    assert "several_tables" == refusal(data).code


def test_a_list_without_known_headings_asks_which_column_is_which():
    data = text_list(f"{resident(1)},张伟", f"{resident(2)},王芳", header="甲,乙")
    with pytest.raises(ColumnsUnclear) as error:
        open_staff_list(source(data))
    unclear = error.value
    assert (1, ("甲", "乙")) == (unclear.header_row, unclear.headings)
    assert {"id_number": 0, "name": 1} == unclear.suggestion
    choice = ListChoice(columns=unclear.suggestion)
    assert ["张伟", "王芳"] == [row.person.name for row in rows_of(data, choice=choice)]


def test_a_list_without_a_header_is_read_from_its_first_row():
    data = text_list(f"{resident(2)},王芳", header=f"{resident(1)},张伟")
    with pytest.raises(ColumnsUnclear) as error:
        open_staff_list(source(data))
    assert (0, ("A", "B")) == (error.value.header_row, error.value.headings)
    choice = ListChoice(header_row=0, columns={"id_number": 0, "name": 1})
    assert [1, 2] == [row.row for row in rows_of(data, choice=choice)]


@pytest.mark.parametrize(
    "columns",
    [
        {"name": 0},
        {"id_number": 0, "name": 0},
        {"id_number": 0, "name": 7},
        {"id_number": 0, "x": 1},
    ],
)
def test_a_choice_of_columns_that_cannot_be_is_asked_again(columns):
    with pytest.raises(ColumnsUnclear):
        opened_list(text_list(ONE), choice=ListChoice(columns=columns))


@pytest.mark.parametrize(
    "header", ["ID,Name", "Surname,Name,Passport No.", "姓名,姓名,证件号码", "证件号码,证件号,姓名"]
)
def test_headings_that_may_mean_something_else_are_asked_about(header):
    cells = [resident(1), "张伟", "王芳"][: header.count(",") + 1]
    with pytest.raises(ColumnsUnclear):
        opened_list(text_list(",".join(cells), header=header))


@pytest.mark.parametrize(
    "header",
    [
        "Name,Full Name,Passport No",
        "name,Name (as in passport),id_number",
        "Name,Student Name,Passport No",
        "name,员工姓名,英文名,id_number",
        "id_number,证件号码,name",
    ],
)
def test_the_own_name_of_a_column_goes_before_nothing_that_means_the_same(header):
    cells = ["Annie Silva"] * header.count(",")
    with pytest.raises(ColumnsUnclear):
        opened_list(text_list(f"{','.join(cells)},EB1234567", header=header))


@pytest.mark.parametrize("headings", ["Name,姓名", "Name,Chinese Name", "Full name,中文姓名"])
def test_of_two_names_one_is_in_han_and_one_in_latin_letters(headings):
    data = text_list(f"Tom Zhou,周诗诺,{resident(1)}", header=f"{headings},ID No")
    assert {"name": 1, "name_latin": 0, "id_number": 2} == dict(opened_list(data).columns)
    (row,) = rows_of(data)
    assert {fold_han("周诗诺")} <= {name for one in claims_of(row.person) for name in one.names}


@pytest.mark.parametrize("header", ["*姓名（必填）,证件号码", "姓名 Name,证件号码 ID number"])
def test_headings_that_were_understood_are_remarked_on(header):
    assert "headings_by_meaning" in remarks(text_list(f"张伟,{resident(1)}", header=header))


@pytest.mark.parametrize("header", ["姓名,身份证号", "name,id_number", "Full name,Passport No."])
def test_usual_headings_are_not_remarked_on(header):
    assert "headings_by_meaning" not in remarks(text_list(f"张伟,{resident(1)}", header=header))


@pytest.mark.parametrize("rows", [65_536, 1_048_576])
def test_a_text_of_as_many_lines_as_a_sheet_holds_is_cut_off(rows):
    data = text_list(ONE) + b"\n" * (rows - 2)
    assert "cut_off" == refusal(data).code
    assert {2: ""} == reasons(data + b"\n")


@pytest.mark.parametrize("end", [f"身份证,{resident(3)}", f'身份证,{resident(3)},"王'])
def test_a_list_that_ends_in_the_middle_of_a_row_is_refused(end):
    assert ("cut_row", 3) == ((error := refusal(text_list(ONE) + end.encode())).code, error.row)


def test_a_last_row_without_a_line_end_is_read():
    assert {2: "", 3: ""} == reasons(text_list(ONE) + TWO.encode())


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"\n\n \n", "empty")])
def test_a_list_of_nothing_is_refused(data, code):
    assert code == refusal(data).code


def test_a_header_alone_is_refused():
    assert "no_people" == refusal(text_list()).code


def test_a_list_of_one_column_is_refused():
    assert "one_column" == refusal(text_list("张伟", header="姓名")).code


def test_sixteen_thousand_columns_are_refused():
    header = ",".join(["证件号码", "姓名", *map(str, range(16_382))])
    assert "too_large" == refusal(text_list(ONE, header=header)).code


def test_an_endless_line_is_refused():
    assert "endless_line" == refusal(b"a," * (1 << 20)).code


def test_an_endless_line_below_is_one_unreadable_row():
    assert {2: "", 3: "row_unreadable", 4: ""} == reasons(text_list(ONE, "," * (1 << 20), TWO))


def test_bytes_of_no_text_make_their_row_unreadable():
    data = text_list(ONE, "身份证,坏,零,", TWO)
    data = data.replace("坏".encode(), b"\xff\xfe").replace("零".encode(), b"\0")
    rows = rows_of(data)
    assert ["", "row_unreadable", ""] == [row.reason for row in rows]
    assert "\0" not in "".join(rows[1].cells)


def test_an_encoding_that_is_not_certain_is_refused_with_what_it_may_be():
    lines = (f"{resident(1)},陳大文", f"{resident(2)},黃小美", f"{resident(3)},林志玲")
    error = refusal(text_list(*lines, header="證件號碼,姓名").decode().encode("big5"))
    assert ("encoding", "big5") == (error.code, error.choices[0])


def _big5_list():
    lines = (f"{resident(1)},陳大文", f"{resident(2)},黃小美", f"{resident(3)},林志玲")
    return text_list(*lines, header="id_number,name").decode().encode("big5")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "windows-1252", "euc-jp"])
def test_an_encoding_that_the_text_speaks_against_is_refused_with_what_it_is(encoding):
    error = refusal(_big5_list(), choice=ListChoice(encoding=encoding))
    assert ("encoding", ("big5",)) == (error.code, error.choices)


def test_an_encoding_that_the_text_agrees_with_is_believed():
    rows = rows_of(_big5_list(), choice=ListChoice(encoding="big5"))
    assert ["陳大文", "黃小美", "林志玲"] == [row.person.name for row in rows]


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-15", "windows-1250"])
def test_encodings_of_single_bytes_are_believed(encoding):
    data = text_list("E99123456,Jürgen Köhler", header="id_number,name").decode().encode(encoding)
    (row,) = rows_of(data, choice=ListChoice(encoding=encoding))
    assert "Jürgen Köhler" == row.person.name


def test_an_unknown_encoding_is_refused_with_what_there_is():
    assert "big5" in refusal(text_list(ONE), choice=ListChoice(encoding="klingon")).choices


def test_one_in_a_hundred_long_numbers_that_end_in_zeros_makes_all_of_them_doubtful():
    rounded = next(n for n in map(_ending_in_zeros, range(100_000)) if n)
    others = [f"身份证,{resident(number)},张伟,一" for number in range(150)]
    last = f"身份证,{rounded},张伟,一"
    assert "" == reasons(text_list(*others, last))[152]
    assert "digits_lost" == reasons(text_list(*others[:50], last))[52]


def test_text_of_a_workbook_that_ends_in_zeros_is_believed_where_its_check_digit_fits():
    rounded = next(n for n in map(_ending_in_zeros, range(100_000)) if n)
    rows = [("姓名", "证件号码"), ("张伟", rounded), ("王芳", f"{rounded[:13]}1000")]
    assert {2: "", 3: "digits_lost"} == reasons(workbook_of({"a": rows}), "xlsx")


def _ending_in_zeros(number):
    day = f"{1950 + number % 50}0{1 + number % 9}{10 + number % 18}"
    seventeen = f"990101{day}{number // 450 % 10}00"
    return f"{seventeen}0" if calc_check_digit(f"{seventeen}0") == "0" else None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=40))
def test_rows_in_are_rows_out_with_the_cells_that_they_had(cells):
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["own", "id_number", "name", "note"])
    rows = [(own, resident(at), "张伟", note) for at, (own, note) in enumerate(cells)]
    writer.writerows(rows)
    assert rows == [row.cells for row in rows_of(file.getvalue().encode("utf-8-sig"))]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20))
def test_rows_of_a_workbook_in_are_rows_out(cells):
    rows = [(own, resident(at), "张伟", note) for at, (own, note) in enumerate(cells)]
    data = workbook_of({"a": [("own", "id_number", "name", "note"), *rows]})
    assert len(rows) == len(rows_of(data, "xlsx"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=12))
def test_whatever_stands_below_the_header_is_read_or_refused_but_never_lost(lines):
    lines = [line.replace(b"\n", b"").replace(b"\r", b"") for line in lines]
    data = text_list(ONE) + b"\n".join([*lines, TWO.encode()]) + b"\n"
    try:
        found = opened_list(data)
    except (ColumnsUnclear, ValueError):
        return
    last = [row for block in found.blocks() for row in block][-1]
    assert (len(lines) + 3, "王芳") == (last.row, last.cells[2])
