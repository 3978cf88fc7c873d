"""Organisations: from the sign-in to the results of a list, and who may do what."""

import time
from contextlib import suppress
from functools import partial
from itertools import count

from playwright.sync_api import Error, Page

from tools.screenshots.demo_services import Clerk, DemoServices
from tools.screenshots.page_actions import Demo, Show, State, at, send

SERVICE = "organisation"
SLUGS = count(1)
UNCLEAR_ROWS = 5
LONG_ROWS = 110_000  # long enough that its check is under way while the picture is taken
JOB_SECONDS = 120.0  # far more than the longest list here takes
RELOAD_MS = 100
STARTED, UPLOADED = "form[action*='/start'] button", "form[action*='/upload'] button"


def sign_in(services: DemoServices, language: str, page: Page) -> str:
    """Sign the administrator of a new organisation in; return its slug."""
    # an organisation of its own for each picture: a one-time code counts once, and no list is there
    slug = f"works-{next(SLUGS)}"
    sign_in_as(services.administrator(slug), services, language, page)
    return slug


def sign_in_as(member: Clerk, services: DemoServices, language: str, page: Page) -> None:
    """Sign a member of an organisation in."""
    page.goto(f"{services.url(SERVICE)}/org?lang={language}")
    page.fill("#account", member.account)
    page.fill("#password", member.password)
    page.fill("#code", member.code)
    send(page)


def _page(path: str, services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
    sign_in(services, language, page)
    page.goto(f"{services.url(SERVICE)}/org{path}?lang={language}")


def _key(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _page("/keys", services, demo, language, page)
    page.fill("#label", "HR")
    page.check("input[name='jobs:read']")
    send(page, "form:has(#label) button")
    page.goto(f"{services.url(SERVICE)}/org/keys?lang={language}")


def _upload(
    content: bytes | None, services: DemoServices, demo: Demo, language: str, page: Page
) -> None:
    """Upload a list, the messy workbook of the demo where none is given, until it was read."""
    _page("/upload", services, demo, language, page)
    name = "staff.csv" if content else "staff.xlsx"
    content = content or services.workbook("2-messy.xlsx")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#file", file)  # type: ignore[arg-type]  # a TypedDict
    send(page, UPLOADED)
    _settle(page)


def _settle(page: Page) -> None:
    """Return once a page does not come anew by itself any more."""
    reload_while(page, "[data-live]")


def reload_while(page: Page, selector: str) -> None:
    """Load a page anew until it holds nothing of a selector. Raises TimeoutError."""
    deadline = time.monotonic() + JOB_SECONDS
    while page.locator(selector).count():
        if time.monotonic() > deadline:
            message = f"{selector} is there after {JOB_SECONDS} seconds still"
            raise TimeoutError(message)
        page.wait_for_timeout(RELOAD_MS)
        with suppress(Error):  # the page came anew by itself, just then
            page.reload()


def _mapping(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    lines = [f"{row['name']},{row['id_number']},HR\n" for row in demo.rows[:UNCLEAR_ROWS]]
    _upload("".join(["A,B,C\n", *lines]).encode(), services, demo, language, page)


def _progress(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    lines = [f"甲乙,其他,E99{number:06}\n" for number in range(LONG_ROWS)]
    _upload("".join(["姓名,证件类型,证件号码\n", *lines]).encode(), services, demo, language, page)
    send(page, STARTED)
    reload_while(page, "[data-live] progress[value='0']")


def _results(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _upload(None, services, demo, language, page)
    send(page, STARTED)
    _settle(page)


def _at(path: str) -> Show:
    return partial(_page, path)


ORGANISATION_STATES: dict[str, State] = {
    "organisation": State("Organisation: a member signs in", at("/org", SERVICE)),
    "organisation-empty": State("Organisation: no list yet", _at("")),
    "organisation-upload": State("Organisation: upload of a list", _at("/upload")),
    "organisation-mapping": State("Organisation: which column is which", _mapping),
    "organisation-preview": State("Organisation: a list as it was read", partial(_upload, None)),
    "organisation-progress": State("Organisation: a check under way", _progress),
    "organisation-results": State("Organisation: results", _results),
    "organisation-members": State("Organisation: members", _at("/members")),
    "organisation-keys": State("Organisation: API keys", _key),
}
