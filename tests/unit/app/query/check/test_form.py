import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app.answer_pages.render import TEMPLATES_EXTENSION
from app.services import EXTENSION
from tests.fixtures.deployments import STILL_OBSERVED


def post(client, person, query="", **kwargs):
    return client.post(f"/check{query}", data=person.as_form(), **kwargs)


def main_of(response) -> str:
    return re.sub(r"\s+", " ", response.text.split("<main")[1].split("</main>")[0])


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [
        ("", "zh-Hans", "填写查询信息"),
        ("?lang=zh-Hant", "zh-Hant", "填寫查詢資料"),
        ("?lang=en", "en", "Check a document"),
    ],
)
def test_the_form_speaks_the_language_asked_for(client, query, language, words):
    page = client.get(f"/check{query}")
    assert f'<html lang="{language}" dir="ltr"' in page.text
    assert words in page.text


def test_the_language_travels_on_links_and_on_the_form(client):
    page = client.get("/check?lang=en").text
    assert 'action="/check?lang=en"' in page
    assert 'href="/privacy?lang=en"' in page


def test_the_browser_language_is_taken_where_none_is_asked_for(client):
    page = client.get("/check", headers={"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"})
    assert 'lang="zh-Hant"' in page.text
    assert "?lang=" not in re.findall(r'<form[^>]* action="([^"]*)"', page.text)[0]


def test_a_language_nobody_has_is_not_carried_along(client):
    assert "lang=tlh" not in client.get("/check?lang=tlh").text


def test_no_page_sets_a_cookie_or_holds_script_or_style_of_its_own(client, people):
    for page in (client.get("/"), client.get("/check"), post(client, people.close)):
        assert "Set-Cookie" not in page.headers
        assert page.text.count("<script") == page.text.count('<script defer src="/bundle/')
        assert " style=" not in page.text
        assert not re.search(r"\son[a-z]+=", page.text)


def test_number_field_takes_letters_and_is_not_kept_by_the_browser(client):
    field = re.search(r'<input[^>]*name="id_number"[^>]*>', client.get("/check").text)
    assert field is not None
    assert 'inputmode="text"' in field.group()
    assert 'autocomplete="off"' in field.group()
    assert 'autocapitalize="characters"' in field.group()
    assert 'spellcheck="false"' in field.group()


def test_name_field_can_be_filled_by_the_browser(client):
    assert re.search(r'name="name"[^>]*autocomplete="name"', client.get("/check").text)


def test_a_listed_person_is_told_what_to_do(client, people):
    text = main_of(post(client, people.close, "?lang=en"))
    for words in (
        "You are listed as a close contact",
        "This does not mean that you are infected.",
        "Stay at home for now",
        f"Until {STILL_OBSERVED:%A %d %B %Y}, take your temperature",
        "22 January 2020&nbsp;· Train G1234&nbsp;· carriage 8",
        "You were in the same carriage as the case",
        "Everyone in the carriage, and its crew.",
        "12320",
        "示例市疾病预防控制中心",
        "More trips are listed for you: 1.",
    ):
        assert words in text


def test_the_verdict_stands_first_and_what_was_entered_behind_what_to_do(client, people):
    page = post(client, people.close, "?lang=en")
    text = re.sub("</?span>", "", main_of(page))
    assert "<title>You are listed as a close contact – Contact Gauge</title>" in page.text
    places = [
        text.index(words)
        for words in (
            "You are listed as a close contact</h1>",
            'href="tel:12320"',
            "What to do now",
            "carriage 8</h3>",
            "You were in the same carriage as the case",
            "Everyone in the carriage",
            f"{people.close.name} · ",
            f">{people.close.id_number}<",
            "Data up to",
            "Checked on",
            "The data behind this answer",
        )
    ]
    assert sorted(places) == places


def test_what_was_entered_can_be_corrected(client, people):
    again = client.post("/check?lang=en", data={**people.close.as_form(), "step": "correct"})
    assert f'value="{people.close.id_number}"' in again.text
    assert "You are listed" not in again.text


@pytest.mark.parametrize(
    ("who", "title"),
    [
        ("general", "You are listed as a general contact"),
        ("nameless", "Observation ended on Wednesday 5 February 2020"),
        ("unlisted", "No record of a shared trip"),
    ],
)
def test_the_title_is_the_verdict(client, people, who, title):
    page = post(client, getattr(people, who), "?lang=en").text
    assert f"<title>{title} – Contact Gauge</title>" in page
    assert f"{title}</h1>" in page


