def test_the_first_page_says_what_to_do_first(checker):
    page = checker.page()
    assert (200, True) == (page.status_code, "three steps to the first one" in page.text)
