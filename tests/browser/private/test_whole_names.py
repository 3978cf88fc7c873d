"""A name that may not be whole, in the browser: asked about once, taken when somebody says so."""

BOX = "[data-whole-name]"


def ask(page, number, name):
    page.fill("#id_number", number)
    page.fill("#name", name)
    page.click("[data-check-here]")


def test_a_name_is_asked_about_once_and_taken_as_it_is(private_page):
    page = private_page()
    page.fill("#id_number", "X00000017")
    page.fill("#name", "Silva")
    assert not page.is_visible(BOX)
    page.click("[data-check-here]")
    page.wait_for_selector(".govuk-error-summary")
    assert "Enter both the family name and the given names" in page.inner_text("main")
    page.check("#whole_name")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")


def test_what_was_said_of_a_name_counts_for_no_other_one(private_page):
    page = private_page()
    ask(page, "X00000017", "Silva")
    page.check("#whole_name")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")
    page.click("[data-correct]")
    page.fill("#name", "A. Silva")
    assert page.is_checked("#whole_name")
    page.click("[data-check-here]")
    page.wait_for_selector(".govuk-error-summary")
    assert not page.is_checked("#whole_name")
    page.check("#whole_name")
    page.click(".gauge-choices summary")
    page.click("a[data-page-version][lang=zh-Hans]")
    page.wait_for_selector("html[lang=zh-Hans] [data-check-here]:enabled")
    assert page.is_checked("#whole_name")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")


def test_the_question_goes_with_its_cause(private_page):
    page = private_page()
    ask(page, "0123456701", "王")
    page.wait_for_selector(".govuk-error-summary")
    page.check("input[name=id_type][value=other]")
    page.click("[data-check-here]")
    page.wait_for_selector(BOX)
    page.fill("#name", "王小明")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")


def test_a_name_in_neither_script_is_not_looked_up_alone(private_page):
    page = private_page()
    page.fill("#id_number", "M01234567")  # of a permit, and of a passport that bears such a name
    page.fill("#name", "김민수")
    page.evaluate("document.querySelector('#whole_name').checked = true")
    page.click("[data-check-here]")
    page.wait_for_selector(".govuk-error-summary")
    assert "Enter the name in Latin letters" in page.inner_text("main")
    page.check("input[name=id_type][value=other]")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")


def test_words_beside_a_name_are_asked_about(private_page):
    page = private_page()
    ask(page, "X001", "旅客张伟")
    page.wait_for_selector(".govuk-error-summary")
    assert "other words beside the name" in page.inner_text("main")


def test_a_letter_for_a_digit_is_asked_about_until_the_kind_is_chosen(private_page):
    page = private_page()
    ask(page, "HO1234567", "舒小满")
    page.wait_for_selector(".govuk-error-summary")
    assert 1 == page.locator(".govuk-error-summary li").count()
    assert "letter O or I" in page.inner_text("#id_number-error")
    page.check("input[name=id_type][value=hk_mo_permit]")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")
