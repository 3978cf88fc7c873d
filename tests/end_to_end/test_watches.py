"""A watch's whole way: form, receipt, export, a new build with a case, message, forgetting.

Only what people use: pages of a running service, and the commands of both sides.
"""

import base64
import html
import json
import os
import re
import subprocess
import urllib.parse
import urllib.request
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.end_to_end.conftest import index_builder
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.programs import BIN

# The service stands where a day begins last; where it begins first, it is a later day by now.
LAST_DAY, FIRST_DAY = "Etc/GMT+12", "Etc/GMT-14"
TRIP_DAY = (datetime.now(UTC) - timedelta(days=3)).date()
A_MINUTE = timedelta(minutes=1)  # in which these steps are done, within one day
TOKEN = "gateway-token-of-a-test"
BASE64 = re.compile(r'(?<=")[A-Za-z0-9+/]{60,}={0,2}(?=")')

LEGS = """mode,number,service_date,carriage,seat,id_type,id_number,name
train,G5,{day},8,12F,passport,X0000008,Another Ill
train,G5,{day},8,12A,passport,X0000002,Bea Souza
train,G1712,{day},8,12F,passport,X0000009,Somebody Ill
train,G1712,{day},8,12A,passport,X0000001,Ana Silva
"""
CASES = """case_id,classification,onset_date,id_type,id_number,name
C1,confirmed,{day},passport,X0000008,Another Ill
"""
NOTICES = "kind,date,number\ntrain,{day},G5\n"
ONE_MORE_CASE = "C2,confirmed,{day},passport,X0000009,Somebody Ill\n"
MORE_NOTICES = "train,{day},G1712\ntrain,{day},Z11/Z14\n"

WATCHED = {
    "+8619900000001": "ｇ 1712次",
    "+8619900000002": "z14",
    "+8619900000003": "Z11/Z14",
    "+8619900000004": "G1712",  # stopped before the export
    "+8619900000005": "G77",  # no case on it
}
PHONES_ALERTED = ["+8619900000001", "+8619900000002", "+8619900000003"]
STOPPED = "+8619900000004"


class Page:
    """One page as a person without JavaScript has it: text, and forms to send."""

    def __init__(self, url, fields=None):
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        with urllib.request.urlopen(url, body, timeout=PATIENCE_SECONDS) as response:
            self.text = response.read().decode()
        self._base = url

    def sent(self, action, **typed):
        """Send the form of an action with its hidden fields and what was typed."""
        (form,) = re.findall(
            rf'<form[^>]* action="({action}[^"]*)"(.*?)</form>', self.text, re.DOTALL
        )
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1])
        assert set(typed) <= set(re.findall(r' name="(\w+)"', form[1]))
        fields = {name: html.unescape(value) for name, value in hidden}
        address = urllib.parse.urljoin(self._base, html.unescape(form[0]))
        return Page(address, {**fields, **typed})

    @property
    def receipt(self):
        return "".join(re.findall(r"<span>([0-9A-Z-]{9,10})</span>", self.text))


def trip_page(service, number, day):
    form = Page(f"{service.url}/trips?lang=en")
    return form.sent("/trips", number=number, date=day.isoformat())


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("watches")
    index_builder("keygen", root / "keys", "--web", root / "web-keys")
    return root


@pytest.fixture(scope="module")
def source(root):
    """A case took G5; who is ill took G1712 too, which nobody knows so far."""
    folder = root / "source"
    folder.mkdir()
    for name, text in {"cases": CASES, "notices": NOTICES, "legs": LEGS}.items():
        (folder / f"{name}.csv").write_text(text.format(day=TRIP_DAY))
    return folder


def build(root):
    """Return the id of a new candidate."""
    folders = ("--source", root / "source", "--keys", root / "keys", "--out", root / "index")
    return json.loads(index_builder("build", *folders, "--json"))["build_id"]


def publish(root, build_id, *more):
    keys = ("--keys", root / "keys")
    return index_builder("publish", root / "index", build_id, *keys, "--accept-change", *more)


@pytest.fixture(scope="module")
def environment(root):
    return {
        "GAUGE_INDEX_DIR": str(root / "index"),
        "GAUGE_KEYS_DIR": str(root / "web-keys"),
        "GAUGE_STATE_DIR": str(root / "state"),
        "GAUGE_INDEX_RELOAD_SECONDS": "0.2",
        "GAUGE_NETWORK_PAGES": "1000000",  # each look asks for pages
        "GAUGE_TIMEZONE": LAST_DAY,
    }


