import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.identity.canonical import Identity
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.entry_spellings import (
    SPELLINGS_MAX,
    entries_of_person,
    only_spelling,
)
from exposure_index.identity.name import canonical_name

PASSPORT = ("passport", "XX0000001")
RESIDENT = ("resident", "990101199001010019")


def entered(*documents):
    """Return the entries of a person whose documents are (type, number, names)."""
    return entries_of_person([(*document[:2], frozenset(document[2:])) for document in documents])


def under(document, query):
    return Identity(document[1], canonical_name(query)).encode()


@pytest.mark.parametrize(
    ("row", "query"),
    [
        ("SMITH/JOHNMR", "John Smith"),
        ("SMITH/JOHNMR", "JOHNMR SMITH"),
        ("SMITH/ANAMISS", "Ana Smith"),
        ("LI/NAMSTR", "Li Na"),
        ("LV/XIAO", "Xiao Lyu"),
        ("LV/XIAO", "Lu Xiao"),
        ("LYU/XIAO", "Lv Xiao"),
        ("LU/XIAO", "Lyu Xiao"),
        ("WANG/NVWA", "Wang Nyuwa"),
        ("LV/LVMS", "Lyu Lyu"),
        ("吕绿", "LYU LYU"),
        ("呂布", "Lv Bu"),
        ("张伟", "zhang wei"),
        ("單雄信", "Shan Xiongxin"),
        ("曾国", "ZENG GUO"),
        ("区文", "Ou Wen"),
        ("尉迟恭", "YUCHI GONG"),
        ("仇和", "Qiu He"),
        ("解缙", "Xie Jin"),
        ("查良", "Zha Liang"),
        ("乐行", "Yue Xing"),
        ("张伟 ZHANG WEI", "Wei Zhang"),
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("MRSMITH/JOHN", "John Smith"),
        ("SMITH/DRJOHN", "John Smith"),
        ("SMITH/JOHNPROF", "John Smith"),
        ("SMITH/JOHNADT", "John Smith"),
        ("SMITH/JOHNIII", "John Smith"),
        ("SMITH/JOHNMSTRJR", "John Smith"),
        ("ZHANG WEI（曾用名：李伟 LI WEI）", "Wei Li"),
        ("ZHANG WEI (formerly LI WEI)", "Li Wei"),
        ("ANNA OEZ (née Smith)", "Smith"),
        ("陳大文（CHAN TAI MAN）", "Chan Tai Man"),
        ("CHAN TAI MAN (陳大文)", "陈大文"),
        ("姓名：张伟", "张伟"),
        ("旅客张伟", "张伟"),
        ("张伟 经理", "张伟"),
        ("张伟 曾用名：李伟", "李伟"),
        ("UM/KULTHUM", "UMKULTHUM"),
        ("SR IVASTAVA/RAVI MR", "Ravi Srivastava"),
        ("DR AGO/ANA", "Ana Drago"),
        ("MX/OLISI", "Mxolisi"),
        ("IV SOPHEAP", "Ivsopheap"),
        ("GUXXZEL/AYSE", "Güzel Ayse"),
        ("PENXXA/ANUXX", "Pena Anu"),
        ("LUXX/LI", "Lyu Li"),
    ],
)
def test_a_passport_is_found_by_another_spelling(row, query):
    assert under(PASSPORT, query) in entered((*PASSPORT, row))


@pytest.mark.parametrize("id_type", ["hk_mo_permit", "tw_permit", "foreign_pr", "other"])
def test_a_permit_is_found_by_pinyin(id_type):
    document = (id_type, "XX0000002")
    assert under(document, "Zhang Wei") in entered((*document, "張偉"))


def alone(document):
    return Identity(document[1], "").encode_document()


PERMIT = ("tw_permit", "99000001")
MAINLAND = ("passport", "EO0000001")  # no passport has an O there
HK_PERMIT = ("hk_mo_permit", "H99000001")
FOREIGNER = ("foreign_pr", RESIDENT[1])
UNKNOWN = ("other", "XX0000003")
MANY_READINGS = "曾乐单"


