"""Help places, contacts for a weakness, the source: read whole or refused without quoting them."""

import pytest

from app.settings import SettingsInvalid, read_settings
from app.settings.help import HelpPlace
from app.settings.texts import text_in

PLACE = (
    '[[places]]\nname = "甲"\nhours = "9–17"\n[places.address]\nen = "1 Road"\nzh-Hans = "路1号"\n'
)


def test_places_are_read_from_a_file(tmp_path):
    file = tmp_path / "places.toml"
    file.write_text(PLACE, "utf-8")
    (place,) = read_settings(help_places=str(file)).help_places
    assert (
        HelpPlace(name={"": "甲"}, address={"en": "1 Road", "zh-Hans": "路1号"}, hours={"": "9–17"})
        == place
    )


def test_places_stand_in_the_file_of_all_settings_too(tmp_path, monkeypatch):
    file = tmp_path / "gauge.toml"
    file.write_text(PLACE.replace("places", "help_places"), "utf-8")
    monkeypatch.setenv("GAUGE_CONFIG", str(file))
    assert ["甲"] == [text_in(place.name, "en") for place in read_settings().help_places]


def test_an_empty_list_is_none(monkeypatch):
    monkeypatch.setenv("GAUGE_HELP_PLACES", "")
    assert () == read_settings().help_places


@pytest.mark.parametrize(
    "content",
    [
        "= hidden-word",
        PLACE.replace("hours", "hidden_word"),
        PLACE.replace("[[places]]", "[[hidden_word]]"),
        PLACE.replace("9–17", ""),
        PLACE + "[places.hidden-word]\na = 1\n",
        f"{PLACE}telephone = 5\n",
    ],
)
def test_a_file_that_is_no_list_of_places_is_refused(tmp_path, content):
    file = tmp_path / "places.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(SettingsInvalid, match="GAUGE_HELP_PLACES") as raised:
        read_settings(help_places=str(file))
    assert "hidden" not in str(raised.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SettingsInvalid, match="GAUGE_HELP_PLACES"):
        read_settings(help_places=str(tmp_path / "hidden-word"))


@pytest.mark.parametrize(
    "contact", ["security@example.org", "http://example.org", "mailto:hidden-word", "javascript:x"]
)
def test_a_contact_is_an_address_that_a_browser_opens(contact):
    with pytest.raises(SettingsInvalid, match="GAUGE_SECURITY_CONTACT") as raised:
        read_settings(security_contact=contact)
    assert contact not in str(raised.value)


@pytest.mark.parametrize("name", ["source_url", "security_languages"])
def test_no_line_break_reaches_a_page_or_file(name):
    with pytest.raises(SettingsInvalid, match=f"GAUGE_{name.upper()}"):
        read_settings(**{name: "zh\nContact: mailto:a@b"})
