import pytest

from exposure_index.identity.canonical import Identity
from exposure_index.identity.entry_spellings import entries_of_person
from exposure_index.identity.name import canonical_name
from exposure_index.identity.name_doubts import whole_names

PARTIAL = (
    "张",
    "欧阳先生",
    "張○",
    "李〇满",
    "某小满",
    "张——",
    "张伟..",
    "ZHANG",
    "ZHANG W",
    "J SMITH",
    "Mr",
    "O",
    "Suharta",
    "ZHANGWEI",
    "SMITH/MR",
    "FNU SMITH",
    "SMITH/JOHN CHILD",
    "SMITH/JOHN INF",
    "SMITH/JOHN VIP",
    "EXTRA CREW",
    "TANAKA HANAKO NEE SUZUKI",
    "GIVEN NAME",
    "LASTNAME/FIRSTNAME",
    "NULL NULL",
    "NONE NONE",
    "NO SHOW",
    "SMITH/JOHN & JANE",
    "SMITH/JOHN/DOE/JANE",
    "Иван Smith",
    "홍길동 HONG GIL",
    "山田タロウ",
    "张伟李娜王芳",
    "张伟/李娜",
    "张伟、李娜",
    "张伟&李娜",
    "张伟＆李娜",
    "张伟13",
    "姓名：张伟",
    "旅客张伟",
    "婴儿张伟",
    "嬰兒張偉",
    "张伟同志",
    "张伟家属",
    "家属",
    "张经理",
    "张伟等2人",
    "张伟 男",
    "张伟 曾用名：李伟",
    "张伟（李伟）",
    "张伟(李伟",
    "SMITH/JOHN (DOE/JANE)",
    "ZHANG SAN/LI SI",
    "ZHANG SAN, LI SI",
    "ZHANG SAN; LI SI",
    "TAN AH KOW @ TAN BOON",
    "ZHANG/SAN ZT1234600",
    "ZHANG SAN 21",
    "张伟 李娜",
    "张伟\n李娜",
    "张伟夫妇",
    "张伟夫婦",
    "张伟一家",
    "张伟等三人",
    "张伟之子",
)
WHOLE = (
    "张伟",
    "张伟先生",
    "欧阳娜娜",
    "Ana Lima",
    "ZHANG/WEI MR",
    "SMITH/JOHN/MR",
    "SMITH/JOHN MR (ADT)",
    "Ana Kaʻahumanu",
    "Jennifer Null",
    "张伟男",
    "成人杰",
    "曾用之",
    "原名扬",
    "张杨佳宁",
    "阿卜杜拉·买买提",
    "阿卜杜拉.买买提",
    "张伟(儿童)",
    "张伟（13800000000）",
    "[张伟]",
    "CHAN TAI MAN (陳大文)",
    "Jean-Luc Lima",
    "DE LA CRUZ/JUAN CARLOS",
    "SANTOS/MARIA CLARA",
    "欧阳 娜娜",
    "张 伟",
    "Иван",
    "김철수",
)
NOBODY = ("N/A", "张某某", "", "未知")


@pytest.mark.parametrize("text", PARTIAL)
def test_a_family_name_initials_or_a_cut_name_may_be_a_part(text):
    assert canonical_name(text)
    assert not any(whole_names(text))


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_name_is_no_part(text):
    assert any(whole_names(text))


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_has_no_name_at_all(text):
    assert not any(whole_names(text))


def test_each_script_is_judged_apart():
    assert ("张伟", "", "") == whole_names("张伟 ZHANG")
    assert ("", canonical_name("ZHANG WEI"), "") == whole_names("张 ZHANG WEI")


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (("resident", "990101199001010019"), "张"),
        (("resident", "990101199001010019"), "李○满"),
        (("passport", "XX0000001"), "ZHANG W"),
        (("resident", "990101199001010019"), "测试甲"),
    ],
)
def test_whose_name_may_be_a_part_is_found_by_number_too(document, name):
    entries = entries_of_person([(*document, frozenset({name}))])
    assert Identity(document[1], "").encode_document() in entries


def test_a_whole_name_in_another_row_settles_the_doubt():
    names = frozenset({"ZHANG W", "ZHANG WEI"})
    entries = entries_of_person([("passport", "XX0000001", names)])
    assert Identity("XX0000001", "").encode_document() not in entries


@pytest.mark.parametrize("text", ["张伟家属", "张伟等2人", "张伟夫妇", "旅客张伟之女"])
def test_whoever_is_meant_beside_somebody_named_is_found_under_the_number(text):
    number = "995001198801011073"
    entries = entries_of_person([("resident", number, frozenset((text,)))])
    assert Identity(number, "").encode_document() in entries
