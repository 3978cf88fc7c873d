"""Cells of names in which something is not understood: guessed at, and never "not found"."""

from dataclasses import replace

import pytest

from exposure_index.identity.parsing import parse_identity
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import row_claims
from tables.staff_names.name_cells import is_read_whole
from tests.fixtures.staff_sources import person_reason, resident

NUMBER, PASSPORT = resident(1), "ZZ9876543"


def asked(name, kind="", number=NUMBER, latin=""):
    """Every canonical name that a row asks about, and its doubt."""
    claims, doubt = row_claims(PersonRow(kind, number, name, latin))
    return {name for claim in claims for name in claim.names}, doubt


def canonical(name):
    return set(parse_identity("other", PASSPORT, name).names)


@pytest.mark.parametrize(
    "cell",
    [
        *("周诗（nuo）", "周诗[言若]", "周诗〓", "周诗_", "周诗（）", "周诗（", "周诗\\u8bfa"),
        *(
            "周诗%E8%AF%BA",
            "周诗（8bfa）",
            "周诗(35834)",
            "周 shi 诺",
            "周诗 nuo",
            "周诗（诺言的诺）",
        ),
        *(
            "周诗（左言右若）",
            "周诗（言字旁）",
            "周诗ノ",
            "周诗ㄋㄨㄛˋ",
            "周诗、",
            "周诗~",
            "周·诺",
        ),
        *("周诗〇", "○诗诺", "周诗 N", "周诗+若", "周诗|诺", "周诗=诺"),
    ],
)
def test_a_character_in_other_signs_leaves_a_name_in_doubt(cell):
    assert "name_unclear" == asked(cell)[1]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "段宇洋（身份证：廖雅德）",
            "段宇洋（廖雅德）",
            "段宇洋·廖雅德",
            "甲：廖雅德",
            "段宇洋〔廖雅德〕",
        ),
        *("段宇洋/廖雅德", "段宇洋（现改名廖雅德）", "段宇洋（配偶：廖雅德）", "段宇洋→廖雅德"),
    ],
)
def test_another_name_in_a_cell_is_a_guess(cell):
    names, doubt = asked(cell)
    assert (True, "name_unclear") == (canonical("廖雅德") <= names, doubt)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "1组-尹子",
            "3床尹子",
            "2020级尹子",
            "1.尹子",
            "1、尹子",
            "尹子2",
            "12号 尹子",
            "尹子(2)",
        ),
        *(
            "甲尹子",
            "尹子（组长）",
            "尹子（女，35岁）",
            "尹子（财务部）",
            "尹子（2020-01-05离职）",
            "尹子（3组）",
        ),
        *(
            "尹子（汉族）",
            "姓名：尹子",
            "尹子 Yin Zi",
            "Yin Zi 尹子",
            "尹子（Tom）",
            "尹子\n",
            "'尹子",
        ),
    ],
)
def test_what_is_known_beside_a_name_leaves_no_doubt(cell):
    names, doubt = asked(cell)
    assert (True, "") == (canonical("尹子") <= names, doubt)


@pytest.mark.parametrize(
    "cell", ["买买提·吐尔逊", "艾力·买买提", "诗诺·周", "周 诗诺", "周诗诺先生"]
)
def test_names_in_several_parts_are_whole(cell):
    assert is_read_whole(cell)
    assert "" == asked(cell)[1]


@pytest.mark.parametrize(
    "cell",
    ["Jos&eacute; Silva", "Jos\\xe9 Silva", "Ana_Silva", "Ana Silva = Costa"],
)
def test_latin_letters_in_other_signs_leave_a_name_in_doubt(cell):
    assert "name_unclear" == asked(cell, "passport", PASSPORT)[1]


@pytest.mark.parametrize(
    "cell",
    [
        "Silva, Ana",
        "SILVA/ANA MS",
        "Ana “Annie” Silva",
        "O'Brien Sean",
        "Jörg Müller-Lüdenscheidt",
        "Ana Silva 2",
    ],
)
def test_signs_of_latin_names_leave_no_doubt(cell):
    assert "" == asked(cell, "passport", PASSPORT)[1]


def test_a_title_glued_to_a_name_is_looked_up_without_it():
    names, doubt = asked("SILVA/ANAMS", "passport", PASSPORT)
    assert (True, "") == (canonical("Ana Silva") <= names, doubt)


