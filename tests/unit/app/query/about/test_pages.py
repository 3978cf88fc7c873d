"""/about, /places and /share: the same for everybody, and nothing of anybody."""

import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
EXAMPLE = Path(__file__).parents[5] / "examples" / "help_places.toml"


def test_the_page_about_the_service_says_who_runs_it_and_whom_to_tell(client_of):
    page = client_of(
        authority_name="Example Authority",
        security_contact="mailto:security@example.org",
        source_url="https://example.org/source",
    )
    text = page.get("/about?lang=en").text
    for part in (
        "What is a close contact?",
        "The service is run by Example Authority.",
        'href="tel:12320"',
        'href="mailto:security@example.org"',
        ">security@example.org<",
        'href="https://example.org/source"',
        "Apache License 2.0",
    ):
        assert part in text


def test_what_is_not_configured_is_not_promised(client):
    text = client.get("/about?lang=en").text
    assert "found a weakness" not in text
    assert "Read the source" not in text
    assert "/places" not in text


@pytest.mark.parametrize("path", ["/", "/check", "/trips", "/privacy"])
def test_every_page_leads_to_the_page_about_the_service(client, path):
    assert 'href="/about?lang=en"' in client.get(f"{path}?lang=en").text


@pytest.mark.parametrize("path", ["/", "/check"])
def test_pages_lead_to_the_places_where_there_are_some(client_of, path):
    assert (
        'href="/places?lang=en"' in client_of(help_places=str(EXAMPLE)).get(f"{path}?lang=en").text
    )


def test_an_answer_leads_to_them_whoever_it_is_about(client_of, people):
    client = client_of(help_places=str(EXAMPLE))
    for person in (people.close, people.unlisted):
        page = client.post("/check?lang=en", data=person.as_form()).text
        main = page.split("<main")[1].split("</main>")[0]
        assert 1 == main.count('href="/places?lang=en"')


def test_a_private_answer_leads_to_them_too(app_of, published_privately):
    app = app_of(published_privately, help_places=str(EXAMPLE))
    assert 1 == app.test_client().get("/check/private?lang=en").text.count('"/places?lang=en"')


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Hubin Community Health Station"),
        ("zh-Hans", "湖滨社区卫生服务站"),
        ("zh-Hant", "湖濱社區衛生服務站"),
    ],
)
def test_places_are_told_in_the_language_of_the_reader(client_of, language, expected):
    page = client_of(help_places=str(EXAMPLE)).get(f"/places?lang={language}").text
    assert expected in page
    assert 'href="tel:00008800101"' in page


def test_a_place_with_one_text_for_all_is_told_to_everybody(client_of):
    place = '[{"name": "甲<b>", "address": "乙路1号", "hours": "9–17"}]'
    client = client_of(help_places=place)
    for language in LANGUAGES:
        page = client.get(f"/places?lang={language}").text
        assert "甲&lt;b&gt;" in page
        assert "乙路1号" in page


def test_without_places_the_reader_is_told_to_call(client):
    page = client.get("/places?lang=en").text
    assert "No places are listed here." in page
    assert 'href="tel:12320"' in page


def test_the_public_address_is_shared_where_it_is_known(client_of):
    client = client_of(base_url="https://check.example.org")
    page = client.get("/share?lang=en", headers={"Host": "elsewhere.example"}).text
    assert 'href="https://check.example.org/"' in page
    assert "elsewhere" not in page


def test_without_it_the_address_that_the_reader_has_is_shared(client):
    page = client.get("/share?lang=en", headers={"Host": "192.0.2.7:8000"}).text
    assert ">http://192.0.2.7:8000</a>" in page


def test_the_shared_code_is_of_the_start_page_and_nothing_else(client_of):
    page = client_of(base_url="https://check.example.org").get("/share?lang=en&x=Ana").text
    width = int(re.search(r'viewBox="0 0 (\d+) \d+" role="img"', page)[1])
    picture = Image.new("L", (width, width), 255)
    for x, y, dark in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", page):
        picture.paste(0, (int(x), int(y), int(x) + int(dark), int(y) + 1))
    codes = zxingcpp.read_barcodes(picture.resize((8 * width, 8 * width)))
    assert ["https://check.example.org/"] == [code.text for code in codes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/about", "/places", "/share"])
def test_a_page_is_headed_as_its_title_says(client_of, path, language):
    page = client_of(help_places=str(EXAMPLE)).get(f"{path}?lang={language}").text
    heading = page.split('<h1 class="govuk-heading-l">')[1].split("</h1>")[0]
    assert f"<title>{heading} – " in page
