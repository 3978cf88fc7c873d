"""The verdict is what an answer begins with: title, focus, first words, first screen."""

import json

import pytest

from app.languages import languages
from tests.browser.conftest import lead_to_trip
from tests.fixtures.deployments import new_deployment
from tests.fixtures.observed_people import publish_observed

VERDICTS = {
    "close": "You are listed as a close contact",
    "general": "You are listed as a general contact",
    "nameless": "Observation ended on ",
    "unlisted": "No record of a shared trip",
    "incomplete": "The answer is incomplete",
}
PHONE_HEIGHT = 640
AUTHORITY = json.dumps(
    {
        "zh-Hans": "示例市疾病预防控制中心",
        "zh-Hant": "示例市疾病預防控制中心",
        "en": "Example City Centre for Disease Control and Prevention",
    }
)
PLACED = """() => Object.fromEntries(
  ['h1', '.gauge-call', 'main li'].map((selector) => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return [selector, [box.top, box.bottom]];
  }))"""
FIRST_WORDS = "document.querySelector('main').innerText.trim().split('\\n')[0].trim()"
LINES_OF_NUMBER = """() => {
  const number = document.createRange();
  number.selectNodeContents(document.querySelector('.gauge-hotline bdi'));
  return number.getClientRects().length;
}"""
LONGEST_DATE = """() => {
  const texts = document.createTreeWalker(document.querySelector('h1'), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    text.data = text.data.replace(/[A-Z][a-z]+day/, 'Wednesday')
      .replace(/[0-9]+ [A-Z][a-z]+ (?=20)/, '30 September ');
  }
}"""  # a verdict may name a day, and has to fit on each
FOCUSED = "document.activeElement === document.querySelector('h1')"


@pytest.fixture(scope="module")
def observed(tmp_path_factory):
    deployment = new_deployment(tmp_path_factory.mktemp("observed"))
    publish_observed(deployment)
    return deployment


@pytest.fixture(scope="module")
def whole(start_module_service, observed):
    """A demo with a name and a telephone of realistic length."""
    told = {"GAUGE_HOTLINE": "0551-62612320", "GAUGE_AUTHORITY_NAME": AUTHORITY}
    return start_module_service(observed, {"GAUGE_DEMO": "1", **told})


@pytest.fixture(scope="module")
def partial(start_module_service, observed, tmp_path_factory):
    """The same of two authorities, of which one has no index now."""
    several = tmp_path_factory.mktemp("several")
    (several / "west").mkdir()
    (several / "east").symlink_to(observed.index)
    told = {"GAUGE_HOTLINE": "0551-62612320", "GAUGE_AUTHORITY_NAME": AUTHORITY}
    return start_module_service(
        observed, {"GAUGE_DEMO": "1", "GAUGE_INDEX_DIR": str(several), **told}
    )


def post(page, url, fields):
    """Send a form as one without scripts is sent; the page that sends it shows nothing of it."""
    page.goto(url)
    with page.expect_navigation(wait_until="load"):
        page.evaluate(
            """(fields) => {
              const form = document.createElement('form');
              Object.assign(form, { method: 'post', action: location.href });
              for (const [name, value] of Object.entries(fields)) {
                form.append(Object.assign(document.createElement('input'), { name, value }));
              }
              document.body.append(form);
              form.submit();
            }""",
            fields,
        )


@pytest.fixture
def answer(page_of, whole, partial, people):
    """Open the answer about one of the people on a small phone, by the service itself."""

    def open_answer(who, language="en", **options):
        page = page_of(java_script_enabled=True, bypass_csp=True, **options)
        page.set_viewport_size({"width": options.get("width", 360), "height": PHONE_HEIGHT})
        service = partial if who == "incomplete" else whole
        person = people.unlisted if who == "incomplete" else getattr(people, who)
        post(page, f"{service.url}/check?lang={language}", person.as_form())
        return page

    return open_answer


@pytest.mark.parametrize("who", VERDICTS)
def test_the_verdict_is_title_focus_and_first_words(answer, who):
    page = answer(who)
    verdict = page.inner_text("h1")
    assert verdict.startswith(VERDICTS[who])
    assert f"{verdict} – Contact Gauge" == page.title()
    assert verdict == page.evaluate(FIRST_WORDS)
    assert page.evaluate(FOCUSED)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("who", VERDICTS)