def test_a_heading_breaks_between_its_phrases_and_the_title_has_none(client, people):
    page = post(client, people.close).text
    assert "您被列为<wbr>密切接触者</h1>" in page
    assert "<title>您被列为密切接触者 – " in page


def test_old_steps_are_folded_once_observation_has_ended(client, people):
    text = main_of(post(client, people.nameless, "?lang=en"))
    before, _, folded = text.partition("Steps while observation lasted, until 5 February 2020")
    assert "You were listed as a close contact." in before
    assert "Please still call, and name the trip below." in before
    assert "Stay at home for now" not in before
    assert "Stay at home for now" in folded


def test_a_number_without_check_digit_is_echoed_whole(client, people):
    for person, echoed in ((people.close, "9900…1234"), (people.general, "X00000017")):
        assert f'<bdi dir="ltr">{echoed}</bdi></span></summary>' in post(client, person).text


def test_a_general_contact_gets_milder_advice(client, people):
    text = main_of(post(client, people.general, "?lang=en"))
    assert "Stay at home for now if you can" in text
    assert "keep apart" not in text


@pytest.mark.parametrize("who", ["unlisted", "wrong_name"])
def test_not_found_promises_nothing(client, people, who):
    text = main_of(post(client, getattr(people, who), "?lang=en"))
    for words in (
        "No record of a shared trip",
        "Data up to",
        "This is not the same as no risk.",
        "A name that differs by one character is not found",
        "Ask again on",
        "Look up your trips too",
    ):
        assert words in text


def test_every_answer_tells_age_and_coverage_of_its_data(client, people):
    text = main_of(post(client, people.unlisted, "?lang=en"))
    for words in ("Oldest data from", "示例铁路", "No data for these days:", "5 January 2020"):
        assert words in text


@pytest.mark.parametrize("query", ["", "?lang=zh-Hant", "?lang=en"])
def test_answers_differ_in_nothing_that_an_observer_sees(client, people, query):
    pages = [
        post(client, who, query)
        for who in (people.close, people.general, people.unlisted, people.wrong_name)
    ]
    assert 1 == len({(page.status, len(page.data), str(page.headers)) for page in pages})
    resources = {tuple(re.findall(r'(?:src|href)="(/bundle[^"]*)"', page.text)) for page in pages}
    assert 1 == len(resources)
    assert 3 == len({re.findall(r"<title>.*</title>", page.text)[0] for page in pages})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id_number": ""}, "Enter the document number"),
        ({"id_number": "——"}, "must contain digits"),
        ({"id_number": "99000019800101"}, "18 digits"),
        ({"id_number": "990000198001011230"}, "has a mistake"),
        ({"name": ""}, "Enter the name"),
        ({"name": "名" * 10_000}, "too long"),
        ({"name": "\x00\x01🙂"}, "must contain letters"),
        ({"id_type": "", "id_number": "0123456701"}, "Choose the kind"),
        ({"id_type": "<b>"}, "Choose the kind"),
    ],
)
def test_a_mistake_is_told_twice_and_what_was_typed_is_kept(client, people, change, words):
    page = client.post("/check?lang=en", data={**people.close.as_form(), **change})
    assert 422 == page.status_code
    assert 2 == page.text.count(words)
    assert "<title>Correction needed:" in page.text
    assert "govuk-error-summary" in page.text
    if "name" not in change:
        assert f'value="{people.close.name}"' in page.text


@pytest.mark.parametrize("who", ["close", "general", "unlisted"])
def test_the_kind_of_document_is_found_where_none_is_chosen(client, people, who):
    person = getattr(people, who)
    chosen = post(client, person, "?lang=en")
    found = post(client, replace(person, id_type=""), "?lang=en")
    absent = client.post(
        "/check?lang=en", data={"id_number": person.id_number, "name": person.name}
    )
    assert found.data == absent.data
    assert main_of(chosen) == main_of(found).replace(
        'name="id_type" value=""', f'name="id_type" value="{person.id_type}"'
    )


def test_the_kinds_stand_folded_until_one_is_chosen_or_may_be_wrong(client, people):
    folded = "<details[^>]*data-kinds[^>]*>"
    page = client.get("/check?lang=en").text
    assert "open" not in re.search(folded, page)[0]
    for change in (
        {"id_type": "passport", "step": "correct"},
        {"id_type": "", "name": "Shu"},
        {"id_type": "", "id_number": "0123456701"},
    ):
        page = client.post("/check?lang=en", data={**people.close.as_form(), **change}).text
        assert re.search(folded, page)[0].endswith(" open>")


