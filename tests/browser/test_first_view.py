"""What a phone loads first: little, from us alone, and nothing that an in-app browser lacks."""

import gzip
import re
import urllib.request
from urllib.parse import urljoin

import pytest

from tests.browser.document_fields import choose_kind
from tests.fixtures.patience import PATIENCE_SECONDS

FIRST_VIEW_MAX_BYTES = 60_000
PAGES = ["/", "/check", "/privacy", "/trips", "/about", "/places"]
# as it stands in WeChat on Android, whose engine may be as old as Chrome 66
WECHAT = (
    "Mozilla/5.0 (Linux; Android 8.1; PAR-AL00) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/66.0.3359.126 MQQBrowser/6.2 TBS/044807 Mobile Safari/537.36 "
    "MMWEBID/7220 MicroMessenger/7.0.10.1580(0x27000A59) NetType/WIFI Language/zh_CN"
)
NEEDED = (
    r"getUserMedia|serviceWorker|PushManager|Notification\b|"
    r"\.webmanifest|\bdownload=|<video|capture="
)


def fetch(url, **headers):
    """Return the bytes that cross the wire, and the headers."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return response.read(), response.headers


def parts(page, url):
    """Return the addresses of everything that a page loads."""
    found = re.findall(r'(?:src|href)="([^"]*/bundle/[^"]*)"', page)
    return {urljoin(url, address) for address in found}


@pytest.mark.parametrize("path", PAGES)
def test_the_first_view_is_under_60_kb_with_all_its_parts(service, path):
    page, _ = fetch(f"{service.url}{path}?lang=zh-Hans")
    addresses = parts(gzip.decompress(page).decode(), service.url)
    assert addresses
    assert len(page) + sum(len(fetch(one)[0]) for one in addresses) < FIRST_VIEW_MAX_BYTES


def test_styles_scripts_and_public_pages_are_sent_compressed(service):
    page, headers = fetch(f"{service.url}/check")
    assert headers["Content-Encoding"] == "gzip"
    for address in parts(gzip.decompress(page).decode(), service.url):
        _, headers = fetch(address)
        assert ("gzip", "Accept-Encoding") == (headers["Content-Encoding"], headers["Vary"])
        plain, headers = fetch(address, **{"Accept-Encoding": "identity"})
        assert headers["Content-Encoding"] is None
        assert plain


def test_an_answer_is_never_compressed(service, people):
    data = "&".join(f"{k}={v}" for k, v in people.general.as_form().items() if k != "name")
    request = urllib.request.Request(
        f"{service.url}/check", f"{data}&name=ANY+PERSON".encode(), {"Accept-Encoding": "gzip, br"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        assert response.headers["Content-Encoding"] is None
        assert "no-transform" in response.headers["Cache-Control"]


def test_nothing_needs_a_camera_a_download_push_or_installation(service):
    for path in PAGES:
        page, _ = fetch(f"{service.url}{path}", **{"User-Agent": WECHAT})
        text = gzip.decompress(page).decode()
        for address in parts(text, service.url):
            if address.endswith(".js"):
                text += fetch(address, **{"Accept-Encoding": "identity"})[0].decode()
        assert [] == re.findall(NEEDED, text)
        assert not re.search(r'rel="(?:manifest|preload|modulepreload)"|type="module"', text)


def test_the_check_works_inside_wechat(page_of, show):
    page = page_of(java_script_enabled=True, user_agent=WECHAT, is_mobile=True, has_touch=True)
    show(page, "close", "zh-Hans")
    assert "您被列为密切接触者" == page.inner_text("#result")
    show(page, "unlisted", "zh-Hans")
    assert "未查到同行记录" == page.inner_text("#result")


def test_an_old_browser_is_told_that_the_form_works_in_it(page_of, show):
    page = page_of(java_script_enabled=True, user_agent=WECHAT)
    page.add_init_script("delete window.BigInt")
    show(page, "form", "en")
    assert "Your browser is an older one" in page.inner_text("main")
    show(page, "close", "en")
    assert page.is_visible("#result")


@pytest.mark.parametrize("scripts", [True, False])
def test_other_browsers_are_told_nothing_of_it(page_of, show, scripts):
    page = page_of(java_script_enabled=scripts)
    show(page, "form", "en")
    assert "Your browser is an older one" not in page.inner_text("main")


def test_number_fields_take_an_x_and_forgive_spaces_and_full_width_forms(page_of, service, people):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    number = page.locator("#id_number")
    assert ("text", "text", "characters", "off") == tuple(
        number.get_attribute(name)
        for name in ("type", "inputmode", "autocapitalize", "autocomplete")
    )
    choose_kind(page, "passport")
    page.evaluate(
        """([number, typed]) => {  // as a paste arrives
          document.querySelector(number).focus();
          document.execCommand('insertText', false, typed);
        }""",
        ["#id_number", "ｘ０００ 00０１7 "],
    )
    page.fill("#name", " silva ana　mueller ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result")
    assert "You are listed" in page.inner_text("#result")
