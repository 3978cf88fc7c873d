"""Lists with numbers, or parts of names, in several columns: both are of the one person."""

import io
import json

import pytest
import xlsxwriter

from exposure_index.identity.name import canonical_name, fold_han
from exposure_index.identity.parsing import InvalidIdentity
from tables.staff_lists.columns import joined_name
from tables.staff_lists.list_header import columns_of
from tables.staff_lists.staff_list import ColumnsUnclear, ListChoice, claims_of, open_staff_list
from tests.fixtures.staff_sources import reasons, resident, rows_of, source, text_list

NUMBER, PASSPORT = resident(1), "ZZ09876543"
TWO_NUMBERS = "姓名,拼音,身份证号,护照号"
PARTS = "姓,名,证件类型,证件号码"


def documents(data, kind="csv"):
    return [{claim.document for claim in claims_of(row.person)} for row in rows_of(data, kind)]


def names(*lines, header=PARTS):
    rows = rows_of(text_list(*lines, header=header))
    return [{name for claim in claims_of(row.person) for name in claim.names} for row in rows]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("姓名;身份证号;护照号", {"name": 0, "id_number": 1, "passport_number": 2}),
        ("name;Passport No.;ID card number", {"name": 0, "id_number": 2, "passport_number": 1}),
        ("name;id_number;passport number", {"name": 0, "id_number": 1, "passport_number": 2}),
        ("姓氏;名字;证件号码", {"surname": 0, "given_name": 1, "id_number": 2}),
        ("中文姓;中文名;证件号码", {"surname": 0, "given_name": 1, "id_number": 2}),
        (
            "姓名;姓（拼音）;名（拼音）;护照号码",
            {"name": 0, "surname": 1, "given_name": 2, "id_number": 3},
        ),
        (
            "Given Name(s);Family name;Passport No.",
            {"surname": 1, "given_name": 0, "id_number": 2},
        ),
        ("姓名;曾用名;证件号码", {"name": 0, "former_name": 1, "id_number": 2}),
        (
            "姓名;曾用名;别名;证件号码",
            {"name": 0, "former_name": 1, "other_name": 2, "id_number": 3},
        ),
        ("Name;Maiden name;Passport No.", {"name": 0, "former_name": 1, "id_number": 2}),
        ("Nom de famille;Prénoms;id_number", {"surname": 0, "given_name": 1, "id_number": 2}),
        (
            "姓名;英文姓;英文名;护照号码",
            {"name": 0, "surname": 1, "given_name": 2, "id_number": 3},
        ),
    ],
)
def test_columns_that_belong_together_are_found(header, columns):
    assert columns == columns_of(header.split(";"))


@pytest.mark.parametrize(
    "header",
    [
        "姓名;身份证号;身份证号码",
        "姓名;护照号;护照号码",
        "姓名;身份证号;护照号;证件号码",
        "姓名;护照或身份证号;身份证号",
        "姓;名;中间名;Middle name;证件号码",
        "Surname;姓;名;证件号码",
        "姓;名;Vorname;证件号码",
    ],
)
def test_columns_that_may_be_either_are_not_certain(header):
    assert columns_of(header.split(";")) is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"张伟,,{NUMBER},", {NUMBER}),
        (f"张伟,Zhang Wei,,{PASSPORT}", {PASSPORT}),
        (f"张伟,Zhang Wei,{NUMBER},{PASSPORT}", {NUMBER, PASSPORT}),
        (f"张伟,Zhang Wei,无,{PASSPORT}", {PASSPORT}),
        (f"张伟,,{NUMBER},无", {NUMBER}),
        (f"张伟,Zhang Wei,{NUMBER},{NUMBER}", {NUMBER}),
    ],
)
def test_a_row_asks_about_every_number_that_it_has(row, expected):
    assert [expected] == documents(text_list(row, header=TWO_NUMBERS))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("张伟,Zhang Wei,,", "document_missing"),
        (f"张伟,,{NUMBER},{PASSPORT}", "latin_name_needed"),
        (f"张伟,,,{PASSPORT}", "latin_name_needed"),
        (f"张伟,Zhang Wei,{NUMBER},E12", "too_short"),
        (f"张伟,Zhang Wei,{NUMBER[:-1]},{PASSPORT}", "length"),
    ],
)
def test_a_row_of_which_a_number_cannot_be_asked_about_is_not_checked(row, reason):
    assert {2: reason} == reasons(text_list(row, header=TWO_NUMBERS))