def test_verdict_call_and_first_step_are_on_the_first_screen(answer, who, language):
    page = answer(who, language, width=360)
    places = page.evaluate(PLACED)
    assert 0 == page.evaluate("scrollY")
    assert {} == {name: place for name, place in places.items() if place[1] > PHONE_HEIGHT}
    tops = [places[name][0] for name in ("h1", ".gauge-call", "main li")]
    assert sorted(tops) == tops
    button = page.locator(".gauge-call").bounding_box()
    assert 0.9 * 360 <= button["width"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("who", VERDICTS)
def test_with_the_largest_text_the_verdict_is_on_the_first_screen(answer, who, language):
    page = answer(who, language, width=320)
    page.add_style_tag(content="html { font-size: 200% !important }")
    page.evaluate(LONGEST_DATE)
    page.evaluate("scrollTo(0, 0)")
    assert PHONE_HEIGHT >= page.evaluate(PLACED)["h1"][1]
    assert page.evaluate(LINES_OF_NUMBER) <= 2
    assert 0 == page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("who", ["close", "general", "nameless", "unlisted"])
def test_so_it_is_where_the_browser_answers(page_of, whole, people, who):
    page = page_of(java_script_enabled=True, width=360)
    page.set_viewport_size({"width": 360, "height": PHONE_HEIGHT})
    page.goto(f"{whole.url}/check?lang=en")
    page.wait_for_selector("[data-check-here]:enabled")
    person = getattr(people, who)
    page.fill("#id_number", person.id_number)
    page.fill("#name", person.name)
    page.locator(f"input[name=id_type][value={person.id_type}]").evaluate("(e) => e.click()")
    page.click("[data-check-here]")
    page.wait_for_selector("h1#result")
    verdict = page.inner_text("h1")
    assert verdict.startswith(VERDICTS[who])
    assert f"{verdict} – Contact Gauge" == page.title()
    assert page.evaluate(FOCUSED)
    places = page.evaluate(PLACED)
    assert {} == {name: place for name, place in places.items() if place[1] > PHONE_HEIGHT}


@pytest.mark.parametrize("language", languages())
def test_of_a_trip_too_verdict_call_and_first_step_are_on_the_first_screen(
    page_of, whole, language
):
    page = page_of(width=360)
    page.set_viewport_size({"width": 360, "height": PHONE_HEIGHT})
    lead_to_trip(page, whole.url, "trip_listed", language)
    places = page.evaluate(PLACED)
    assert {} == {name: place for name, place in places.items() if place[1] > PHONE_HEIGHT}
    tops = [places[name][0] for name in ("h1", ".gauge-call", "main li")]
    assert sorted(tops) == tops


@pytest.mark.parametrize("language", languages())
def test_a_start_page_says_on_its_first_screen_that_a_part_is_missing(page_of, partial, language):
    page = page_of(width=360)
    page.set_viewport_size({"width": 360, "height": PHONE_HEIGHT})
    page.goto(f"{partial.url}/?lang={language}")
    button, heading = (
        page.locator(each).bounding_box() for each in ("main .govuk-button", "#missing")
    )
    assert button["y"] + button["height"] < heading["y"]
    assert PHONE_HEIGHT >= heading["y"] + heading["height"]
    assert 1 == page.locator("#missing svg").count()


def test_close_and_general_contact_differ_in_shape_and_edge_and_first_step(answer):
    seen = []
    for who in ("close", "general"):
        page = answer(who)
        edge = "getComputedStyle(document.querySelector('.gauge-result')).borderLeftStyle"
        shape = page.locator("h1 svg path").first.get_attribute("d")
        seen.append((page.evaluate(edge), shape, page.inner_text("main li >> nth=0")))
    for one, other in zip(*seen, strict=True):
        assert one != other


def test_old_steps_are_folded_away_and_can_be_opened(answer):
    page = answer("nameless")
    step = page.get_by_text("Stay at home for now, and keep apart")
    assert page.get_by_text("Please still call").is_visible()
    assert not step.is_visible()
    page.click("main summary >> nth=0")
    assert step.is_visible()


def test_of_a_household_verdict_and_everybody_are_on_the_first_screen(page_of, whole, people):
    page = page_of(width=360, java_script_enabled=True, bypass_csp=True)
    page.set_viewport_size({"width": 360, "height": PHONE_HEIGHT})
    family = enumerate((people.unlisted, people.close, people.general), start=1)
    fields = {
        name if place == 1 else f"{name}_{place}": text
        for place, person in family
        for name, text in person.as_form().items()
    }
    post(page, f"{whole.url}/check?lang=en", fields)
    assert "Listed as a contact: 2 of 3 entries" == page.inner_text("h1")
    assert page.evaluate(FOCUSED)
    last = page.locator(".gauge-result li >> nth=2")
    assert "general contact" in last.inner_text()
    box = last.bounding_box()
    assert PHONE_HEIGHT >= box["y"] + box["height"]
