"""Several trips on one form: each answered for itself, the worst first, each counted."""

import re

import pytest

from app.services import EXTENSION
from exposure_index.files.index_directory import build_directory

LISTED = ("G1234", "2020-01-22")
HELD = ("G1234", "2020-01-23")
UNKNOWN = ("G1234", "2020-01-24")
BUS_OR_TRAIN = ("K12", "2020-01-21")
CASE = "A confirmed case travelled on this trip"
NO_CASE = "No case on this trip has been published so far"
NOTHING = "We have no information about this trip"


def form_of(*trips):
    fields = {}
    for place, (number, day) in enumerate(trips, start=1):
        ending = "" if place == 1 else f"_{place}"
        fields |= {f"number{ending}": number, f"date{ending}": day}
    return fields


@pytest.fixture
def post(client):
    def post(*trips, **fields):
        return client.post("/trips?lang=en", data={**form_of(*trips), **fields})

    return post


def title_of(page):
    return re.search("<title>(.*?) – ", page)[1]


def sections_of(page):
    """Return verdict by trip, as the page heads them."""
    return re.findall(r'<h3 class="govuk-heading-m" id="result-(\d)">.*?</svg>([^<]*)</h3>', page)


def test_each_trip_is_answered_in_its_order(post):
    page = post(UNKNOWN, LISTED, HELD).text
    assert [("1", NOTHING), ("2", CASE), ("3", NO_CASE)] == sections_of(page)


@pytest.mark.parametrize(
    ("trips", "title"),
    [
        ((LISTED, HELD), "A confirmed case travelled on 1 of your 2 trips"),
        ((UNKNOWN, LISTED, LISTED), "A confirmed case travelled on 2 of your 3 trips"),
        ((HELD, HELD), "No case on these trips has been published so far"),
        ((HELD, UNKNOWN), "Some of these trips cannot be answered"),
        ((UNKNOWN, UNKNOWN), "Some of these trips cannot be answered"),
        ((LISTED,), CASE),
        ((HELD,), NO_CASE),
        ((UNKNOWN,), NOTHING),
    ],
)
def test_the_title_and_first_heading_are_what_they_come_to(post, trips, title):
    page = post(*trips).text
    assert title == title_of(page)
    assert title == re.search(r"<h1[^>]*>.*?</svg>([^<]*)</h1>", page)[1]


def test_each_trip_stands_in_the_overview_with_a_link_to_its_answer(post):
    page = post(LISTED, UNKNOWN).text
    for place, words in (("1", CASE), ("2", NOTHING)):
        assert re.search(rf'href="#result-{place}">[^<]*G1234[^<]*</a> <span>{words}</span>', page)


def test_no_id_stands_twice(post):
    page = post(LISTED, UNKNOWN, ("G1243", "2020-01-22"), HELD).text
    ids = re.findall(r' id="([^"]*)"', page)
    assert sorted(set(ids)) == sorted(ids)


def test_one_more_row_keeps_what_was_typed(post):
    page = post(LISTED, HELD, step="add").text
    assert ["G1234", "G1234", ""] == re.findall(
        r'name="number[_0-9]*" type="text" .*?value="([^"]*)"', page
    )
    assert 'id="number_3"' in page
    assert 'id="date_3" name="date_3" type="date" value="2020-01-23"' in page
    assert re.search(r'id="number_3"[^>]* autofocus', page)


def test_six_trips_are_as_many_as_a_form_has(post):
    page = post(*[LISTED] * 6, step="add")
    assert (200, False) == (page.status_code, "Add another trip" in page.text)
    assert 400 == post(*[LISTED] * 7).status_code


def test_the_first_row_is_for_today_and_an_empty_one_asks_nothing(client, post):
    today = client.application.extensions[EXTENSION].settings.today().isoformat()
    assert f'type="date" value="{today}"' in client.get("/trips?lang=en").text
    page = post(LISTED, ("", today))
    assert (200, CASE) == (page.status_code, title_of(page.text))


def test_a_fault_is_named_with_its_trip_and_at_its_field(post):
    page = post(LISTED, ("hello", "2020-02-30"))
    assert 422 == page.status_code
    assert 'href="#date_2">Trip 2: Enter a real date' in page.text
    assert "Trip 1:" not in page.text


def test_the_means_of_transport_is_asked_for_in_its_row_alone(post):
    page = post(LISTED, BUS_OR_TRAIN).text
    first, second = re.findall(r"<select.*?</select>", page, re.DOTALL)
    assert "ship" in first
    assert ["", "train", "bus"] == re.findall('value="([a-z]*)"', second)
    assert 'href="#mode_2"' in page


def test_a_suggestion_takes_the_place_of_its_own_trip_only(post):
    page = post(LISTED, UNKNOWN).text
    assert '<input type="hidden" name="place" value="2">' in page
    page = post(LISTED, UNKNOWN, place="2", trip="train 2020-01-23 G1234").text
    assert [("1", CASE), ("2", NO_CASE)] == sections_of(page)


@pytest.mark.parametrize("place", ["0", "3", "x", "", "99999999999999999999"])
def test_a_suggestion_for_no_row_is_refused(post, place):
    assert 400 == post(LISTED, UNKNOWN, place=place, trip="train 2020-01-23 G1234").status_code


def test_all_can_be_changed_at_once(post):
    page = post(LISTED, HELD, step="correct")
    assert (200, 2) == (page.status_code, page.text.count('value="G1234"'))
    assert "Please correct this" not in page.text


def test_each_trip_counts_as_a_request(client_of):
    client = client_of(network_pages=4)
    assert 200 == client.post("/trips", data=form_of(LISTED, HELD, UNKNOWN)).status_code
    assert 429 == client.post("/trips?lang=en", data=form_of(LISTED, HELD)).status_code


def test_a_form_that_is_only_made_longer_counts_once(client_of):
    client = client_of(network_pages=2)
    for _ in range(2):
        page = client.post("/trips", data={**form_of(*[LISTED] * 5), "step": "add"})
        assert 200 == page.status_code


def test_a_list_that_is_damaged_answers_none_of_them(app_of, own_deployment):
    client = app_of(own_deployment).test_client()
    file = build_directory(own_deployment.index) / "trips.idx"
    file.chmod(0o600)
    with file.open("r+b") as target:
        target.write(b"\0\0\0\0")
    assert 503 == client.post("/trips", data=form_of(LISTED, HELD)).status_code
