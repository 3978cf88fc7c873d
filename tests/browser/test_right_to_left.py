"""A fourth language is one catalogue: here an invented one, right to left and a half longer.

Its texts are the English ones in letters of Arabic, so that nothing reads as a real translation.
"""

import re
import shutil
import threading

import pytest
from babel.messages.pofile import read_po, write_po
from werkzeug.serving import make_server

from app import i18n, languages
from app.i18n import compile_translations
from app.languages import TRANSLATIONS
from app.server.application import create_application
from app.settings import read_settings
from tests.browser.test_citizen import UNFOLD

TAG = "ar"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
PLACEHOLDER = re.compile(r"(%\(\w+\)s)")
STATES = [
    *["home", "form", "mistakes", "close", "unlisted", "family", "family_mistakes"],
    *["trip_form", "trip_listed", "trip_unknown"],
]
WIDE = """() => {
  const page = document.documentElement;
  const shown = (e) => !e.closest('.govuk-visually-hidden, .govuk-skip-link')
    && getComputedStyle(e).position !== 'absolute';
  const outside = ({ left, right }) => left < -1 || right > page.clientWidth + 1;
  const spilt = [...document.querySelectorAll('body *')]
    .filter((e) => shown(e) && outside(e.getBoundingClientRect()));
  return [page.scrollWidth - page.clientWidth, spilt.map((e) => e.outerHTML.slice(0, 80))];
}"""


def pseudo(text: str) -> str:
    """Return a text in the invented language, a half longer, with its placeholders."""
    parts = [
        part if PLACEHOLDER.fullmatch(part) else part.lower().translate(LETTERS)
        for part in PLACEHOLDER.split(text)
    ]
    return "".join(parts) + " " + "صضطظ " * (len(text) // 10)


@pytest.fixture(scope="module")
def translated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages") / "translations"
    shutil.copytree(TRANSLATIONS, folder)
    target = folder / TAG / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=TAG)
    for message in catalogue:
        if message.id:
            message.string = pseudo(str(message.id))
    with (target / "messages.po").open("wb") as file:
        write_po(file, catalogue)
    compile_translations(folder)
    return folder


@pytest.fixture(scope="module")
def rtl_service(translated, published, tmp_path_factory):
    """The service in this process, with four languages."""
    patch = pytest.MonkeyPatch()
    patch.setattr(i18n, "TRANSLATIONS", translated)
    patch.setattr(languages, "TRANSLATIONS", translated)
    i18n.native_name.cache_clear()
    languages.languages.cache_clear()
    languages.whole_languages.cache_clear()
    app = create_application(
        read_settings(
            index_dir=str(published.index),
            keys_dir=str(published.web_keys),
            state_dir=str(tmp_path_factory.mktemp("state")),
            database_url=f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}",
            hotline="12320",
            demo=1,
        )
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    patch.undo()
    i18n.native_name.cache_clear()
    languages.languages.cache_clear()
    languages.whole_languages.cache_clear()


@pytest.mark.parametrize("state", STATES)
def test_nothing_spills_from_right_to_left_with_the_largest_text(page_of, show, rtl_service, state):
    page = page_of(width=320, java_script_enabled=True, bypass_csp=True)
    show(page, state, TAG, rtl_service)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert (TAG, "rtl") == (page.get_attribute("html", "lang"), page.get_attribute("html", "dir"))
    page.eval_on_selector_all("details", UNFOLD)
    assert [0, []] == page.evaluate(WIDE)


def test_the_page_is_mirrored(page_of, show, rtl_service):
    page = page_of(java_script_enabled=True)
    show(page, "close", TAG, rtl_service)
    style = "(name) => getComputedStyle(document.querySelector('.gauge-result'))[name]"
    assert "0px" == page.evaluate(style, "borderLeftWidth")
    assert 8 < float(page.evaluate(style, "borderRightWidth").removesuffix("px"))
    mark = page.locator(".gauge-header__mark").bounding_box()
    assert mark["x"] > 195
    show(page, "form", TAG, rtl_service)
    page.click("[data-kinds] summary")
    label = page.locator(".govuk-radios__label").first.bounding_box()
    box = page.locator(".govuk-radios__input").first.bounding_box()
    assert box["x"] > label["x"] + label["width"] / 2


def test_every_text_of_a_page_is_in_the_fourth_language(page_of, show, rtl_service):
    page = page_of()
    show(page, "form", TAG, rtl_service)
    words = page.inner_text("main")
    assert [] == re.findall(r"[A-Za-z]{3,}", words)
    assert page.locator(f"nav a[hreflang={TAG}]").count() == 0
    assert len(languages.languages()) == page.locator(".gauge-choices li").count()


def test_numbers_are_read_from_left_to_right(page_of, show, rtl_service, people):
    page = page_of(java_script_enabled=True)
    show(page, "close", TAG, rtl_service)
    page.click(".gauge-echo summary")
    lefts = [box.bounding_box()["x"] for box in page.locator(".gauge-typed__number span").all()]
    assert sorted(lefts[:2]) == lefts[:2]