@pytest.mark.parametrize(
    ("document", "row"),
    [
        (RESIDENT, "ZHANG WEI"),
        (("passport", RESIDENT[1]), "ZHANG WEI"),
        (RESIDENT, "Иван"),
        (RESIDENT, "N/A"),
        (PASSPORT, "Иван Петров"),
        (PASSPORT, "홍길동"),
        (PASSPORT, "陳大文"),
        (PASSPORT, "山田太郎"),
        (MAINLAND, MANY_READINGS),
        (FOREIGNER, "金正淑"),
        (("foreign_pr", "XX0000004"), "金正淑"),
        (UNKNOWN, "陳大文"),
        (PASSPORT, "张*伟"),
        (PASSPORT, "旅客"),
        (UNKNOWN, "홍길동"),
        (PERMIT, "TBA"),
        (("foreign_pr", "XX0000004"), "Иван Петров"),
        (("resident", "XX0000001"), "张伟"),
        (RESIDENT, "张伟（李伟）"),
        (PASSPORT, "TANAKA (SUZUKI) HANAKO"),
        (PASSPORT, "LU/LVNUNVMR"),
    ],
)
def test_a_document_none_of_whose_names_a_check_takes_is_entered_by_number(document, row):
    assert alone(document) in entered((*document, row))


@pytest.mark.parametrize(
    ("document", "row"),
    [
        (RESIDENT, "张伟"),
        (RESIDENT, "张伟 ZHANG WEI"),
        (PASSPORT, "ZHANG WEI"),
        (MAINLAND, "张伟"),
        (("passport", "E00000001"), "张伟"),
        (PASSPORT, "张伟 ZHANG WEI"),
        (PASSPORT, "SMITH/JOHNMR"),
        (PASSPORT, "CHAN TAI MAN (陳大文)"),
        (UNKNOWN, "陳大文 CHAN TAI MAN"),
        (HK_PERMIT, "陳大文"),
        (FOREIGNER, "金正淑 KIM JEONGSUK"),
        (RESIDENT, "张伟（儿童）"),
        (RESIDENT, "张伟（曾用名李伟）"),
        (PERMIT, "张伟"),
        (PERMIT, MANY_READINGS),
        (PERMIT, "홍길동"),
        (UNKNOWN, "Anna Oez"),
    ],
)
def test_a_document_with_a_name_that_a_check_takes_is_not_entered_by_number(document, row):
    assert alone(document) not in entered((*document, row))


def test_one_row_with_a_usable_name_is_enough():
    assert alone(RESIDENT) not in entered((*RESIDENT, "N/A"), (*RESIDENT, "张伟"))


def test_a_former_name_beside_a_filler_is_a_name():
    entries = entered((*RESIDENT, "未知（曾用名张伟）"))
    assert {under(RESIDENT, "张伟")} == entries


def test_both_scripts_of_one_cell_are_names():
    entries = entered((*RESIDENT, "张伟 ZHANG WEI"))
    assert {under(RESIDENT, "张伟"), under(RESIDENT, "Zhang Wei")} == entries


@pytest.mark.parametrize(
    ("row", "query"),
    [
        (("hk_mo_permit", "H9900000101"), "H99000001"),
        (("other", "H9900000102"), "H99000001"),
        (("tw_permit", "9900000101"), "99000001"),
        (("resident", "990101990101001"), "990101199901010014"),
    ],
)
def test_a_renewed_or_old_number_is_entered_as_a_check_has_it(row, query):
    assert under(("", query), "张伟") in entered((*row, "张伟"))


def test_ten_digits_of_a_kind_not_told_are_entered_as_a_taiwan_permit_too():
    entries = entered(("other", "9900000101", "张伟"))
    assert {under(("", "9900000101"), "张伟"), under(("", "99000001"), "张伟")} <= entries


