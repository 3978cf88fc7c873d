"""/.well-known/security.txt: contacts in their order, an end in the future, RFC 9116's fields."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.query.about.security_txt import PATH, security_lines
from app.settings import read_settings

CONTACTS = "mailto:security@example.org, https://example.org/report"


def fields(text):
    return [tuple(line.split(": ", 1)) for line in text.splitlines()]


def test_contacts_come_in_the_order_of_preference(client_of):
    reply = client_of(security_contact=CONTACTS).get(PATH)
    assert "text/plain; charset=utf-8" == reply.content_type
    assert ["mailto:security@example.org", "https://example.org/report"] == [
        value for name, value in fields(reply.text) if name == "Contact"
    ]


def test_it_names_each_other_field_once(client_of):
    client = client_of(security_contact=CONTACTS, base_url="https://check.example.org")
    found = dict(fields(client.get(PATH).text))
    assert f"https://check.example.org{PATH}" == found["Canonical"]
    assert "zh, en" == found["Preferred-Languages"]
    expires = datetime.fromisoformat(found["Expires"])
    assert timedelta(days=170) < expires - datetime.now(UTC) < timedelta(days=365)


def test_without_a_public_address_it_claims_none(client_of):
    assert "Canonical" not in client_of(security_contact=CONTACTS).get(PATH).text


@pytest.mark.parametrize(
    ("today", "expires"),
    [
        (date(2026, 1, 1), "2026-08-01T00:00:00Z"),
        (date(2026, 5, 31), "2026-12-01T00:00:00Z"),
        (date(2026, 6, 1), "2027-01-01T00:00:00Z"),
        (date(2026, 12, 31), "2027-07-01T00:00:00Z"),
    ],
)
def test_it_expires_at_the_beginning_of_a_month_within_a_year(today, expires):
    lines = security_lines(read_settings(security_contact=CONTACTS), today)
    assert f"Expires: {expires}" in lines


def test_without_a_contact_there_is_none(client):
    assert 404 == client.get(PATH).status_code


def test_it_is_the_same_for_every_reader(client_of):
    reply = client_of(security_contact=CONTACTS).get(PATH, headers={"Accept-Language": "en"})
    assert "public, max-age=300" == reply.headers["Cache-Control"]
    assert "Accept-Language" not in reply.headers["Vary"]
