"""What a check waits for on a slow network: requests, bytes and round trips, never times.

`make bench-browser` prints the times of the demo at 50 kbit/s and two seconds a round trip.
"""

import re

import pytest

PAGE_MAX_BYTES = 14_000  # what a server sends before it must wait for the first acknowledgement
READY_MAX_BYTES = 100_000
CHECK_MAX_BYTES = 16_000  # of a small index
HEX = re.compile(r"[0-9a-f]{8,}")
FIELD, BUTTON = "#id_number", "[data-check-here]:enabled"
LOOK = """() => Array.from(
  document.querySelectorAll("header *, main h1, main label, main input, main button, footer p"),
  (part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    const { color, backgroundColor, fontSize } = getComputedStyle(part);
    return [part.tagName, x, y, width, height, color, backgroundColor, fontSize].join();
  },
)"""


def path_of(request):
    return HEX.sub("#", "/" + request.url.split("/", 3)[3])


@pytest.fixture
def form_of(page_of, private_service):
    """Begin to load the form; hold: addresses whose answers do not come."""

    def begin(hold=(), path="/check?lang=zh-Hans", **options):
        page = page_of(**options)
        for pattern in hold:
            page.route(pattern, lambda _: None)
        page.goto(f"{private_service.url}{path}", wait_until="commit")
        return page

    return begin


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_field_takes_what_is_typed_before_anything_but_the_page_has_come(
    form_of, scripts
):
    page = form_of(["**/bundle/*"], java_script_enabled=scripts)
    page.fill(FIELD, "990000198001011239")
    assert "990000198001011239" == page.input_value(FIELD)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/check?lang=zh-Hans", "/check?lang=en&text=large", "/trips?lang=en"]
)
def test_the_first_view_looks_as_it_does_when_all_has_come(form_of, path, scheme):
    options = {"java_script_enabled": True, "scheme": scheme, "path": path}
    early = form_of(["**/main.*.css"], **options)
    early.wait_for_selector("footer p")
    late = form_of(**options)
    late.wait_for_load_state("networkidle")
    assert late.evaluate("document.styleSheets.length") > early.evaluate(
        "document.styleSheets.length"
    )
    if path.startswith(
        "/check"
    ):  # in the same state: the text beside the button goes with the script
        early.wait_for_selector(BUTTON)
    looks = early.evaluate(LOOK)
    assert len(looks) > 10
    assert looks == late.evaluate(LOOK)


def test_the_page_comes_whole_before_a_server_must_wait(form_of):
    page = form_of(java_script_enabled=True)
    page.wait_for_load_state("load")  # one that is still being begun cannot be loaded anew
    with page.expect_request_finished(lambda each: is_page(path_of(each))) as finished:
        page.reload()
    assert PAGE_MAX_BYTES > sum_of(finished.value)


def is_page(path):
    return path.partition("?")[0] == "/check"


def sum_of(request):
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def test_what_a_private_check_is_made_of_is_asked_for_at_once(page_of, private_service):
    """Templates and manifests do not wait for the large script."""
    page = page_of(java_script_enabled=True)
    page.route("**/private.*.js", lambda _: None)
    with page.expect_request("**/check/private*"):
        page.goto(f"{private_service.url}/check", wait_until="commit")


def test_a_form_loads_six_parts_and_its_other_styles_behind_them(page_of, private_service):
    page = page_of(java_script_enabled=True)
    began, ended = [], []
    page.on("request", lambda request: began.append((path_of(request), len(ended))))
    page.on("requestfinished", lambda request: ended.insert(len(ended), request))
    page.goto(f"{private_service.url}/check")
    page.wait_for_selector(BUTTON)
    page.wait_for_load_state("networkidle")
    asked = {path for path, _ in began}
    assert {
        *("/check", "/check/private", "/check/private/places", "/bundle/icon.#.svg"),
        *(f"/bundle/{name}" for name in ("form.#.js", "private.#.js", "main.#.css")),
    } == asked
    before_styles = dict(began)["/bundle/main.#.css"]
    assert {"/check", "/bundle/form.#.js", "/bundle/private.#.js"} <= {
        path_of(request) for request in ended[:before_styles]
    }
    assert READY_MAX_BYTES > sum(map(sum_of, ended))


def test_behind_the_button_are_two_round_trips_and_few_bytes(private_page, check_here):
    page = private_page()
    ended = []
    page.on("requestfinished", lambda request: ended.insert(len(ended), request))
    check_here(page, "close")
    page.wait_for_load_state("networkidle")
    assert ["POST", "GET"] == [request.method for request in ended]
    assert CHECK_MAX_BYTES > sum(map(sum_of, ended))


def test_a_page_whose_form_was_loaded_before_waits_for_no_style_sheet(page_of, private_service):
    """Without scripts: what the form loaded behind its first view dresses the answer."""
    page = page_of()
    page.goto(f"{private_service.url}/check")
    page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(path_of(request)))
    with page.expect_navigation(wait_until="load"):
        page.click("main noscript button >> nth=0")
    sheets = page.locator("head link[rel=stylesheet]")
    assert 1 == sheets.count()
    cached = "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.css'))"
    assert [0] == page.evaluate(f"{cached}.map((one) => one.transferSize)")