def test_a_kind_that_the_only_number_cannot_be_of_is_unclear():
    header = "证件类型,姓名,拼音,身份证号,护照号"
    rows = f"台胞证,张伟,Zhang Wei,,{PASSPORT}", f"护照,张伟,Zhang Wei,,{PASSPORT}"
    assert {2: "document_type_unclear", 3: ""} == reasons(text_list(*rows, header=header))


def test_json_lines_have_two_numbers_too():
    line = {"name": "张伟 Zhang Wei", "id_number": NUMBER, "passport_number": PASSPORT}
    assert [{NUMBER, PASSPORT}] == documents(json.dumps(line).encode() + b"\n", "jsonl")


def test_digits_that_a_workbook_lost_of_either_number_are_lost():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TWO_NUMBERS.split(","))
        sheet.write_row(1, 0, ["张伟", "Zhang Wei", NUMBER, 990101196001010])
        sheet.write_row(2, 0, ["张伟", "Zhang Wei", NUMBER, 9.901011960010101e17])
    assert "digits_lost" == reasons(target.getvalue(), "xlsx")[3]


@pytest.mark.parametrize(
    ("surname", "given_name", "name"),
    [
        ("张", "伟", "张伟"),
        ("欧阳", "娜娜", "欧阳娜娜"),
        ("SILVA", "ANA MARIA", "SILVA ANA MARIA"),
        ("张 Zhang", "伟 Wei", "张 Zhang 伟 Wei"),
        ("张", " ", ""),
        ("", "伟", ""),
    ],
)
def test_parts_of_a_name_are_joined_or_are_none(surname, given_name, name):
    assert name == joined_name(surname, given_name)


def test_a_name_in_parts_is_the_name_as_a_whole():
    whole = names(f"张伟,身份证,{NUMBER}", header="姓名,证件类型,证件号码")
    assert whole == names(f"张,伟,身份证,{NUMBER}")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"张,,身份证,{NUMBER}", "name_partial"),
        (f",伟明,身份证,{NUMBER}", "name_partial"),
        (f",,身份证,{NUMBER}", "name_missing"),
        (f"张,经理,身份证,{NUMBER}", "name_partial"),
    ],
)
def test_a_part_of_a_name_is_nobody(row, reason):
    assert {2: reason} == reasons(text_list(row, header=PARTS))


def test_parts_beside_a_whole_name_are_its_latin_form():
    header = "姓名,Surname,First name,证件类型,证件号码"
    row = f"张伟,Zhang,Wei,护照,{PASSPORT}"
    assert names(f"张伟,Zhang Wei,护照,{PASSPORT}", header="姓名,拼音,证件类型,证件号码") == (
        names(row, header=header)
    )


@pytest.mark.parametrize("heading", ["名", "Vorname", "First name", "姓 Surname"])
def test_a_column_of_parts_is_no_column_of_names_whoever_says_so(heading):
    data = text_list(f"伟明,{NUMBER}", header=f"{heading},证件号码")
    with pytest.raises(ColumnsUnclear):
        open_staff_list(source(data), ListChoice(columns={"name": 0, "id_number": 1}))


def test_somebody_may_say_which_columns_are_the_parts():
    data = text_list(f"甲,伟,张,{NUMBER}", header="一,二,三,四")
    choice = ListChoice(columns={"surname": 2, "given_name": 1, "id_number": 3})
    (row,) = rows_of(data, choice=choice)
    assert "张伟" == row.person.name


def test_a_given_name_in_the_column_of_surnames_is_looked_up_in_both_orders():
    (found,) = names(f"国梁,陈,身份证,{NUMBER}")
    assert "陈国梁" in found


