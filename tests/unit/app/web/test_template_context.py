import re
from datetime import UTC, date, datetime

import pytest
from flask import render_template_string

from app.languages import languages, whole_languages
from app.services import current_services
from app.web.template_context import moment_words


@pytest.mark.parametrize(
    ("language", "expected", "one_day"),
    [
        ("en", "5 February 2020 08:00 (Beijing time)", "5 February 2020"),
        ("zh-Hans", "2020年2月5日 08:00（北京时间）", "2020年2月5日"),
        ("zh-Hant", "2020年2月5日 08:00（北京時間）", "2020年2月5日"),
    ],
)
def test_times_and_days_are_written_as_the_language_does(
    app_of, published, language, expected, one_day
):
    template = "{% from 'coverage.html' import days with context %}{{ days(day, day) }}"
    with app_of(published).test_request_context(f"/?lang={language}"):
        assert expected == moment_words(datetime(2020, 2, 5, tzinfo=UTC))
        assert one_day == render_template_string(template, day=date(2020, 2, 5))


def test_a_time_of_another_zone_has_its_difference_from_utc(app_of, published):
    with app_of(published, timezone="Asia/Urumqi").test_request_context("/?lang=en"):
        assert "5 February 2020 06:00 (UTC+06:00)" == moment_words(datetime(2020, 2, 5, tzinfo=UTC))


WEEKDAYS = {
    "en": ["Wednesday 5 February 2020", "5 February 2020"],
    "zh-Hans": ["2020年2月5日（星期三）", "2020年2月5日"],
    "zh-Hant": ["2020年2月5日（星期三）", "2020年2月5日"],
}


@pytest.mark.parametrize("language", WEEKDAYS)
def test_a_day_that_asks_for_something_has_its_weekday(app_of, published, language):
    template = "{{ day | weekday }}|{{ day | short_day }}"
    with app_of(published).test_request_context(f"/?lang={language}"):
        words = render_template_string(template, day=date(2020, 2, 5))
        assert WEEKDAYS[language] == words.split("|")


@pytest.mark.parametrize(
    ("language", "form"), [("en", "{day} December {year}"), ("zh-Hans", "12月{day}日")]
)
def test_chinese_leaves_out_the_year_of_a_day_of_this_year(app_of, published, language, form):
    with app_of(published).test_request_context(f"/?lang={language}"):
        this_year = current_services().settings.today().year
        words = render_template_string("{{ day | short_day }}", day=date(this_year, 12, 2))
    assert form.format(day=2, year=this_year) == words


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "path", ["/check", "/trips", "/corrections", "/corrections/new", "/trips/watch/stop"]
)
def test_an_error_has_one_colon(client, path, language):
    rules = {
        rule.rule for rule in client.application.url_map.iter_rules() if "POST" in rule.methods
    }
    path = next(rule for rule in rules if rule.endswith(path))
    page = client.post(f"{path}?lang={language}", data={"id_type": ""})
    [*hidden] = re.findall(r'hidden">([^<]*)</span>', page.text)
    assert (422, True) == (page.status_code, bool(hidden))
    assert [] == [text for text in hidden if re.search("[:：][:：]", text)]


def test_the_demo_and_switched_off_limits_are_loud(client_of):
    page = client_of(demo=1, limits="off").get("/?lang=en").text
    assert "Demonstration:" in page
    assert "Limits are off" in page


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", ["/", "/check", "/privacy", "/q/forged", "/nothing"])
def test_every_page_offers_every_language(client, path, language):
    page = client.get(f"{path}?lang={language}").text
    assert f'lang="{language}" aria-current="true"' in page
    links = re.findall(r'<(?:a|button)[^>]* lang="([\w-]+)"', page)
    assert {*languages()} - {language} == {*links}


def test_pages_of_staff_offer_the_languages_that_hold_their_texts(client_of):
    page = client_of(counter="on").get("/counter?lang=en").text
    assert len(whole_languages()) - 1 == page.count("hreflang=")


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "path", ["/check", "/trips", "/trips/watch", "/trips/watch/stop", "/corrections"]
)
def test_a_mistake_is_announced_with_one_colon(client, path, language):
    fields = {"mode": "train", "number": "", "date": "", "phone": "110"}
    if path == "/trips/watch":  # of a trip that is known to be one
        fields |= {"number": "G1", "date": datetime.now(UTC).date().isoformat()}
    page = client.post(f"{path}?lang={language}", data=fields).text
    announced = re.findall(r'govuk-visually-hidden">([^<]*[:：])</span>', page)
    assert announced
    assert not [words for words in announced if re.search("[:：]{2}", words)]
