"""GET and POST /trips: a form without script, and answers that nobody can confuse."""

import re
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.query.trips.suggestions import one_slip_from
from app.services import EXTENSION

LISTED = {"number": "g1234", "date": "2020-01-22"}
HELD = {"number": "G1234", "date": "2020-01-23"}
UNKNOWN = {"number": "G1234", "date": "2020-01-24"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def post(client):
    def post(language="en", **fields):
        return client.post(f"/trips?lang={language}", data=fields)

    return post


@pytest.mark.parametrize(
    ("fields", "heading", "kind"),
    [
        (LISTED, "A confirmed case travelled on this trip", "exposed"),
        (HELD, "No case on this trip has been published so far", "not_found"),
        (UNKNOWN, "We have no information about this trip", "incomplete"),
    ],
)
def test_three_answers_differ_in_words_colour_and_shape(post, fields, heading, kind):
    page = post(**fields).text
    assert heading in page
    assert [f"gauge-result--{kind}"] == [
        f"gauge-result--{one}"
        for one in ("exposed", "not_found", "incomplete")
        if f"gauge-result--{one}" in page
    ]


def test_the_three_shapes_are_three(post):
    shapes = {
        post(**fields).text.split('class="gauge-mark"')[1].split("</svg>")[0]
        for fields in (LISTED, HELD)
    }
    assert 3 == len(
        shapes | {post(**UNKNOWN).text.split('class="gauge-mark"')[1].split("</svg>")[0]}
    )


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "fields", [{}, HELD, UNKNOWN, {"number": "G1243", "date": "2020-01-22"}, {"number": "1" * 99}]
)
def test_no_number_of_a_trip_reads_as_that_of_a_document(post, language, fields):
    page = post(language, **fields).text
    assert not re.findall("(?<!证件|手机|證件|手機)(?:号码|號碼)", page)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_who_is_not_found_is_asked_for_no_second_number(client, people, language):
    page = client.post(f"/check?lang={language}", data=people.unlisted.as_form()).text
    assert re.search("只填[车車]次或航班[号號]和日期", page)


def test_what_was_published_stands_on_the_page(post):
    page = unescape(post(**LISTED).text)
    for words in ("12F, 12D", "汉口", "09:30", "27 January 2020", "22 January 2020"):
        assert words in page
    assert 'href="https://example.org/notice/7"' in page


def test_a_source_that_is_no_address_is_no_link(post):
    page = post(number="CZ3013", date="2020-01-21").text
    assert "某某日报" in page
    assert "noreferrer" not in page


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_manifest_held_never_sounds_like_an_all_clear(post, language):
    page = post(language, **HELD).text
    warning = {"zh-Hans": "不等于", "zh-Hant": "不等", "en": "This is not the same as no risk."}
    assert warning[language] in page
    assert "/check" in page


def test_a_suggestion_is_a_button_that_leads_to_its_answer(post):
    page = post(**UNKNOWN).text
    assert 'name="trip" value="train 2020-01-22 G1234"' in page
    page = post(trip="train 2020-01-22 G1234").text
    assert "A confirmed case travelled on this trip" in page


def test_a_plate_is_asked_about_among_vehicles_with_plates(post):
    page = post(number="鄂A·1D453", date="2020-01-22").text
    assert "Choose whether this was a taxi, a bus or a coach" in page
    options = page.split("<select")[1].split("</select>")[0]
    assert ["", "taxi", "bus", "coach"] == re.findall('value="([a-z]*)"', options)


def test_a_day_to_come_is_said_to_be_one(post, client):
    day = client.application.extensions[EXTENSION].settings.today() + timedelta(days=3)
    assert "This date is in the future" in post(number="G1", date=day.isoformat()).text


def test_an_address_may_name_a_trip(client):
    page = client.get("/trips?lang=en&mode=train&number=G1234&date=2020-01-22").text
    assert "A confirmed case travelled on this trip" in page


def test_an_address_with_a_mode_alone_shows_the_form(client):
    page = client.get("/trips?lang=en&mode=flight")
    assert 200 == page.status_code
    assert '<option value="flight" selected>' in page.text


def test_a_number_of_a_train_and_a_bus_asks_which(post):
    page = post(number="K12", date="2020-01-21")
    assert 422 == page.status_code
    assert "Choose whether this was a train" in page.text
    assert 'value="bus"' in page.text
    assert 'value="ship"' not in page.text


def test_what_was_typed_can_be_corrected(post):
    page = post(step="correct", **LISTED, mode="train")
    assert 200 == page.status_code
    assert 'value="G1234"' in page.text


@pytest.mark.parametrize("field", ["number", "date"])
def test_a_fault_is_named_at_its_field(post, field):
    page = post(**{**LISTED, field: ""})
    assert 422 == page.status_code
    assert f'href="#{field}"' in page.text


def test_a_form_of_another_site_is_refused(client):
    reply = client.post("/trips", data=LISTED, headers={"Sec-Fetch-Site": "cross-site"})
    assert 403 == reply.status_code


def test_pages_of_trips_are_counted_like_others(client_of):
    client = client_of(network_pages=1)
    assert 200 == client.post("/trips", data=LISTED).status_code
    assert 429 == client.post("/trips", data=LISTED).status_code
    assert 429 == client.get("/api/v1/trips", query_string=LISTED).status_code


def test_without_an_index_there_is_no_answer(app_of, published, tmp_path):
    client = app_of(published, index_dir=str(tmp_path / "none")).test_client()
    assert 503 == client.post("/trips", data=LISTED).status_code
    assert 200 == client.get("/trips").status_code


@pytest.mark.parametrize("body", [b"number=%ff", b"number=1&number=2", b"a" * 9000, b"\xff\xfe"])
def test_a_body_that_is_no_form_is_refused(client, body):
    assert client.post("/trips", data=body, headers=FORM).status_code in (400, 413, 422)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    mode=st.one_of(st.text(max_size=9), st.sampled_from(["", "train", "flight", "taxi"])),
    number=st.text(max_size=70),
    day=st.one_of(st.text(max_size=30), st.dates().map(str)),
)
def test_no_text_leads_to_a_fault_of_ours(client, mode, number, day):
    query = {"mode": mode, "number": number, "date": day}
    assert client.get("/api/v1/trips", query_string=query).status_code in (200, 422)
    assert client.post("/trips", data=query).status_code in (200, 400, 422)


@given(st.from_regex("[GZ][0-9]{1,4}", fullmatch=True))
def test_a_digit_left_out_or_too_many_is_one_slip_away(number):
    for at in range(1, len(number)):
        shorter = number[:at] + number[at + 1 :]
        assert number in set(one_slip_from(shorter))
        assert shorter in set(one_slip_from(number))
