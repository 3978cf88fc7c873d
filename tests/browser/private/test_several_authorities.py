"""Two authorities with keys of their own side by side; one of them may fail."""

import re
import shutil
from types import SimpleNamespace

import pytest

from exposure_index.crypto.keygen import generate_keys, web_keys
from tests.browser.private.open_pages import leave_open

WEST = "乙市疾病预防控制中心"

# a minute may have passed between both, and some things are offered where scripts run alone
PASSED_OVER = re.compile("[0-9]+:[0-9]+|What to say when you call|Print or save as PDF")


@pytest.fixture(scope="session")
def two(start_session_service, published_privately, tmp_path_factory):
    """A service of two authorities that list the same people; build: the second one's id."""
    root = tmp_path_factory.mktemp("two")
    east, west = published_privately, published_privately.copied_to(root / "west-deployment")
    shutil.rmtree(west.index)
    new_keys(west)
    build = west.publish(private=True, authority=WEST)
    for folder in ("index", "keys"):
        (root / folder).mkdir()
    for name, deployment in (("east", east), ("west", west)):
        (root / "index" / name).symlink_to(deployment.index)
        (root / "keys" / name).symlink_to(deployment.web_keys)
    for file in east.web_keys.iterdir():
        (root / "keys" / file.name).symlink_to(file)
    service = start_session_service(
        east,
        {
            "GAUGE_INDEX_DIR": str(root / "index"),
            "GAUGE_KEYS_DIR": str(root / "keys"),
            "GAUGE_STATE_DIR": str(root / "state"),
        },
    )
    return SimpleNamespace(url=service.url, build=build)


def new_keys(deployment):
    for folder in (deployment.root / "keys", deployment.web_keys):
        shutil.rmtree(folder)
    generate_keys(deployment.root / "keys")
    web_keys(deployment.root / "keys", deployment.web_keys)


@pytest.fixture
def page(page_of, two):
    page = page_of(java_script_enabled=True)
    page.goto(f"{two.url}/check?lang=en")
    page.wait_for_selector("[data-check-here]:enabled")
    page.wait_for_load_state("networkidle")  # the other styles come behind everything
    return page


def test_both_are_asked_and_merged(page, check_here):
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    check_here(page, "close")
    assert "2 authorities list you" in page.inner_text("main")
    assert ["POST", "POST", "GET", "GET"] == asked


def test_the_words_are_those_of_the_service(page, page_of, two, check_here, type_in):
    check_here(page, "close")
    plain = page_of()
    plain.goto(f"{two.url}/check?lang=en")
    type_in(plain, "close")
    with plain.expect_navigation(wait_until="load"):
        plain.click("main noscript button >> nth=0")
    private, service = (
        " ".join(PASSED_OVER.sub(" ", each.inner_text("main")).split()) for each in (page, plain)
    )
    assert service == private


@pytest.mark.parametrize("fails", ["bucket", "signature"])
def test_one_that_fails_a_check_counts_as_missing(page, two, check_here, fails):
    if fails == "bucket":
        page.route(f"**/b/{two.build}/*", lambda route: route.fulfill(body=b"x" * 100))
    else:

        def altered(route):
            response = route.fetch()
            changed = response.text().replace(f'"{two.build}"', f'"{"0" * 32}"')
            route.fulfill(response=response, body=changed)

        leave_open(page, minutes=11)  # so that it asks for the index
        page.route("**/api/v1/index", altered)
    check_here(page, "unlisted")
    assert "The answer is incomplete" == page.inner_text("#result")
    assert f"{WEST}: the data failed a check." in page.inner_text("main")
    page.go_back()
    check_here(page, "close")
    assert "You are listed" in page.inner_text("#result")
    assert "You may be listed for more trips than these" in page.inner_text("main")
