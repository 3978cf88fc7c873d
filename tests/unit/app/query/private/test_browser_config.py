"""What the browser is given to check privately; the pattern of the answer page."""

import gzip
import json
import re
from datetime import date

import pytest
from flask import render_template_string

from app.answer_pages.placeholders import Placeholder

PARTS, PLACES = "/check/private", "/check/private/places"
INDEX = re.compile(r'<script type="application/json" data-private-index>(.*?)</script>', re.DOTALL)
FACTS = re.compile(r'<script type="application/json" data-private-facts>(.*?)</script>', re.DOTALL)


@pytest.fixture
def private_client(app_of, published_privately):
    return app_of(published_privately).test_client()


def facts(response):
    return json.loads(FACTS.search(response.text)[1])


def test_the_form_offers_the_private_check_where_the_index_has_one(client, private_client):
    assert "data-private=" in private_client.get("/check").text
    assert "data-private=" not in client.get("/check").text


def test_without_buckets_there_is_nothing_to_give(client):
    assert 503 == client.get(PARTS).status_code


def test_whose_signatures_count_is_told(private_client, published_privately):
    config = facts(private_client.get(PARTS))
    trust = json.loads((published_privately.web_keys / "trust.json").read_text())
    assert {published_privately.authority: trust} == config["trust"]
    assert [] == config["missing"]


@pytest.mark.parametrize(("language", "word"), [("en", "Flight"), ("zh-Hans", "航班")])
def test_words_are_in_the_language_of_the_page(private_client, language, word):
    for _ in range(2):  # the second time they are taken from memory
        config = facts(private_client.get(f"{PARTS}?lang={language}"))
        assert language == config["language"]
    assert word == config["words"]["modes"]["flight"]


def test_a_new_build_is_told_at_once(app_of, own_private_deployment):
    app = app_of(own_private_deployment)
    before = facts(app.test_client().get(PARTS))["builds"]
    build = own_private_deployment.publish(private=True)
    app.extensions["gauge"].reloader.reload()
    assert ([build], True) == (facts(app.test_client().get(PARTS))["builds"], before != [build])


def test_the_manifests_come_along_as_they_are_signed(private_client):
    told = json.loads(INDEX.search(private_client.get(PARTS).text)[1])
    assert private_client.get("/api/v1/index").json == told
    assert told["manifests"][0]["signatures"]


def test_from_and_to_of_published_trips_come_by_themselves(private_client):
    build = facts(private_client.get(PARTS))["builds"][0]
    train = {"G1234": ["汉口", "北京西"], "Z11": ["长沙", "沈阳北"], "Z14": ["长沙", "沈阳北"]}
    answer = private_client.get(PLACES)
    assert {build: {"2020-01-22 train": train}} == answer.json
    assert "no-cache" == answer.headers["Cache-Control"]


def test_they_are_those_of_the_present_build(app_of, own_private_deployment):
    app = app_of(own_private_deployment)
    build = own_private_deployment.publish(private=True, trips=False)
    app.extensions["gauge"].reloader.reload()
    assert {build: {}} == app.test_client().get(PLACES).json


def test_without_buckets_nobody_asks_for_them(client):
    assert 503 == client.get(PLACES).status_code


def test_it_is_compressed_where_the_browser_takes_it(private_client):
    small = private_client.get(PARTS, headers={"Accept-Encoding": "gzip"})
    assert "gzip" == small.headers["Content-Encoding"]
    assert private_client.get(PARTS).data == gzip.decompress(small.data)
    assert len(small.data) < 15_000


def test_names_stand_in_place_of_values(app_of, published):
    template = (
        "{% from 'placeholders.html' import when, unless, each %}"
        "{% call(one, place) each(trips) %}{{ place }}:{{ one.day | day }} "
        "{% call when(one.number) %}{{ one.number }}{% endcall %}"
        "{% call unless(one.number) %}-{% endcall %}{% endcall %}"
    )
    days = [{"day": date(2020, 2, 1), "number": "<G1>"}, {"day": date(2020, 2, 2), "number": ""}]
    with app_of(published).test_request_context("/?lang=en"):
        plain = render_template_string(template, trips=days)
        pattern = render_template_string(template, trips=Placeholder("trips"))
    assert "1:1 February 2020 &lt;G1&gt;2:2 February 2020 -" == plain
    assert (
        '<template data-each="trips">⟦trips[]#⟧:⟦trips[].day|day⟧ '
        '<template data-when="trips[].number">⟦trips[].number⟧</template>'
        '<template data-unless="trips[].number">-</template></template>'
    ) == pattern
