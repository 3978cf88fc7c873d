"""Every messy list through the pages: no row that could not be read is called not found."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from tests.fixtures.messy_drafts import MessyList
from tests.fixtures.messy_workbooks import messy_workbooks
from tests.fixtures.patience import wait_until

OK, BUSY = 200, 503  # busy: of records on a disk that others keep busy
STATES = ("exposed", "not_found", "incomplete", "not_checked", "duplicate")
LISTS = messy_workbooks()
ROW = re.compile(r'<tr [^>]*data-status="(\w+)">\s*<td[^>]*>(\d+)</td>')
FORM_CODE = re.compile(r'name="form" value="([^"]+)"')


@dataclass
class Outcome:
    """What the pages showed of one list; states: of each row, by its number."""

    refused: bool = False
    asked: bool = False
    states: dict[int, str] = field(default_factory=dict)


def visit(page: Page, address: str) -> None:
    wait_until(lambda: has_come(page.goto(address, wait_until="domcontentloaded")))


def send(page: Page, selector: str) -> bool:
    """Press a button; return whether an answer came."""
    with page.expect_navigation(wait_until="load") as answered:
        page.click(selector)
    return has_come(answered.value)


def has_come(answered: Response | None) -> bool:
    """Return whether a page has come, and none that came anew by itself meanwhile, nor BUSY."""
    return answered is not None and answered.status != BUSY


def upload(page: Page, url: str, one: MessyList) -> str:
    """Upload a list; return the address of its page, or "" where it was refused at once."""
    file = {"name": one.name, "mimeType": "application/octet-stream", "buffer": one.data}

    def arrived() -> bool:
        visit(page, f"{url}/org/upload?lang=en")
        page.set_input_files("#file", file)
        return send(page, "form[action*='/upload'] button")

    wait_until(arrived)
    return page.url.partition("?")[0] if "/lists/" in page.url else ""


def settled(page: Page, address: str) -> str:
    """Return the page of a list, got without drawing it, once nothing happens to it by itself."""

    def still() -> str:
        answered = page.context.request.get(f"{address}?lang=en&state=")
        text = answered.text()
        assert answered.status in (OK, BUSY), text
        return "" if answered.status == BUSY or "data-live" in text else text

    return wait_until(still)


def answer(page: Page, address: str, one: MessyList) -> None:
    """Choose how a list is read, as its fixture says."""
    visit(page, f"{address}?lang=en")
    choice = one.choice
    if choice.encoding:
        page.select_option("#encoding", choice.encoding)
    if choice.sheet is not None:
        page.select_option("#sheet", str(choice.sheet))
    for name, place in (choice.columns or {}).items():
        page.select_option(f"#{name}", str(place))
    send(page, "form[action*='/reading'] button")


def start(page: Page, address: str, text: str) -> None:
    """Press the button of a preview."""
    site = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    form = {"form": FORM_CODE.search(text)[1]}
    request, headers = page.context.request, {"Origin": site}
    wait_until(lambda: request.post(f"{address}/start", form=form, headers=headers).ok)


@pytest.fixture(scope="module")
def outcomes(portal_service, browser, admin_cookie) -> dict[str, Outcome]:
    """Upload all of them, then choose and start, then read: the worker has always some to do."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies([admin_cookie])
    page = context.new_page()
    addresses = {one.name: upload(page, portal_service.url, one) for one in LISTS}
    outcomes = {one.name: Outcome(refused=not addresses[one.name]) for one in LISTS}
    waiting = [one for one in LISTS if addresses[one.name]]
    for one in waiting:
        outcomes[one.name].asked = "/reading" in _forms(settled(page, addresses[one.name]))
        if outcomes[one.name].asked and one.choice is not None:
            answer(page, addresses[one.name], one)
    for one in waiting:
        text = settled(page, addresses[one.name])
        if "/start" in _forms(text):
            start(page, addresses[one.name], text)
    for one in waiting:
        text = settled(page, addresses[one.name])
        outcomes[one.name].refused = "This list cannot be used" in text
        outcomes[one.name].states = {int(row): state for state, row in ROW.findall(text)}
    context.close()
    return outcomes


def _forms(text: str) -> str:
    """Return where the forms of a page lead."""
    return " ".join(re.findall(r'<form[^>]* action="([^"]+)"', text))


def expected_states(one: MessyList) -> dict[int, str]:
    return {row: each if each in STATES else "not_checked" for row, each in one.expected.items()}


def test_every_row_of_every_list_has_its_state_on_the_page(outcomes):
    expected = {one.name: expected_states(one) for one in LISTS}
    assert expected == {name: outcome.states for name, outcome in outcomes.items()}


def test_no_row_that_could_not_be_read_is_called_not_found(outcomes):
    unread = {
        (one.name, row)
        for one in LISTS
        for row, state in expected_states(one).items()
        if state == "not_checked"
    }
    called = {
        (name, row)
        for name, outcome in outcomes.items()
        for row, state in outcome.states.items()
        if state in ("not_found", "exposed")
    }
    assert len(unread) > 50
    assert set() == unread & called


def test_the_lists_that_no_choice_can_save_are_refused(outcomes):
    refused = {one.name for one in LISTS if one.first_answer and one.choice is None}
    assert refused == {name for name, outcome in outcomes.items() if outcome.refused}


def test_what_is_unclear_is_put_to_a_person(outcomes):
    unclear = {one.name for one in LISTS if one.choice is not None}
    assert unclear == {name for name, outcome in outcomes.items() if outcome.asked}