@pytest.fixture(scope="module")
def gauge(environment):
    def gauge(*arguments, **changed):
        done = subprocess.run(
            [BIN / "gauge", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment, **changed},
        )
        assert 0 == done.returncode, done.stderr
        return done.stdout

    return gauge


@pytest.fixture(scope="module")
def service(root, source, environment, start_module_service, published):
    publish(root, build(root))
    running = start_module_service(published, environment)
    yield running
    running.stop()


def test_who_watches_a_trip_is_told_once_when_a_case_on_it_is_published(
    root, source, service, gauge, sms_gateway, tmp_path, monkeypatch
):
    monkeypatch.setenv("GAUGE_KEY_SMS_TOKEN", TOKEN)

    def publish_and_tell(build_id, name):
        gauge("watches", "export", "--out", tmp_path / name)
        gateway = ("--sms-gateway", sms_gateway.url, "--service-url", service.url)
        return publish(root, build_id, "--watches", tmp_path / name, *gateway)

    receipts = {}
    for phone, number in WATCHED.items():
        answer = trip_page(service, number, TRIP_DAY)
        assert ("No case" if "1712" in number else "We have no information") in answer.text
        receipts[phone] = answer.sent("/trips/watch", phone=phone).receipt
    stop = Page(f"{service.url}/trips/watch/stop?lang=en")
    stop.sent("/trips/watch/stop", receipt=receipts[STOPPED].lower())

    for name, more in {"cases": ONE_MORE_CASE, "notices": MORE_NOTICES}.items():
        with (source / f"{name}.csv").open("a") as table:
            table.write(more.format(day=TRIP_DAY))
    build_id = build(root)
    said = publish_and_tell(build_id, "watches.jsonl")
    assert "4 opened, 3 of published trips, 0 told before; 3 telephones told now" in said
    messages = {body["to"]: body["text"] for _, body in sms_gateway.received}
    assert (PHONES_ALERTED, 3) == (sorted(messages), len(sms_gateway.received))
    assert {f"Bearer {TOKEN}"} == {head["Authorization"] for head, _ in sms_gateway.received}

    # The text leads to the answer, and tells nothing of anybody to who reads it over a shoulder.
    (text,) = set(messages.values())
    assert [f"{service.url}/trips"] == re.findall(r"https?://\S+\w", text)
    words = text.replace(service.url, "")  # whose port may be 29900
    for word in ("Ill", "Silva", "X0000009", "C2", "G1712", "Z11", TRIP_DAY.isoformat(), "9900"):
        assert word not in words
    wait_until(lambda: "A confirmed case travelled" in trip_page(service, "G1712", TRIP_DAY).text)

    again = publish_and_tell(build_id, "later.jsonl")
    assert "3 told before; 0 telephones told now" in again
    assert 3 == len(sms_gateway.received)


def test_a_watch_is_kept_for_twenty_days_and_gone_on_the_twenty_first(service, gauge):
    wait_until(lambda: time_left_of_day() > A_MINUTE)
    day = (datetime.now(UTC) - timedelta(hours=12)).date() - timedelta(days=20)
    trip_page(service, "G77", day).sent("/trips/watch", phone=PHONES_ALERTED[0])
    before = kept(gauge)
    assert re.search(r"watches +0 deleted", gauge("purge"))
    assert re.search(r"watches +1 deleted", gauge("purge", GAUGE_TIMEZONE=FIRST_DAY))
    assert before - 1 == kept(gauge)


def time_left_of_day():
    """Return how long the present day still lasts where the service stands."""
    now = datetime.now(ZoneInfo(LAST_DAY))
    return datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo) - now


def kept(gauge):
    return int(gauge("watches", "count").split()[0])


def test_neither_telephone_nor_trip_is_left_with_the_service(root, service, gauge):
    """Last of the file: by now trips have been looked up, watched, told and forgotten."""
    trip_page(service, "G1712", TRIP_DAY)
    trip_page(service, "G7799", TRIP_DAY).sent("/trips/watch", phone=PHONES_ALERTED[0])
    gauge("watches", "export", "--out", root / "state" / "watches.jsonl")
    service.stop()
    left = [service.output, *filter(os.path.isfile, (root / "state").rglob("*"))]
    export = root / "state" / "watches.jsonl"
    assert export in left
    # what is sealed as the bytes it is: its base64 holds five given signs once in a million runs
    sealed = BASE64.findall(export.read_text("utf-8"))
    assert sealed
    export.write_text(BASE64.sub("", export.read_text("utf-8")), "utf-8")
    content = b"".join([*map(base64.b64decode, sealed), *(file.read_bytes() for file in left)])
    for text in (b"19900000001", b"G7799", b"G1712", TRIP_DAY.isoformat().encode()):
        assert text not in content