@pytest.mark.parametrize("latin", ["J. Mueller", "Silva", "A. Silva"])
def test_half_a_latin_name_on_a_document_of_both_scripts_is_a_doubt(latin):
    assert "name_partial" == asked("周诗诺", "other", PASSPORT, latin)[1]
    assert "" == asked("周诗诺", "resident", NUMBER, latin)[1]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *(("12345678", "港澳通行证"), ("H1234567", "回乡证"), ("H123456789", "回乡证")),
        *(("T01234567", "台胞证"), ("AB1234567", "外国人永久居留证")),  # pragma: allowlist secret
    ],
)
def test_a_number_that_no_document_of_its_kind_has_is_a_doubt(number, kind):
    assert "length" == asked("周诗诺 Zhou Shinuo", kind, number)[1]


@pytest.mark.parametrize(
    ("number", "kind", "also"),
    [
        ("0123456701(D)", "台胞证", "01234567"),
        ("01234567(B)", "台胞证", "01234567"),
        ("ZZl234567", "护照", "ZZ1234567"),
        ("H0123456701", "回乡证", "H01234567"),
    ],
)
def test_a_number_is_looked_up_in_every_spelling(number, kind, also):
    claims, doubt = row_claims(PersonRow(kind, number, "周诗诺 Zhou Shinuo"))
    assert (True, "") == (also in {claim.document for claim in claims}, doubt)


def test_a_row_that_is_in_doubt_is_one_identity_for_each_reading_of_its_brackets():
    claims, _ = row_claims(PersonRow("", NUMBER, "1组-尹子"))
    assert 1 == len(claims)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "财务·周诗诺",
            "财务部·周诗诺",
            "周诗诺·财务部",
            "周诗诺.财务",
            "行政.周诗诺",
            "北京·周诗诺",
        ),
        *("一班·周诗诺", "周诗诺·汉族"),
    ],
)
def test_a_word_and_a_dot_leave_a_name_in_doubt(cell):
    names, doubt = asked(cell)
    assert (True, "name_unclear") == (canonical("周诗诺") <= names, doubt)


@pytest.mark.parametrize(
    "cell",
    ["财务部买买提·吐尔逊", "买买提·吐尔逊维吾尔族", "新疆买买提·吐尔逊", "买买提·吐尔逊辞职"],
)
def test_a_word_glued_to_a_dotted_name_leaves_it_in_doubt(cell):
    assert "name_unclear" == asked(cell)[1]


@pytest.mark.parametrize(
    "cell",
    [
        *("Ana null", "null Silva", "Ana undefined", "Budi None", "See Passport"),
        *("as above", "to follow", "Silva wife", "Silva's wife", "Baby Silva", "Ana Driver"),
        *("Silva Manager", "Guest Ana", "Ana Finance", "Ana Intern", "Ana Resigned"),
    ],
)
def test_a_word_beside_half_a_latin_name_leaves_it_in_doubt(cell):
    assert "name_partial" == asked(cell, "passport", PASSPORT)[1]


@pytest.mark.parametrize("cell", ["Budi null", "Budi Budi", "Budi None"])
def test_what_remains_of_a_name_beside_a_blank_is_a_guess(cell):
    assert canonical("Budi") <= asked(cell, "passport", PASSPORT)[0]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        *(("Muhd Ali bin Ahmad", "Muhammad Ali bin Ahmad"), ("Siti bt Ahmad", "Siti binti Ahmad")),
        *(("Md Ali Ahmad", "Mohammad Ali Ahmad"), ("Jan vd Berg", "Jan van der Berg")),
        *(("Saint John Mary", "St John Mary"), ("Ayþe Yýldýz", "Ayşe Yıldız")),
        *(("Gülþen Çaðlar", "Gülşen Çağlar"), ("Dvoøák Tomáš", "Dvořák Tomáš")),
        *(("Ana Maria Costa (née Silva)", "Ana Maria Silva"), ("MŸller Ana", "MŸller Ana")),
    ],
)
def test_a_latin_name_is_looked_up_in_every_spelling(cell, name):
    names, doubt = asked(cell, "passport", PASSPORT)
    assert (True, "") == (canonical(name) <= names, doubt)


@pytest.mark.parametrize("name", ["周诗诺", "陈大文", "李娜"])
@pytest.mark.parametrize("codec", ["cp1252", "cp1251", "koi8_r"])
def test_letters_that_stand_for_han_are_a_doubt(name, codec):
    garbled = name.encode("gbk").decode(codec, "ignore")
    assert "" != asked(garbled, "other", PASSPORT)[1]


