"""Trip alerts: sealed at once, the same answer to everybody, undone by a receipt."""

import re
import sqlite3
from datetime import timedelta

import pytest

from app.services import EXTENSION
from exposure_index.crypto.keys import KeyRing
from exposure_index.messages.trip_alerts import TripAlert

PHONE = "199 0000 0001"
TO = "+8619900000001"
SHIP = "椰香公主"  # longer than what ciphertext may hold by chance, as it does Z11


@pytest.fixture
def day(client):
    return client.application.extensions[EXTENSION].settings.today()


@pytest.fixture
def watch(client, day):
    def watch(language="en", **fields):
        defaults = {"mode": "train", "number": "Z11/Z14", "date": day.isoformat(), "phone": PHONE}
        return client.post(f"/trips/watch?lang={language}", data={**defaults, **fields})

    return watch


def receipt_of(page) -> str:
    return "".join(re.findall(r"<span>([0-9A-Z-]{9,10})</span>", page.text))


def rows(client) -> list[tuple[bytes, str, bytes]]:
    settings = client.application.extensions[EXTENSION].settings
    with sqlite3.connect(settings.state_dir / "records.sqlite") as database:
        return database.execute("SELECT receipt_digest, delete_on, sealed FROM watches").fetchall()


def test_a_trip_can_be_watched_from_its_answer(client, day):
    page = client.post("/trips?lang=en", data={"number": "G77", "date": day.isoformat()}).text
    assert 'action="/trips/watch?lang=en"' in page
    assert 'name="phone"' in page


@pytest.mark.parametrize(("number", "day"), [("G1234", "2020-01-22"), ("G77", "2020-01-22")])
def test_a_trip_that_is_listed_or_long_past_is_not_offered(client, number, day):
    page = client.post("/trips?lang=en", data={"number": number, "date": day}).text
    assert "/trips/watch" not in page


def test_what_is_kept_opens_on_the_builders_side_only(client, watch, published, day):
    assert 200 == watch("zh-Hant").status_code
    ((_, delete_on, sealed),) = rows(client)
    key = KeyRing.from_directory(published.root / "keys", {}).bytes("sealed")
    assert TripAlert("train", ("Z11", "Z14"), day, TO, "zh-Hant") == TripAlert.open(key, sealed)
    assert (day + timedelta(days=21)).isoformat() == delete_on


def test_every_number_of_the_run_is_watched(client, watch, published, day):
    assert "Z14" not in watch(number="z 11").text
    ((_, _, sealed),) = rows(client)
    key = KeyRing.from_directory(published.root / "keys", {}).bytes("sealed")
    assert ("Z11", "Z14") == TripAlert.open(key, sealed).numbers


def test_a_trip_is_watched_though_no_index_can_be_read(app_of, published, tmp_path, day):
    client = app_of(published, index_dir=str(tmp_path / "nothing")).test_client()
    sent = {"mode": "train", "number": "Z11", "date": day.isoformat(), "phone": PHONE}
    assert 200 == client.post("/trips/watch", data=sent).status_code
    ((_, _, sealed),) = rows(client)
    key = KeyRing.from_directory(published.root / "keys", {}).bytes("sealed")
    assert ("Z11",) == TripAlert.open(key, sealed).numbers


@pytest.mark.parametrize("number", ["\ufdfa" * 60, "\ufdfa" * 12, "\U0001f600" * 60, '"\\' * 30])
def test_a_number_that_grows_in_its_canonical_form_is_no_fault_of_ours(watch, number):
    assert watch(mode="ship", number=number).status_code in {200, 422}


def test_neither_telephone_nor_trip_stands_in_the_records(client, watch, published):
    watch(mode="ship", number=SHIP)
    ((_, _, sealed),) = rows(client)
    key = KeyRing.from_directory(published.root / "keys", {}).bytes("sealed")
    assert (SHIP,) == TripAlert.open(key, sealed).numbers
    settings = client.application.extensions[EXTENSION].settings
    stored = b"".join(file.read_bytes() for file in settings.state_dir.glob("records.sqlite*"))
    for text in (b"19900000001", SHIP.encode()):
        assert text not in stored


def test_neither_telephone_nor_receipt_is_logged(watch, caplog, capfd):
    page = watch()
    output = caplog.text + "".join(capfd.readouterr())
    for text in ("9900000001", receipt_of(page)):
        assert text not in output


def test_every_watch_has_one_length(client, watch):
    watch()
    watch(number="G1", phone="+85251234567")
    assert 1 == len({len(sealed) for *_, sealed in rows(client)})


def test_the_answer_is_the_same_the_second_time(watch):
    shown = r"<span>[0-9A-Z-]+</span>|value=\"[0-9A-Z-]{19}\""
    first, second = (re.sub(shown, "", watch().text) for _ in range(2))
    assert first == second


def test_a_receipt_stops_the_watch_however_it_is_typed(client, watch):
    receipt = receipt_of(watch())
    text = receipt.lower().replace("-", " ")
    page = client.post("/trips/watch/stop?lang=en", data={"receipt": text})
    assert (200, []) == (page.status_code, rows(client))
    again = client.post("/trips/watch/stop?lang=en", data={"receipt": text})
    assert page.text == again.text


