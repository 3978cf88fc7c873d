"""Headings that no column takes: a name or a number below them is not passed over in silence."""

import pytest

from tables.staff_lists.list_header import columns_of
from tables.staff_lists.staff_list import ColumnsUnclear, open_staff_list
from tests.fixtures.staff_sources import resident, source, text_list


@pytest.mark.parametrize(
    "heading",
    [
        *("Legal Name", "LegalName", "legal_name", "Official Name", "Name in passport"),
        *("Name as per company records", "Name on file", "Nombre completo", "证件姓名", "證件姓名"),
        *("护照上的姓名", "身份证姓名", "现用名", "户口姓名", "本名", "氏名", "姓名（户口本）"),
        *("备注（改名）", "Middle", "人员名称", "护照拼写", "法定姓名"),
    ],
)
@pytest.mark.parametrize("name", ["Name", "姓名"])
def test_a_name_beside_another_that_may_be_it_is_asked_about(name, heading):
    assert columns_of([name, heading, "证件号码"]) is None
    assert columns_of([name, "证件号码"]) is not None


@pytest.mark.parametrize(
    "heading",
    [
        *("家长姓名", "監護人姓名", "紧急联系人姓名", "负责人姓名", "配偶姓名", "户主姓名"),
        *("Guardian Name", "Emergency contact name", "Father's Name", "Next of kin (name)"),
        *("单位名称", "部门名称", "項目名稱", "开户行名称", "户名", "班级名", "签名", "报名时间"),
        *("Company Name", "department_name", "File name", "Username", "Nickname", "Hotel Name"),
        *(
            "名下车辆",
            "教练姓名",
            "主治医师姓名",
            "Cost Center Name",
            "Line Manager Name",
            "是否实名",
            "微信名",
            "名次",
            "Prefix",
            "Initials",
            "Title",
            "备注",
            "Ship's name",
        ),
    ],
)
@pytest.mark.parametrize("name", ["Name", "姓名"])
def test_a_name_of_somebody_or_something_else_is_no_question(name, heading):
    assert {"name": 0, "id_number": 2} == columns_of([name, heading, "证件号码"])


@pytest.mark.parametrize(
    "headings",
    [
        *("First Name,Middle,Last Name", "First Name,MI,Last Name", "First Name,M.I.,Last Name"),
        *("First Name,Initial(s),Last Name", "First Name,Infix,Last Name", "姓,名,中间名"),
        *("First Name,Particle,Last Name", "First Name,Prefix,Last Name", "姓,名,现用名"),
        *("Voornaam,Tussenvoegsel,Achternaam", "Vorname,Namenszusatz,Nachname"),
        *("First Name,Father Name,Family Name", "First Name,Preferred Name,Last Name"),
        *(
            "英文姓,英文中间名,英文名",
            "Given Name,Surname,Other Names",
            "First Name (preferred),Last Name,Department",
        ),
    ],
)
def test_a_further_part_beside_a_surname_and_a_given_name_is_asked_about(headings):
    assert columns_of([*headings.split(","), "Passport No"]) is None


@pytest.mark.parametrize(
    "headings",
    [
        *("Title,First Name,Last Name", "First Name,Last Name,Company Name"),
        *("Surname (Family name),Given name (First name),Sex", "姓（拼音）,名（拼音）,部门名称"),
    ],
)
def test_what_is_no_part_of_a_name_is_no_question(headings):
    assert {"surname", "given_name"} <= set(columns_of([*headings.split(","), "Passport No"]))


@pytest.mark.parametrize(
    "headings",
    [
        *(
            "身份证号,港澳通行证号码",
            "身份证号,護照號,通行證號",
            "身份证号,台胞证",
            "身份证号,其他证件号",
        ),
        *(
            "证件号码,证件号码（旧）",
            "Old Passport No,Passport No",
            "HKID,Passport No",
            "NRIC,Passport",
        ),
        *(
            "Passport No. (old),Passport No",
            "Passport No,Travel Document No",
            "ID No,Second Passport",
        ),
        *(
            "Passport,Residence Permit Number",
            "身份证号,备用证件号码2",
            "Emirates ID,Passport No",
            "Iqama No,Passport",
            "身份证号,ID Number 2",
        ),
    ],
)
def test_a_further_number_that_is_not_read_is_asked_about(headings):
    assert columns_of(["姓名", *headings.split(",")]) is None


@pytest.mark.parametrize(
    "heading",
    [
        *("身份证有效期", "身份证地址", "护照签发地", "是否有护照", "证件照片", "车辆通行证号"),
        *("学生证号", "工作证号", "驾驶证号", "社保卡号", "家长身份证号", "监护人证件号码"),
        *("Passport expiry", "Passport (Y/N)", "Employee ID", "Document issue date", "ID"),
        *("Work Permit No", "Guardian passport no", "Copy of passport"),
    ],
)
def test_what_is_no_number_of_the_person_is_no_question(heading):
    assert {"name": 0, "id_number": 2} == columns_of(["姓名", heading, "身份证号"])


def test_who_is_asked_sees_what_would_be_read():
    data = text_list(f"周诗,周诗诺,{resident(1)}", header="姓名,证件姓名,身份证号")
    with pytest.raises(ColumnsUnclear) as error:
        open_staff_list(source(data))
    assert {"name": 0, "id_number": 2} == error.value.suggestion