@pytest.mark.parametrize("id_type", ["passport", "hk_mo_permit", "tw_permit", "resident"])
@pytest.mark.parametrize("form", ["9900000101", "99000001"])
def test_ten_digits_of_any_kind_are_entered_in_both_forms(id_type, form):
    assert under(("", form), "Ana Oez") in entered((id_type, "9900000101", "OEZ ANA"))


def test_ten_digits_without_a_name_are_entered_in_both_forms():
    forms = {alone(("", "9900000101")), alone(("", "99000001"))}
    assert forms == entered(("other", "9900000101"))


def test_a_resident_number_is_not_entered_under_pinyin():
    assert {under(RESIDENT, "张伟")} == entered((*RESIDENT, "张伟"))


def test_every_document_is_entered_with_every_name_of_the_person():
    entries = entered((*RESIDENT, "张伟"), (*PASSPORT, "ZHANG/WEI"))
    for document in (RESIDENT, PASSPORT):
        assert under(document, "张伟") in entries
        assert under(document, "Zhang Wei") in entries


def test_a_document_without_any_name_is_entered_by_number_alone():
    assert {Identity("XX0000001", "").encode_document()} == entered(PASSPORT)


def test_a_document_whose_own_rows_have_no_name_is_entered_both_ways():
    entries = entered((*RESIDENT, "张伟"), PASSPORT)
    assert under(PASSPORT, "张伟") in entries
    assert Identity("XX0000001", "").encode_document() in entries
    assert Identity(RESIDENT[1], "").encode_document() not in entries


def test_a_name_of_no_letter_is_no_name():
    assert {Identity("XX0000001", "").encode_document()} == entered((*PASSPORT, "- 123 -"))


def test_rows_of_one_document_written_differently_are_one_document():
    entries = entered(("passport", "xx-0000001", "Ana Oez"), ("passport", "XX 0000001"))
    assert Identity("XX0000001", "").encode_document() not in entries


def test_a_document_of_nothing_is_left_out():
    assert set() == entered(("passport", "护照", "Ana"))


def test_a_title_written_apart_makes_no_spelling():
    assert 1 == len(entered((*PASSPORT, "SMITH/JOHN MR")))


def test_a_suffix_behind_a_whole_name_makes_no_spelling():
    assert {under(PASSPORT, "John Smith")} == entered((*PASSPORT, "SMITH/JOHN JR"))


def test_a_spelling_left_out_leaves_the_number():
    names = [f"DOE/JANE{letter * 3}" for letter in "BCDFGHKL"]
    assert alone(PASSPORT) not in entered((*PASSPORT, *names))
    assert alone(PASSPORT) in entered((*PASSPORT, *names, "SMITH/JOHNMR"))


def test_a_v_that_is_no_pinyin_makes_no_spelling():
    assert {under(PASSPORT, "Ana Silva")} == entered((*PASSPORT, "SILVA/ANA"))


@given(st.frozensets(st.text("LVUNYE 吕绿乐行单曾/MR", min_size=1, max_size=12), max_size=6))
def test_every_written_name_is_kept_and_variants_are_bounded(names):
    own = {canonical_name(name) for name in names} - {""}
    entries = entries_of_person([(*PASSPORT, names)])
    assert {under(PASSPORT, name) for name in names if canonical_name(name)} <= entries
    by_name = {entry for entry in entries if entry[0] == 1}
    assert len(by_name) <= max(len(own), SPELLINGS_MAX)


@pytest.mark.parametrize("kind", ID_TYPES)
def test_one_spelling_alone_is_all_that_a_person_is_entered_under(kind):
    numbers = (RESIDENT[1], "99010119900101001x", "990101900101001", "990101-19900101-0019")
    spellings = set()
    for number in (*numbers, "XX0000001", "9901011990"):
        alone = only_spelling(kind, number, "王小明")
        twice = entered((kind, number, "王小明"), (kind, number, "王小明"))
        assert alone is None or {alone} == twice
        spellings.add(alone)
    assert (spellings != {None}) == (kind == "resident")