def test_number_and_name_stand_before_all_else(client):
    page = client.get("/check?lang=en").text
    fields = re.findall(r'<input[^>]*name="(\w+)"', page)
    assert ["id_number", "name", "whole_name", "name_latin", "id_type"] == list(
        dict.fromkeys(fields)
    )


WHOLE = "I have compared it"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ana (Silva)", "Leave out the brackets"),
        ("A. Silva", "Write every name out"),
        ("Silva", "Enter both the family name"),
        ("Ana Silva 2", "A name has no digits"),
        ("Ana Silva & Bo Ek", "one person’s name"),
        ("安", "not the family name alone"),
        ("安老师", "Leave out titles and other words"),
    ],
)
def test_a_name_that_is_perhaps_not_whole_is_asked_about_once(client, people, name, words):
    fields = {"id_type": "other", "id_number": people.general.id_number, "name": name}
    page = client.post("/check?lang=en", data=fields)
    assert (422, 2) == (page.status_code, page.text.count(words))
    assert re.search(r"data-whole-name>\s*<input[^>]*name=\"whole_name\"", page.text)
    said = html.unescape(re.search(r'name="whole_name" value="([^"]*)"', page.text)[1])
    taken = client.post("/check?lang=en", data={**fields, "whole_name": said})
    assert 200 == taken.status_code
    again = client.post("/check?lang=en", data={**fields, "name": f"{name}.", "whole_name": said})
    assert 422 == again.status_code  # of another name nothing was said


def test_nobody_is_asked_about_a_whole_name(client):
    assert "data-whole-name hidden>" in client.get("/check?lang=en").text


def test_what_was_said_of_a_name_stays_when_something_else_is_corrected(client, people):
    fields = {"id_number": "X1", "name": "Silva", "whole_name": "Silva|"}
    page = client.post("/check?lang=en", data=fields)
    assert 422 == page.status_code
    assert re.search(r'name="whole_name" value="Silva\|" checked', page.text)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_form(client):
    page = client.post("/check?lang=en", data={"id_type": "resident", "id_number": "1", "name": ""})
    summary = page.text.partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    assert ["id_number", "name"] == re.findall(r'href="#(\w+)"', summary)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "安娜"}, "Enter the name in Latin letters (A to Z)"),
        ({"name": "X00000017"}, "This looks like a document number"),
        ({"name_latin": "N/A"}, "This is no name"),
        ({"id_number": "Ana Silva"}, "This looks like a name"),
        ({"id_number": "X000*0017"}, "A document number cannot contain “*”"),
        ({"id_type": "resident", "id_number": "990000198001011234"}, "Enter the name in Chinese"),
    ],
)
def test_what_belongs_elsewhere_or_is_no_name_is_said(client, people, change, words):
    page = client.post("/check?lang=en", data={**people.general.as_form(), **change})
    assert (422, 2) == (page.status_code, page.text.count(words))


def test_somebody_is_found_under_either_name_and_both_stand_on_the_page(client, people):
    both = people.general.with_han_name("安娜")
    text = main_of(post(client, both, "?lang=en"))
    assert "You are listed as a" in text
    assert f"<dd>安娜</dd> <dd>{both.name_latin}</dd>" in text
    assert 'name="name_latin" value="Ana Müller-Silva"' in text


OTHER_NAME = "Only one name was checked."


def test_with_one_name_of_two_not_found_says_to_try_the_other(client, people):
    one = replace(people.general, name="Bo Ek")
    assert OTHER_NAME in main_of(post(client, one, "?lang=en"))
    assert OTHER_NAME not in main_of(post(client, one.with_han_name("安娜"), "?lang=en"))


def test_who_is_found_or_can_have_no_other_name_is_told_nothing_of_it(client, people):
    for person in (people.general, people.unlisted):
        assert OTHER_NAME not in main_of(post(client, person, "?lang=en"))


def test_answers_about_two_names_differ_in_nothing_that_an_observer_sees(client, people):
    both = people.general.with_han_name("安娜")
    pages = [post(client, who) for who in (both, replace(both, name_latin="Bo Ek"))]
    assert 1 == len({(page.status, len(page.data), str(page.headers)) for page in pages})


