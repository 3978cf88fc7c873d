"""Up to six people on one form, each answered apart on one page."""

import re

import pytest
from stdnum.cn.ric import calc_check_digit


def household(*people, **more):
    """The form that these people fill in, in this order."""
    form = dict(more)
    for place, person in enumerate(people, start=1):
        suffix = "" if place == 1 else f"_{place}"
        form |= {f"{field}{suffix}": value for field, value in person.as_form().items()}
    return form


def ask(client, *people, **more):
    return client.post("/check?lang=en", data=household(*people, **more))


def main_of(page):
    return re.sub(r"\s+", " ", page.text.split("<main")[1].split("</main>")[0])


def test_each_person_is_answered_apart_in_the_order_typed(client, people):
    text = main_of(ask(client, people.unlisted, people.close, people.general))
    ids = re.findall(r'id="(person-\d|result-\d)"', text)
    expected = ["person-1", "result-1", "person-2", "result-2", "person-3", "result-3"]
    assert expected == ids
    results = re.findall(r'id="result-\d"[^>]*>(?:<svg.*?</svg>)?([^<]*)<', text)
    close, general = "Listed as a close contact", "Listed as a general contact"
    assert ["No record of a shared trip", close, general] == results


def test_the_page_says_first_whether_anyone_is_listed(client, people):
    text = main_of(ask(client, people.unlisted, people.close))
    assert "Listed as a contact: 1 of 2 entries</h1>" in text
    assert text.index('id="overview"') < text.index('id="person-1"')
    nobody = main_of(ask(client, people.unlisted, people.wrong_name))
    assert "No record of a shared trip for any of 2 entries" in nobody


def test_a_person_who_stands_twice_is_two_entries(client, people):
    text = main_of(ask(client, people.close, people.unlisted, people.close))
    assert "2 of 3 entries" in text


def test_adding_a_person_brings_the_form_back_with_one_more_row(client, people):
    page = client.post("/check?lang=en", data={**people.close.as_form(), "step": "add"})
    assert 200 == page.status_code
    assert f'value="{people.close.id_number}"' in page.text
    assert 'name="name_2"' in page.text
    assert 'name="name_3"' not in page.text
    assert 'formaction="/check?lang=en#person-3"' in page.text


def test_nobody_is_added_beyond_six(client, people):
    page = ask(client, *[people.close] * 6, step="add")
    assert 6 == len(re.findall(r'name="name(?:_\d)?"', page.text))
    assert 'value="add"' not in page.text


@pytest.mark.parametrize(("most", "field"), [(6, "name_7"), (2, "name_3"), (6, "name_0")])
def test_a_form_with_more_people_than_admitted_is_refused_whole(client_of, people, most, field):
    client = client_of(people_per_form=most)
    page = client.post("/check", data={**people.close.as_form(), field: "A"})
    assert 400 == page.status_code


def test_a_mistake_in_one_row_loses_no_other(client, people):
    page = client.post(
        "/check?lang=en", data={**household(people.close, people.general), "name_2": ""}
    )
    assert 422 == page.status_code
    for value in (people.close.id_number, people.close.name, people.general.id_number):
        assert f'value="{value}"' in page.text
    assert '<a href="#name_2">Person 2: Enter the name' in re.sub(r">\s+", ">", page.text)


def test_a_row_left_blank_is_left_out(client, people):
    blank = {"id_type_2": "resident", "id_number_2": " ", "name_2": ""}
    text = main_of(client.post("/check?lang=en", data={**people.close.as_form(), **blank}))
    assert "person-2" not in text
    assert 'id="result"' in text


def test_two_names_of_each_person_are_checked_listed_and_corrected(client, people):
    both = people.general.with_han_name("安娜")
    text = main_of(ask(client, people.unlisted, both))
    assert "1 of 2 entries" in text
    assert "Person 2 · 安娜" in re.sub(r"</?span[^>]*>", "", text)
    assert f'name="name_latin_2" value="{both.name_latin}"' in text


def test_a_household_is_corrected_as_a_whole(client, people):
    text = main_of(ask(client, people.close, people.unlisted))
    form = re.search(r'action="/check\?lang=en">(.*?)</form>', text).group(1)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    blank = dict.fromkeys(("name_latin", "name_latin_2", "whole_name", "whole_name_2"), "")
    assert household(people.close, people.unlisted, **blank) == hidden
    assert 'name="step" value="correct"' in form
    page = client.post("/check?lang=en", data={**hidden, "step": "correct"})
    assert f'value="{people.unlisted.name}"' in page.text
    assert "isted as a" not in page.text


def test_everybody_counts_for_the_network(client_of, people):
    client = client_of(network_checks=3)
    assert 200 == ask(client, people.close, people.unlisted).status_code
    assert 429 == ask(client, people.close, people.unlisted).status_code


def test_names_tried_are_counted_for_each_document(client_of, people):
    client = client_of(names_per_document=1)
    assert 429 == ask(client, people.close, people.wrong_name).status_code


def test_asking_again_for_the_whole_family_tries_no_more_names(client_of, people):
    client = client_of(names_per_document=1)
    family = [people.close, people.general, people.unlisted]
    assert {200} == {ask(client, *family).status_code for _ in range(5)}


def test_answers_of_households_differ_in_nothing_that_an_observer_sees(client, people):
    pages = [
        ask(client, *pair)
        for pair in (
            (people.close, people.general),
            (people.unlisted, people.close),
            (people.unlisted, people.wrong_name),
        )
    ]
    assert 1 == len({(page.status, len(page.data), str(page.headers)) for page in pages})
    titles = [re.findall(r"<title>(.*) –", page.text)[0] for page in pages]
    listed = [f"Listed as a contact: {number} of 2 entries" for number in (2, 1)]
    assert [*listed, "No record of a shared trip for any of 2 entries"] == titles


def test_six_people_with_long_names_fit_into_the_form(client):
    number = "9900001980010112"
    form = {}
    for place in range(1, 7):
        suffix = "" if place == 1 else f"_{place}"
        seventeen = f"{number}{place}"
        form[f"id_type{suffix}"] = "resident"
        form[f"id_number{suffix}"] = seventeen + calc_check_digit(f"{seventeen}0")
        form[f"name{suffix}"] = "名" * 199 + "字"  # no name twice
    assert 200 == client.post("/check", data=form).status_code