def test_a_mistyped_receipt_is_told(client):
    page = client.post("/trips/watch/stop", data={"receipt": "K7QM"})
    assert 422 == page.status_code


@pytest.mark.parametrize("phone", ["", "110", "hello", "+86 10 1234 5678", "1" * 60, "<b>", "\x00"])
def test_what_is_no_mobile_number_is_told_and_not_kept(client, watch, phone):
    page = watch(phone=phone)
    assert (422, True) == (page.status_code, 'href="#phone"' in page.text)
    with pytest.raises(sqlite3.OperationalError):
        rows(client)


def test_a_number_of_a_country_that_gets_no_messages_is_not_watched_for(client, watch):
    page = watch(phone="+44 20 7946 0000")
    assert (422, True) == (page.status_code, "Country codes that can: +86, +852" in page.text)
    with pytest.raises(sqlite3.OperationalError):
        rows(client)


def test_the_operator_says_which_countries_are_told(client_of, day):
    client = client_of(phone_countries=("44",))
    form = {"mode": "train", "number": "G1", "date": day.isoformat()}
    sent = [
        client.post("/trips/watch", data={**form, "phone": phone})
        for phone in ("+442079460000", PHONE)
    ]
    assert [200, 422] == [page.status_code for page in sent]


@pytest.mark.parametrize(
    "fields", [{"number": ""}, {"date": "x"}, {"mode": "rocket"}, {"mode": "", "number": "12"}]
)
def test_a_trip_that_no_page_of_ours_sent_is_refused(watch, fields):
    assert 422 == watch(**fields).status_code


def test_a_trip_of_three_weeks_ago_cannot_be_watched(watch, day):
    assert 200 == watch(date=(day - timedelta(days=20)).isoformat()).status_code
    page = watch(date=(day - timedelta(days=21)).isoformat())
    assert (422, True) == (page.status_code, "too long ago" in page.text)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("network_watches", "Too many requests came from your network"),
        ("phone_watches", "No more text alerts can be set for this mobile number"),
        ("watches_everywhere", "Too many people are using the service"),
    ],
)
def test_watches_are_limited(client_of, day, setting, message):
    client = client_of(**{setting: 1})
    form = {"mode": "train", "number": "G1", "date": day.isoformat(), "phone": PHONE}
    pages = [client.post("/trips/watch?lang=en", data=form) for _ in range(2)]
    assert [200, 429] == [page.status_code for page in pages]
    assert message in pages[1].text


def test_a_form_of_another_site_is_refused(client):
    headers = {"Sec-Fetch-Site": "cross-site"}
    for path in ("/trips/watch", "/trips/watch/stop"):
        assert 403 == client.post(path, data={"phone": PHONE}, headers=headers).status_code


def test_without_records_nothing_is_promised(client_of, day):
    client = client_of(database_url="postgresql://nobody@127.0.0.1:9/nothing")
    form = {"mode": "train", "number": "G1", "date": day.isoformat(), "phone": PHONE}
    assert 503 == client.post("/trips/watch", data=form).status_code


def test_the_receipt_code_is_shown_again_in_another_language(client, watch):
    page = watch()
    kept = page.text.partition('id="kept-receipt"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', kept))
    again = client.post("/trips/watch?lang=zh-Hans", data={**fields, "step": "receipt"})
    assert 'form="kept-receipt" formaction="/trips/watch?lang=zh-Hans"' in page.text
    assert (200, receipt_of(page)) == (again.status_code, receipt_of(again))
    assert 1 == len(rows(client))
    forged = client.post("/trips/watch", data={**fields, "step": "receipt", "receipt": "K7QM"})
    assert 422 == forged.status_code


def test_what_is_being_typed_stays_in_another_language_and_is_not_sent(client, watch):
    page = watch(phone="110")
    assert 'form="watch-form" formaction="/trips/watch?lang=zh-Hans"' in page.text
    content = page.text.partition('id="watch-form"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', content))
    typed = {**fields, "phone": PHONE, "step": "begin"}
    again = client.post("/trips/watch?lang=zh-Hans", data=typed)
    assert (200, True) == (again.status_code, f'value="{PHONE}"' in again.text)
    assert "govuk-error-summary" not in again.text
    assert 200 == client.post("/trips/watch", data={**fields, "phone": PHONE}).status_code
    assert 1 == len(rows(client))


def test_a_code_that_is_being_typed_stays_in_another_language_and_stops_nothing(client, watch):
    receipt = receipt_of(watch())
    fields = {"receipt": receipt, "step": "begin"}
    page = client.post("/trips/watch/stop?lang=zh-Hant", data=fields)
    assert 'form="stop-form" formaction="/trips/watch/stop?lang=en"' in page.text
    assert (200, True) == (page.status_code, f'value="{receipt}"' in page.text)
    assert 1 == len(rows(client))