FORMER = "姓名,曾用名,证件类型,证件号码"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("张卫国", {"张伟", "张卫国"}),
        ("张卫国、张小卫", {"张伟", "张卫国", "张小卫"}),
        ("张卫国／张小卫", {"张伟", "张卫国", "张小卫"}),
        ("张卫国 张小卫", {"张伟", "张卫国", "张小卫"}),
        ("曾用名:张卫国", {"张伟", "张卫国"}),
        ("原名张卫国", {"张伟", "张卫国"}),
        ("婚前：张卫国", {"张伟", "张卫国"}),
        ("N/A", {"张伟"}),
        ("", {"张伟"}),
        ("无", {"张伟"}),
        ("/", {"张伟"}),
    ],
)
def test_former_names_are_looked_up_beside_the_name(cell, expected):
    (found,) = names(f"张伟,{cell},身份证,{NUMBER}", header=FORMER)
    assert set(map(fold_han, expected)) == found


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "张*国",
            "张卫国、张小?",
            "Ann ●●",
            "Zhang W**",
            "张卫国和李芳",
            "张卫国等",
            "张卫国→张伟",
        ),
        *("张卫国2015年前", "有：张卫国", "由张卫国改名", "张", "Costa or Silva", "Silva (maiden)"),
        *("A. Silva", "Silva until 2015"),
    ],
)
def test_a_former_name_that_is_a_part_or_not_alone_is_not_passed_over(cell):
    (row,) = rows_of(text_list(f"张伟,{cell},身份证,{NUMBER}", header=FORMER))
    with pytest.raises(InvalidIdentity) as raised:
        claims_of(row.person)
    assert ("name", "unclear") == (raised.value.field, raised.value.reason)
    assert {fold_han("张伟")} <= {
        name for one in claims_of(row.person, in_doubt=True) for name in one.names
    }


@pytest.mark.parametrize("cell", ["***", "?", "*", "（无）"])
def test_a_sign_in_place_of_a_former_name_hides_none(cell):
    (row,) = rows_of(text_list(f"张伟,{cell},身份证,{NUMBER}", header=FORMER))
    assert 1 == len(claims_of(row.person))


@pytest.mark.parametrize(
    "cells", ["张卫国,张小卫", "张小卫,张卫国", "张卫国、张小卫,", ",张卫国 张小卫"]
)
def test_names_of_two_columns_are_looked_up_beside_the_name(cells):
    header = "姓名,曾用名,别名,证件类型,证件号码"
    (found,) = names(f"张伟,{cells},身份证,{NUMBER}", header=header)
    assert set(map(fold_han, ("张伟", "张卫国", "张小卫"))) == found


@pytest.mark.parametrize(
    "cell", ["formerly Costa", "née Costa", "geb. Costa", "maiden name: Costa"]
)
def test_words_before_a_former_name_are_no_part_of_it(cell):
    header = "Name,Maiden name,证件类型,证件号码"
    (found,) = names(f"Ana Silva,{cell},护照,{PASSPORT}", header=header)
    assert {canonical_name("Ana Silva"), canonical_name("Ana Costa")} <= found


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "姓名（名）",
            "姓名（家长）",
            "姓名（监护人）",
            "姓名（昵称）",
            "姓名（曾用名）",
            "员工姓名（直属领导）",
        ),
        *("Name (first)", "Name (nickname)", "Name (son)", "Full name (contact)", "Name [Father]"),
    ],
)
def test_a_name_of_whom_or_what_brackets_say_in_unknown_words_is_no_name(heading):
    assert columns_of([heading, "证件号码"]) is None


@pytest.mark.parametrize(
    "heading",
    [
        *("证件号码（家长）", "证件号码（旧）", "证件号码（脱敏）", "证件号码（MD5）"),
        *("Passport No. (old)", "Passport (Y/N)"),
    ],
)
def test_a_number_of_whom_or_what_brackets_say_in_unknown_words_is_no_number(heading):
    assert columns_of(["姓名", heading]) is None


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("*姓名（必填）", "证件号码（18位）"),
        ("姓名（中文）", "证件号码（身份证/护照）"),
        ("姓名(与身份证一致)", "身份证号（文本格式）"),
        ("Name (as in passport)", "ID number (required)"),
        ("姓名 (Name)", "证件号码 (ID No.)"),
    ],
)
def test_hints_in_brackets_change_no_heading(name, number):
    assert {"name": 0, "id_number": 1} == columns_of([name, number])


def test_of_two_names_the_one_without_unknown_brackets_is_the_persons():
    assert {"name": 0, "id_number": 2} == columns_of(["姓名", "姓名（监护人）", "证件号码"])


def test_of_three_columns_of_other_names_somebody_is_asked():
    assert columns_of(["姓名", "曾用名", "别名", "原名", "证件号码"]) is None


def test_a_maiden_name_takes_the_place_of_the_surname():
    header = "Name,Maiden name,证件类型,证件号码"
    (found,) = names(f"Ana Silva,Costa,护照,{PASSPORT}", header=header)
    assert {canonical_name("Ana Silva"), canonical_name("Ana Costa")} <= found


def test_somebody_without_a_former_name_is_one_identity_to_the_quota():
    (row,) = rows_of(text_list(f"张伟,,身份证,{NUMBER}", header=FORMER))
    assert 1 == len(claims_of(row.person))
