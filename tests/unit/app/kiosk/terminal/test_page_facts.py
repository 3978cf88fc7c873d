"""The words of a kiosk's page: every name that its scripts use has words, in every language."""

import json
import re
from pathlib import Path

import pytest

from app.languages import whole_languages

SCRIPTS = Path(__file__).resolve().parents[5] / "frontend" / "scripts" / "kiosk" / "ui"
LITERAL = re.compile(r'\bsay\(\s*"(\w+)"|\? "(\w+)" : "(\w+)"\)|\bleave\(view, "(\w+)"')
PREFIX = re.compile(r"\bsay\(\s*`(\w+_)\$\{|`((?:notice|reason)_\w*_?)\$\{")


@pytest.fixture
def facts(client):
    page = client.get("/kiosk").text
    return json.loads(re.search(r"data-kiosk-facts>(.*?)</script>", page, re.DOTALL)[1])


def names_in(pattern):
    found = (pattern.finditer(file.read_text("utf-8")) for file in SCRIPTS.rglob("*.ts"))
    return {name for matches in found for match in matches for name in match.groups() if name}


def test_every_name_that_a_screen_says_has_words(facts):
    words = facts["languages"][0]["words"]
    assert set() == names_in(LITERAL) - set(words) - {"C", "F", "L", "M"}


def test_every_family_of_names_that_a_screen_says_has_words(facts):
    words = facts["languages"][0]["words"]
    prefixes = names_in(PREFIX)
    assert prefixes
    assert [] == [one for one in prefixes if not any(name.startswith(one) for name in words)]


def test_every_language_of_the_service_is_there_at_once(facts):
    assert list(whole_languages()) == [one["tag"] for one in facts["languages"]]
    assert 1 == len({frozenset(one["words"]) for one in facts["languages"]})


def test_each_language_has_its_own_words(facts):
    heads = {one["words"]["ready"] for one in facts["languages"]}
    assert len(facts["languages"]) == len(heads)


def test_places_of_values_stand_in_every_language(facts):
    for name, text in facts["languages"][0]["words"].items():
        places = sorted(re.findall(r"\{\w+\}", text))
        for other in facts["languages"][1:]:
            assert places == sorted(re.findall(r"\{\w+\}", other["words"][name])), name


def test_no_word_of_wait_tells_why(facts):
    why = re.compile(
        "fever|contact|case|trip|exposure|发热|接触|病例|行程|發燒|接觸|病例", re.IGNORECASE
    )
    for one in facts["languages"]:
        assert not why.search(one["words"]["word_wait"] + one["words"]["word_wait_line"])


def test_a_kiosk_without_javascript_says_so_in_every_language(client, facts):
    page = client.get("/kiosk").text
    unscripted = page[page.index("<noscript>") : page.index("</noscript>")]
    assert all(one["words"]["without_script"] in unscripted for one in facts["languages"])


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_visitors_form_has_no_address_to_send_to(client, language):
    page = client.get(f"/visit?lang={language}").text
    form = re.search(r"<form[^>]*>", page)[0]
    assert "action" not in form
    assert 'autocomplete="off"' in form


def test_the_visitors_page_says_what_to_do_without_javascript(client):
    page = client.get("/visit?lang=en").text
    unscripted = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "type at the kiosk" in unscripted
