from app.bulk.jobs.views import ResultRow, ResultTable
from app.bulk.portal.result_page import ROWS_PER_PAGE, ResultChoice, result_page


def table(*rows):
    return ResultTable(("姓名", "部门"), lambda: iter(rows), lambda: iter(()))


def row(number, name="甲", status="not_found"):
    return ResultRow(number, (name, "一部"), status, "", None, "", None)


def state_of(row):
    return row.status


def numbers(page):
    return [each.row for each in page.rows]


def test_rows_of_one_state_are_chosen():
    both = table(row(2), row(3, status="exposed"))
    assert [3] == numbers(result_page(both, ResultChoice("exposed"), state_of))
    assert [2, 3] == numbers(result_page(both, ResultChoice(""), state_of))


def test_a_search_minds_neither_width_nor_case_nor_spaces():
    named = table(row(2, "ＷＥＩ li"), row(3, "Wang"))
    assert [2] == numbers(result_page(named, ResultChoice("", "weiLi"), state_of))


def test_rows_come_a_page_at_a_time_and_each_once():
    many = table(*(row(number) for number in range(2, 2 * ROWS_PER_PAGE + 3)))
    pages = [result_page(many, ResultChoice("", "", page), state_of) for page in (1, 2, 3, 4)]
    assert [True, True, False, False] == [page.has_next for page in pages]
    assert list(range(2, 2 * ROWS_PER_PAGE + 3)) == [n for page in pages for n in numbers(page)]
