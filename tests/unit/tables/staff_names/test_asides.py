"""What stands beside a Han name in its cell: looked up with it and without, or not at all."""

import pytest

from exposure_index.identity.name import canonical_name
from tables.people_csv import PersonRow
from tables.staff_lists.claims import claims_of, row_claims
from tests.fixtures.staff_sources import person_reason, resident

NUMBER = resident(1)


def person(name, id_number=NUMBER, id_type="", name_latin=""):
    return PersonRow(id_type, id_number, name, name_latin)


def names(name):
    return {name for claim in claims_of(person(name)) for name in claim.names}


@pytest.mark.parametrize(
    "cell",
    [
        *("周诗诺科长", "科长周诗诺", "周诗诺已离职", "周诗诺 离职", "周诗诺总", "周诗诺男"),
        *("周诗诺师傅", "外包周诗诺", "周诗诺实习生", "新员工周诗诺", "职工:周诗诺", "大周诗诺"),
        *("周 诗诺", "诗诺 周", "周诗诺退休返聘", "周詩諾科長"),
    ],
)
def test_a_name_is_looked_up_without_the_words_beside_it(cell):
    assert names("周诗诺") <= names(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "周诗诺 汉",
            "周诗诺汉",
            "汉 周诗诺",
            "周诗诺30岁",
            "周诗诺 女 30岁",
            "周诗诺2号",
            "周总诗诺",
        ),
        *("诗诺·周", "诗诺 周经理", "女士周诗诺"),
    ],
)
def test_a_name_is_looked_up_without_words_that_nobody_knows(cell):
    assert names("周诗诺") <= names(cell)


def test_a_short_name_is_looked_up_without_a_word_apart_from_it():
    assert names("陆凤") <= names("陆凤 30岁")


def test_a_surname_of_two_characters_is_no_word_beside_a_name():
    assert {"".join(names("欧阳明丽"))} == names("欧阳明丽")


@pytest.mark.parametrize("name", ["林子工", "周诗男", "高工凡"])
def test_what_may_be_part_of_a_name_is_looked_up_with_it_too(name):
    assert name in names(name)


@pytest.mark.parametrize(
    "cell",
    [
        *("周诗诺 财务部", "周诗诺-财务部", "财务部周诗诺", "周诗诺 李四光", "周诗诺“小明”"),
        *("周诗诺配偶", "周诗诺的妻子", "郭熙磊妻", "母亲周诗诺", "周诗诺周诗诺"),
    ],
)
def test_a_cell_that_holds_more_than_one_name_is_not_looked_up(cell):
    assert "name_unclear" == person_reason(person(cell))


@pytest.mark.parametrize("cell", ["老周", "小诺"])
def test_a_nickname_is_no_whole_name(cell):
    assert "name_partial" == person_reason(person(cell))


def test_a_sign_for_the_name_above_is_no_name():
    assert "name_filler" == person_reason(person("同上"))


@pytest.mark.parametrize("name", ["买买提·吐尔逊", "欧阳 明丽", "迪丽热巴", "扎西多吉"])
def test_a_name_of_other_peoples_is_whole(name):
    assert "" == person_reason(person(name))


@pytest.mark.parametrize("name", ["张伟", "周诗诺", "李明珠"])
def test_han_read_in_another_encoding_are_no_name(name):
    assert "name_unclear" == person_reason(person(name.encode().decode("gbk", "ignore")))


def test_latin_letters_read_in_another_encoding_are_no_name():
    garbled = "Jörg Müller".encode().decode("cp1252")
    assert "name_unclear" == person_reason(person(garbled, "ZZ09876543", "passport"))


def test_characters_that_were_lost_are_no_name():
    assert "name_unclear" == person_reason(person("锟斤拷"))


@pytest.mark.parametrize("id_type", ["passport", "other", ""])
def test_telephones_and_numbers_longer_than_any_are_no_document(id_type):
    for number in ("13912345678", f"{NUMBER}{NUMBER}", f"{NUMBER[:17]}", f"{NUMBER}E99123456"):
        assert person_reason(person("Ana Silva", number, id_type)) in ("length", "document_unclear")


def test_digits_too_few_for_any_document_are_not_looked_up():
    assert "digits_lost" == person_reason(person("Ana Silva", "004529", "passport"))


def test_a_resident_number_that_a_line_break_cuts_is_one():
    cut = f"{NUMBER[:9]}\n{NUMBER[9:]}"
    assert claims_of(person("张伟", cut, "other")) == claims_of(person("张伟", NUMBER, "other"))


def test_a_passport_is_looked_up_with_the_zeros_that_a_spreadsheet_took():
    found = claims_of(person("Ana Silva", "12345678", "passport"))
    assert ["12345678", "012345678"] == [claim.document for claim in found]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "周师傅",
            "李 师傅",
            "郑阿姨",
            "许大夫",
            "李书记",
            "傅校长",
            "姚会计",
            "侯班长",
            "尹总",
            "宋工",
        ),
        *("汤姐", "孔氏", "欧阳", "歐陽", "欧阳经理", "欧阳女士", "欧阳老师", "小欧阳", "司马先生"),
    ],
)
def test_a_surname_alone_or_with_what_its_bearer_is_called_is_a_part_of_a_name(cell):
    assert "name_partial" == person_reason(person(cell))


@pytest.mark.parametrize("cell", ["欧阳修", "欧阳娜娜", "司马相如", "东方红", "陈志", "李明志"])
def test_a_whole_name_with_such_characters_is_looked_up(cell):
    assert 1 == len(names(cell))


@pytest.mark.parametrize(
    "content",
    [
        "现改名董力",
        "更名孔超致",
        "身份证名方建珍",
        "身份证：名廖雅德",
        "即白艳",
        "真名叶雨秀",
        "代康瑶雅",
        "原姓名李芳",
    ],
)
def test_brackets_that_call_somebody_otherwise_in_unknown_words_are_unclear(content):
    assert "name_unclear" == person_reason(person(f"段宇洋（{content}）"))


@pytest.mark.parametrize("content", ["曾用名李芳", "又名：李芳", "财务部", "男"])
def test_other_brackets_beside_a_name_are_read_as_before(content):
    assert names("段宇洋") <= names(f"段宇洋（{content}）")


_POSTS_OF_TWO_WORDS = (
    *(
        "项目经理",
        "副校长",
        "实习护士",
        "主治医生",
        "数学老师",
        "塔吊司机",
        "居委主任",
        "留学生",
        "护工",
    ),
    *("施工队长", "男老师", "未隔离", "系本人"),
)


@pytest.mark.parametrize("name", ["王芳", "张诗诺", "欧阳娜"])
@pytest.mark.parametrize("post", _POSTS_OF_TWO_WORDS)
def test_a_name_is_looked_up_without_posts_of_which_half_is_known(name, post):
    claims, doubt = row_claims(person(f"{name}{post}"))
    assert doubt or canonical_name(name) in {one for claim in claims for one in claim.names}


@pytest.mark.parametrize(
    "name", ["乌云其其格", "敖登格日勒", "孟克巴特尔", "古丽巴哈尔", "马穆罕默德", "阿旺洛桑次仁"]
)
def test_a_name_of_another_people_without_a_dot_is_whole(name):
    assert "" == person_reason(person(name))
