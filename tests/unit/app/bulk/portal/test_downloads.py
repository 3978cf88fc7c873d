import io

import pytest
from python_calamine import CalamineWorkbook

from app.organisations.audit import newest_lines
from tests.fixtures.bulk import FOUR, STATES_OF_FOUR, staff_csv
from tests.unit.app.bulk.portal.test_upload_page import job_path


@pytest.fixture
def done(checker, office):
    """The path of a list of four people that was checked."""
    path = job_path(checker.upload(staff_csv(*FOUR)))
    office.work()
    checker.press(f"{path}/start")
    office.work()
    return path


def table_of(page):
    book = CalamineWorkbook.from_filelike(io.BytesIO(page.data))
    return book.get_sheet_by_index(0).to_python()


def test_the_own_list_comes_back_with_the_answers_beside_it(done, checker):
    rows = checker.page(f"{done}/results.csv").data.decode("utf-8-sig").splitlines()
    assert "工号,姓名,证件类型,证件号码,status,tier,act_until,reason,duplicate_of" == rows[0]
    assert STATES_OF_FOUR == [row.split(",")[4] for row in rows[1:]]
    workbook = table_of(checker.page(f"{done}/results.xlsx"))
    assert STATES_OF_FOUR == [row[4] for row in workbook[1:]]


def test_a_download_is_audited_with_its_rows(done, checker, office):
    checker.page(f"{done}/results.csv")
    line = newest_lines(office.services.records, office.organisation.id)[0]
    assert ("results_downloaded", "checker", 4) == (line.event, line.actor, line.count)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_template_is_a_workbook_in_the_reader_s_language(checker, language):
    page = checker.client.get(f"/org/template.xlsx?lang={language}")
    assert page.headers["Content-Disposition"].endswith('"template.xlsx"')
    assert table_of(page)
