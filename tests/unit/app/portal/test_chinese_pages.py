"""Signs on Chinese pages of organisations: full-width, and no gap after them."""

import io

import pytest

from tests.fixtures.bulk import FOUR, staff_csv
from tests.fixtures.chinese_text import page_faults
from tests.fixtures.people import CLOSE, Person

MASKED = Person("resident", "9900001980****1231", "甲乙丙")
MIXED = staff_csv(*FOUR, MASKED, CLOSE)
PAGES = ["", "/upload", "/members", "/keys", "/log", "/settings", "/help", "/roster", "/roster/add"]
CHINESE = pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])


def test_signs_that_are_wrong_are_found():
    wrong = "<p>您好。 <a>再见</a></p><td>退出(admin)</td><li>名单: 甲</li><p>很好，没有</p>"
    assert ["您好。 再见", "退出(admin)", "名单: 甲"] == page_faults(wrong)
    assert [] == page_faults("<p>您好。</p> <p>https://例.com，姓名.csv</p><code>甲: 乙</code>")


@CHINESE
@pytest.mark.parametrize("path", PAGES)
def test_pages_of_an_administrator(admin, path, language):
    admin.press("/keys", label="夜间", days="30", **{"jobs:read": "on"})
    page = admin.client.get(f"/org{path}?lang={language}")
    assert (200, []) == (page.status_code, page_faults(page.text))


@CHINESE
def test_the_page_that_asks_whether_a_key_is_to_be_revoked(admin, language):
    made = admin.press("/keys", label="夜间", days="30", **{"jobs:read": "on"}).text
    key = made.partition("cgk_")[2].partition("_")[0]
    page = admin.client.get(f"/org/keys/{key}/revoke?lang={language}")
    assert (200, []) == (page.status_code, page_faults(page.text))


@CHINESE
@pytest.mark.parametrize("path", ["/health", "/health/log", "/health/people", "/health/export"])
def test_pages_of_a_health_officer(officer, path, language):
    page = officer.client.get(f"/org{path}?lang={language}")
    assert (200, []) == (page.status_code, page_faults(page.text))


@CHINESE
def test_a_list_from_its_preview_to_its_end(checker, office, language):
    path = checker.upload(MIXED).headers["Location"].partition("?")[0].removeprefix("/org")
    office.work()
    for deed in ("start", "cancel"):
        page = checker.client.get(f"/org{path}?lang={language}")
        assert (200, []) == (page.status_code, page_faults(page.text))
        checker.press(f"{path}/{deed}")
        office.work()
    page = checker.client.get(f"/org{path}?lang={language}")
    assert (200, []) == (page.status_code, page_faults(page.text))


@CHINESE
def test_a_refused_upload(checker, language):
    form = {"form": checker.form_code(), "upload": ""}
    file = (io.BytesIO(b""), "staff.csv", "application/octet-stream")
    page = checker.client.post(f"/org/upload?lang={language}", data={**form, "file": file})
    assert (422, []) == (page.status_code, page_faults(page.text))
