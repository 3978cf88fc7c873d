"""What might be part of anybody's trip is a row; a title or a footnote is none."""

import pytest

from tables.row_kinds import data_above, is_note, is_total
from tables.table_faults import row_ranges


@pytest.mark.parametrize(
    "text",
    [
        *(
            "二、航班",
            "（三）客运大巴：",
            "注：G1712次1月20日停运",
            "备注：以上信息来自官方发布",
            "合计 1023",
        ),
        *("Note: CZ3137 was cancelled", "Sources: the papers", "填报单位：某市，电话 00000000"),
        *("以上信息，来自官方发布。", "*来源：公开资料"),
    ],
)
def test_titles_and_footnotes_are_notes_in_every_table(text):
    assert is_note(text, holds_names=True)
    assert is_note(text, holds_names=False)


@pytest.mark.parametrize("text", ["航班", "测试甲", "TEST A", "to be continued"])
def test_what_may_be_a_name_is_no_note_where_people_stand(text):
    assert not is_note(text, holds_names=True)
    assert is_note(text, holds_names=False)


@pytest.mark.parametrize(
    "text",
    [
        *("1月20日", "二月三日", "2020-01-20", "20/1", "28 March", "March 28, 2020", "20200120"),
        *("G1712", "cz 3137", "1148", "2号线", "吉Z00001", "Flight 12", "车次：G1", "三号车厢"),
        *("12F", "ZT0000001", "二、1月20日 G1712", "Ｇ１７１２", "08:15"),
    ],
)
def test_days_numbers_seats_and_documents_are_no_notes(text):
    assert not is_note(text, holds_names=False)
    assert not is_note(text, holds_names=True)


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        (["合计", "40"], True),
        (["总计：", "1,023人"], True),
        (["Total", "40.0"], True),
        (["合计", "G1234"], False),
        (["合计", "2020-01-20"], False),
        (["测试甲", "40"], False),
        (["合计", "40", "1"], False),
    ],
)
def test_the_word_total_and_a_count_are_no_row(filled, expected):
    assert expected == is_total(filled)


def test_rows_above_the_header_that_fill_it_or_hold_two_data_may_be_data():
    title, filled = ["一览表", "", ""], ["武汉站", "武汉", "湖北"]
    numbers, unit = ["G1", "2020-01-20", ""], ["单位：某市", "日期：2月3日", ""]
    above = [(1, title), (2, filled), (3, numbers), (4, unit), (5, filled)]
    assert [2, 3] == data_above(above)  # row 5 is the header in another language
    assert [1] == data_above([(1, ["resident", "ZT0000001", "测试甲"])])


def test_rows_are_told_as_ranges_and_of_very_many_the_first():
    assert "4, 9-11" == row_ranges([9, 4, 11, 10, 4])
    assert row_ranges(range(1, 200, 2)).endswith("99 and 50 more")
