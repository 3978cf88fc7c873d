"""What the data behind an answer leave out is said in each language: diseases and unread rows."""

import json
from dataclasses import replace

import pytest
from flask import render_template_string
from markupsafe import Markup

from app.answer_pages.coverage import data_views
from app.checks.response_body import answer_body
from app.checks.response_schema import CheckAnswer
from exposure_index.lookup.result import LookupResult
from tests.unit.app.answer_pages.test_view_model import MANIFEST

TIMES = dict.fromkeys(("built_at", "valid_until", "oldest_source"), "2020-02-01T04:00:00Z")
LEFT_OUT = replace(
    MANIFEST,
    unruled=("measles", "west-nile"),
    document=TIMES,
    coverage=[
        {"mode": "flight", "operator": "Example Air", "unread": 12},
        {"mode": "train", "operator": "示例铁路", "unread": "1-4"},
        {"mode": "", "operator": "", "legs": 0, "gaps": [], "unread": 7},
        {"mode": "coach", "operator": "Example Coaches", "unread": 0},
    ],
)
WORDS = {
    "en": (
        "Cases of measles, west-nile are not in these data. People who travelled with such a case",
        "Flight · Example Air 12 entries could not be read. People listed only in them",
        "Train · 示例铁路 Up to 4 entries could not be read.",
        "Passenger lists 7 entries could not be read.",
    ),
    "zh-Hans": (
        "本数据不含麻疹、west-nile病例。",
        "名单中有12条记录无法读取，其中的人员查不到。",
        "名单中有少数记录（不超过4条）无法读取",
        "乘客名单 名单中有7条记录",
    ),
    "zh-Hant": (
        "本資料不含麻疹、west-nile個案。",
        "名單中有12筆紀錄無法讀取，其中的人查不到。",
        "名單中有少數紀錄（不超過4筆）無法讀取",
        "乘客名單 名單中有7筆紀錄",
    ),
}


def data_shown(app, language, manifest):
    template = "{% from 'coverage.html' import data_age with context %}{{ data_age(data) }}"
    with app.test_request_context(f"/?lang={language}"):
        return Markup(render_template_string(template, data=data_views([manifest]))).striptags()  # noqa: S704


@pytest.mark.parametrize("language", WORDS)
def test_what_is_left_out_is_said_in_each_language(app_of, published, language):
    text = data_shown(app_of(published), language, LEFT_OUT)
    assert [] == [words for words in WORDS[language] if words not in text]


def test_nothing_is_said_where_nothing_is_left_out(app_of, published):
    text = data_shown(app_of(published), "en", MANIFEST)
    assert "Cases of" not in text
    assert "could not be read" not in text


@pytest.mark.parametrize("unread", [None, "", "12", -1, True, [], {}])
def test_unread_rows_of_another_shape_are_borne(unread):
    [data] = data_views([replace(MANIFEST, coverage=[{"mode": "flight", "unread": unread}])])
    assert (0, False) == (data.coverage[0].unread, data.coverage[0].few_unread)


def test_the_answer_of_the_api_names_the_diseases_of_each_index():
    result = LookupResult("not_found", 0, 0, (LEFT_OUT, replace(MANIFEST, document=TIMES)))
    body = json.loads(answer_body(result))
    answer = CheckAnswer.model_validate(body)
    assert [["measles", "west-nile"], []] == [item.unruled for item in answer.index]