@pytest.mark.parametrize(
    ("former", "name"),
    [
        *(
            ("原周诗诺", "周诗诺"),
            ("旧周诗诺", "周诗诺"),
            ("曾叫周诺", "周诺"),
            ("小名周诺", "周诺"),
        ),
        *(("姓周", "周子"), ("周氏", "周子"), ("原姓周", "周子"), ("诗诺", "尹诗诺")),
    ],
)
def test_a_former_name_in_han_is_looked_up_as_it_may_be_meant(former, name):
    claims, _ = row_claims(PersonRow("resident", NUMBER, "尹子", former_name=former))
    assert canonical(name) <= {name for claim in claims for name in claim.names}


@pytest.mark.parametrize(
    "former", ["da Silva", "maiden Silva", "was Silva", "ex Silva", "Yes - Silva"]
)
def test_a_former_surname_stands_in_the_place_of_the_one_of_now(former):
    claims, _ = row_claims(PersonRow("passport", PASSPORT, "Ana Costa", former_name=former))
    name = "Ana da Silva" if former == "da Silva" else "Ana Silva"
    assert canonical(name) <= {name for claim in claims for name in claim.names}


@pytest.mark.parametrize(
    "number", ["EB1234567CHN", "CHNEB1234567", "PASSEB1234567", "NOEB1234567", "IDEB1234567"]
)
def test_a_passport_with_a_word_glued_to_it_is_looked_up_without(number):
    claims, doubt = row_claims(PersonRow("passport", number, "Ana Silva"))
    plain = f"EB{1234567}"
    assert (plain in {claim.document for claim in claims}, doubt) == (True, "")


@pytest.mark.parametrize(
    ("number", "kind", "also"),
    [
        *(("0123456701", "护照", "01234567"), ("01234567-01", "其他", "01234567")),
        *(("01234567(D)", "", "01234567"), ("TWN01234567", "其他", "01234567")),
        *(("HKH01234567", "其他", "H01234567"), ("T01234567", "", "01234567")),
    ],
)
def test_a_permit_under_another_kind_is_looked_up_as_a_permit_too(number, kind, also):
    claims, _ = row_claims(PersonRow(kind, number, "Zhou Shinuo"))
    assert also in {claim.document for claim in claims}


def test_guesses_at_one_cell_are_few():
    cell = "|".join(f"周诗诺甲{chr(0x4E10 + at)}乙丙" for at in range(24))
    claims, doubt = row_claims(PersonRow("", NUMBER, cell[:200], cell[:200]))
    assert ("name_unclear", True) == (doubt, 40 > sum(len(claim.names) for claim in claims))


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "3车王芳",
            "5路 王芳",
            "301房 王芳",
            "90后 王芳",
            "王芳高三2班",
            "3号岗王芳",
            "王芳第1组",
        ),
        *("王芳第2车间", "2号门 王芳", "第3班王芳"),
    ],
)
def test_a_numbered_group_is_no_part_of_a_name(cell):
    names, doubt = asked(cell)
    assert (True, "") == (canonical("王芳") <= names, doubt)


@pytest.mark.parametrize(
    "cell",
    [
        "欧阳诗诺.电工",
        "卓玛.保洁员",
        "木工 阿依古丽·艾合买提",
        "阿依古丽·艾合买提电工",
        "周诺·财务部",
    ],
)
def test_a_word_at_a_dot_or_beside_one_leaves_a_name_in_doubt(cell):
    assert "name_unclear" == asked(cell)[1]


@pytest.mark.parametrize(
    "name", ["库尔班·热西提", "叶尔江·哈森", "艾力·马木提", "阿依古丽·艾合买提", "买买提·胡安"]
)
def test_names_with_a_dot_as_people_bear_them_are_whole(name):
    assert "" == asked(name)[1]


@pytest.mark.parametrize(
    "name",
    ["Li Na", "Wang Nan", "Lv Wei", "Ting Ting Wang", "Son Heung Min", "Na Ayutthaya", "Ko Ko"],
)
def test_latin_names_as_people_bear_them_are_whole(name):
    assert "" == asked(name, "passport", PASSPORT)[1]


@pytest.mark.parametrize("field", ["name", "name_latin", "former_name", "id_type"])
@pytest.mark.parametrize("text", ["甲" * 201, "\ufdfa" * 40])
def test_a_cell_longer_than_any_name_is_refused_as_it_is_compared(field, text):
    row = replace(PersonRow("resident", NUMBER, "王芳"), **{field: text})
    assert person_reason(row) in ("too_long", "document_type_unclear")


@pytest.mark.parametrize(
    "cell", ["王芳 护士", "王芳老师", "王芳大", "1组-王芳", "王芳项目经理", "王芳 财务部"]
)
def test_pinyin_is_that_of_the_name_without_words_beside_it(cell):
    names, _ = asked(cell, "hk_mo_permit", "H12345678")
    assert canonical("Wang Fang") <= names
