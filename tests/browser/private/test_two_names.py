"""Two names on one document, checked in the browser: found under either, alike on the way."""

import pytest

from tests.browser.document_fields import choose_kind, fill_other_name

OTHER_NAME = "Only one name was checked"
MISTAKES = [
    ("passport", "X00000017", "舒小满", ""),  # a passport needs the name in Latin letters
    ("resident", "99000019800101123X", "", "Shu Xiaoman"),
    ("passport", "Ana Silva", "", "X00000017"),  # each in the other's field
    ("passport", "X0000*17", "", "Ana"),
    ("passport", "PASSPORT", "未知", "N/A"),
    ("other", "X1", "张*伟", "1234567"),
    ("passport", "", "", ""),
    ("", "X00000017", "舒小满", ""),  # found to be a passport
    ("", "990000198001011", "舒小满", ""),  # found to be a resident's, but for its length
    ("", "0123456701", "舒小满", ""),  # of a kind that must be chosen
]


@pytest.fixture
def type_names():
    """Type a document with the names that it bears."""

    def type_all(page, id_type, number, name, name_latin, suffix=""):
        if name_latin:  # before number and kind, which may be one of a card with one name
            fill_other_name(page, name_latin, suffix)
        page.fill(f"#id_number{suffix}", number)
        page.fill(f"#name{suffix}", name)
        if id_type:
            choose_kind(page, id_type, suffix)

    return type_all


@pytest.fixture
def answer_to(private_page, type_names):
    """Check a document with its names privately; return what the page says."""

    def answered(*fields):
        page = private_page()
        type_names(page, *fields)
        page.click("[data-check-here]")
        page.wait_for_selector("#result")
        return page.inner_text("main")

    return answered


@pytest.mark.parametrize(
    ("name", "name_latin"),
    [("舒小满", "Ana Müller-Silva"), ("", "SILVA/ANA MUELLER"), ("舒小满 Ana Müller-Silva", "")],
)
def test_who_is_listed_under_one_of_two_names_is_found(answer_to, people, name, name_latin):
    listed = people.general
    assert "You are listed" in answer_to(listed.id_type, listed.id_number, name, name_latin)


@pytest.mark.parametrize(
    ("id_type", "name", "name_latin", "told"),
    [
        ("passport", "", "Bo Unlisted", True),
        ("hk_mo_permit", "舒小满", "", True),
        ("passport", "舒小满", "Bo Unlisted", False),
        ("passport", "舒小满 Bo Unlisted", "", False),
    ],
)
def test_not_found_under_one_name_says_to_try_the_other(answer_to, id_type, name, name_latin, told):
    answer = answer_to(id_type, "X00000033", name, name_latin)
    assert "No record of a shared trip" in answer
    assert told == (OTHER_NAME in answer)


def test_a_resident_card_bears_one_name(answer_to, people):
    unlisted = people.unlisted
    assert OTHER_NAME not in answer_to("resident", unlisted.id_number, unlisted.name, "")


@pytest.mark.parametrize("fields", MISTAKES)
def test_mistakes_are_told_as_the_service_tells_them(
    page_of, private_service, private_page, type_names, fields
):
    page = private_page()
    type_names(page, *fields)
    page.click("[data-check-here]")
    plain = page_of()
    plain.goto(f"{private_service.url}/check?lang=en")
    type_names(plain, *fields)
    with plain.expect_navigation(wait_until="load"):
        plain.click("main noscript button >> nth=0")
    words = ".govuk-error-summary, .govuk-error-message"
    assert plain.locator(words).all_inner_texts() == page.locator(words).all_inner_texts()
    marked = "input.govuk-input--error"
    ids = "inputs => inputs.map(input => input.id)"
    assert plain.eval_on_selector_all(marked, ids) == page.eval_on_selector_all(marked, ids)


def test_one_name_and_two_send_as_much(private_page, type_names, people):
    lengths = []
    for name in ("", "舒小满"):
        page = private_page()
        type_names(page, "passport", people.general.id_number, name, "Ana Silva")
        sent = []
        page.on("request", lambda request, sent=sent: sent.append(request))
        page.click("[data-check-here]")
        page.wait_for_selector("#result")
        page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in sent]  # waits for each answer
        lengths.append([(each["requestBodySize"], each["responseBodySize"]) for each in sizes])
    assert lengths[0] == lengths[1]
    assert (105, 169) in lengths[0]