def test_a_missing_field_is_an_empty_one(client):
    assert 422 == client.post("/check", data={"name": "A"}).status_code


def test_markup_that_was_typed_is_shown_as_text(client):
    page = client.post(
        "/check",
        data={
            "id_type": "passport",
            "id_number": 'X001"><b>',
            "name": "<script>alert(1)</script>A",
        },
    )
    assert "<script>" not in page.text
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"id_type=passport&id_type=other&id_number=X1&name=A", None, 400),
        (b"id_type=passport&id_number=X1&name=\xff\xfe", None, 400),
        (b"id_type=passport&id_number=X1&name=%D6%D0", None, 400),
        (b"&".join(b"a%d=1" % n for n in range(40)), None, 400),
        (b"a=" + b"x" * 140_000, None, 413),
        (b"{}", "application/json", 415),
        (b"--x--", "multipart/form-data; boundary=x", 415),
        (b"", "", 415),
    ],
)
def test_what_the_form_never_sends_is_refused_as_a_page(client, body, content_type, status):
    kind = "application/x-www-form-urlencoded" if content_type is None else content_type
    page = client.post("/check?lang=en", data=body, content_type=kind)
    assert status == page.status_code
    assert "What you sent could not be read" in page.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
    ],
)
def test_a_form_of_another_site_is_refused(client, people, headers, status):
    assert status == post(client, people.close, headers=headers).status_code


def test_the_same_limits_hold_for_form_and_api(client_of, people):
    client = client_of(network_checks=2)
    assert 200 == post(client, people.unlisted).status_code
    assert 200 == client.post("/api/v1/checks", json=people.unlisted.as_form()).status_code
    page = post(client, people.unlisted, "?lang=en")
    assert (429, True) == (page.status_code, "One more step" in page.text)
    assert int(page.headers["Retry-After"]) > 0


def test_an_incomplete_answer_says_so(app_of, own_deployment, people, tmp_path):
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    (several / "b").mkdir()
    own_deployment.index = several
    client = app_of(own_deployment).test_client()
    text = main_of(post(client, people.unlisted, "?lang=en"))
    assert "The answer is incomplete" in text
    assert "A name that differs by one character is not found" in text
    assert "If you travelled with another document" in text
    assert "No record of a shared trip" not in text
    assert "Another health authority: the data are missing now." in text


def test_a_listed_person_is_told_what_is_missing_besides(app_of, own_deployment, people, tmp_path):
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    (several / "b").mkdir()
    own_deployment.index = several
    text = main_of(post(app_of(own_deployment).test_client(), people.close, "?lang=en"))
    assert "You are listed as a" in text
    assert "You may be listed for more trips than these." in text
    assert "Another health authority: the data are missing now." in text


def test_a_stale_index_makes_the_answer_incomplete_and_is_named(client_of, people):
    client = client_of(stale_after_hours=1)
    text = main_of(post(client, people.unlisted, "?lang=en"))
    assert "The answer is incomplete" in text
    assert "示例市疾病预防控制中心: the oldest source is too old." in text
    assert "You are listed as a" in main_of(post(client, people.close, "?lang=en"))


def test_the_rule_is_told_with_its_source(client, people):
    text = main_of(post(client, people.close, "?lang=en"))
    assert "Source of the rule" in text


def test_the_data_behind_an_answer_are_those_of_the_build_that_gave_it(
    app_of, own_deployment, people
):
    app = app_of(own_deployment)
    client = app.test_client()
    pages = [post(client, people.close, "?lang=en").text]
    own_deployment.publish(valid_for=timedelta(hours=30))
    app.extensions[EXTENSION].reloader.reload()
    pages += [post(client, people.close, "?lang=en").text for _ in range(2)]
    before, first, again = [page.partition("The data behind this answer")[2] for page in pages]
    assert (True, True) == (before != first, first == again)


def test_what_is_remembered_of_answer_pages_holds_nothing_of_anybody(app_of, published, people):
    app = app_of(published)
    client = app.test_client()
    for query in ("?lang=en", "?lang=zh-Hant", ""):
        post(client, people.close, query)
    frames = [made for made in app.extensions[TEMPLATES_EXTENSION].values() if type(made) is tuple]
    assert 3 == len(frames)
    for part in (part.decode() for frame in frames for part in frame):
        assert people.close.name not in part
        assert people.close.id_number not in part
        assert "gauge-result" not in part
