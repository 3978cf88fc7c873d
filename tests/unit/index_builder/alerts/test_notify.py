"""From the export of the service to text messages: what is published, each telephone once."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from app.commands import gauge
from app.records.citizens.trip_alerts import add_trip_alert
from app.records.database import Records, records_url
from exposure_index.crypto.keygen import generate_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.messages.export_lines import ExportUnreadable
from exposure_index.messages.sealed_messages import TRIP_ALERT, seal
from exposure_index.messages.trip_alerts import TripAlert, read_trip_alerts
from index_builder.alerts.notify import open_export
from index_builder.alerts.sent_alerts import SentAlerts
from index_builder.commands import main

TODAY = datetime.now(UTC).date()
DAY = TODAY - timedelta(days=3)
ONE, TWO, THREE = (f"+861990000000{number}" for number in (1, 2, 3))
ADDRESS = "https://check.example.org"
TOKEN = "gateway-token-of-a-test"
CASES = "case_id,classification,onset_date\nC1,confirmed,2020-01-20\n"
LEGS = "mode,number,service_date,seat,id_type,id_number,name\n" + "".join(
    f"flight,CA1234,{DAY},{row}C,other,P0000{row},Traveller {row}\n" for row in range(1, 9)
)
LEGS += f"train,G4/G7,{DAY},1A,other,P00009,Traveller 9\n"
TIMETABLE = "mode,number,stop_seq,stop\ntrain,G1/G4,1,北京西\ntrain,G1/G4,2,石家庄\n"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    directory = tmp_path_factory.mktemp("keys") / "keys"
    generate_keys(directory)
    (directory / "sms_token").write_text(TOKEN)
    return directory


@pytest.fixture(scope="module")
def candidates(tmp_path_factory, keys):
    """OUT with two candidates: the first publishes Z11/Z14 and case legs of G99, unpublished."""
    folder = tmp_path_factory.mktemp("built")
    source, out = folder / "source", folder / "out"
    source.mkdir()
    case_legs = f"case_id,mode,number,service_date\nC1,train,G99,{DAY}\n"
    notices = f"kind,date,number\ntrain,{DAY},Z11/Z14\nflight,{DAY},CZ3013\ntrain,{DAY},G4\n"
    notices += f"coach,{DAY},鄂ALB-961\n"
    tables = {"cases": CASES, "case_legs": case_legs, "legs": LEGS, "notices": notices}
    tables["timetable"] = TIMETABLE
    for name, text in tables.items():
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, f"build --source {source} --keys {keys} --out {out}".split())
    assert 0 == done.exit_code, done.output
    (build,) = [path for path in out.iterdir() if len(path.name) == 32]
    return out, build.name


@pytest.fixture
def sealed(keys):
    public = KeyRing.from_directory(keys, {}).bytes("sealed.pub")

    def sealed(phone, number="Z14", mode="train", day=DAY, language="en"):
        return TripAlert(mode, tuple(number.split("/")), day, phone, language).seal(public)

    return sealed


@pytest.fixture
def export(tmp_path, keys, monkeypatch):
    """Keep sealed watches in records and export them with the service's command."""
    made = []

    def export(*messages):
        state = tmp_path / f"state{len(made)}"
        records = Records(records_url(None, state), bytes(32))
        with records.writing() as connection:
            for message in messages:
                digest = os.urandom(32)
                add_trip_alert(connection, digest, message, TODAY + timedelta(days=9))
        monkeypatch.setenv("GAUGE_STATE_DIR", str(state))
        monkeypatch.setenv("GAUGE_KEYS_DIR", str(keys))
        file = tmp_path / f"watches{len(made)}.jsonl"
        done = CliRunner().invoke(gauge, ["watches", "export", "--out", str(file)])
        assert 0 == done.exit_code, done.output
        made.append(file)
        return file

    return export


@pytest.fixture
def publish(candidates, keys, tmp_path, sms_gateway):
    out, build_id = candidates

    def publish(file, *more, gateway=sms_gateway.url):
        casework = tmp_path / "casework"
        arguments = f"publish {out} {build_id} --keys {keys} --casework {casework}".split()
        arguments += ["--accept-change", "--watches", str(file), "--service-url", ADDRESS]
        return CliRunner().invoke(main, [*arguments, "--sms-gateway", gateway, *more])

    return publish


def told(gateway):
    return sorted(body["to"] for _, body in gateway.received)


def test_a_vehicle_is_watched_by_its_plate_whatever_the_notice_calls_it(
    publish, export, sealed, sms_gateway
):
    done = publish(export(sealed(ONE, "鄂ALB961", "taxi"), sealed(TWO, "鄂ALB962", "coach")))
    assert (0, [ONE]) == (done.exit_code, told(sms_gateway)), done.output


def test_who_watches_a_published_trip_is_told_once_ever(publish, export, sealed, sms_gateway):
    messages = [sealed(ONE), sealed(TWO, "CZ3013", "flight"), sealed(THREE, "G77")]
    file = export(*messages, sealed(ONE), sealed(ONE, "Z11/Z14"))
    done = publish(file)
    assert (0, [ONE, TWO]) == (done.exit_code, told(sms_gateway)), done.output
    assert "2 telephones told now" in done.output
    again = publish(export(*messages))
    assert (0, [ONE, TWO]) == (again.exit_code, told(sms_gateway))
    assert "0 telephones told now" in again.output


@pytest.mark.parametrize("number", ["G1", "G4", "G7", "G200/G7"])
def test_a_run_published_under_another_of_its_numbers_is_told(
    publish, export, sealed, sms_gateway, number
):
    assert 0 == publish(export(sealed(ONE, number), sealed(TWO, "G2"))).exit_code
    assert [ONE] == told(sms_gateway)


def test_a_trip_of_a_case_that_nobody_published_tells_nobody(publish, export, sealed, sms_gateway):
    assert 0 == publish(export(sealed(ONE, "G99"))).exit_code
    assert [] == told(sms_gateway)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "ja", "ko", "xx"])
def test_the_text_names_no_trip_and_only_our_address(
    publish, export, sealed, sms_gateway, language
):
    publish(export(sealed(ONE, language=language)))
    ((headers, body),) = sms_gateway.received
    assert f"Bearer {TOKEN}" == headers["Authorization"]
    assert f"{ADDRESS}/trips" in body["text"]
    for word in ("Z14", "Z11", DAY.isoformat(), "case", "病例", "確診"):
        assert word not in body["text"]


def test_a_gateway_that_fails_is_asked_again_at_the_next_publication(
    publish, export, sealed, sms_gateway
):
    file = export(sealed(ONE), sealed(TWO))
    sms_gateway.statuses = [500] * 4
    done = publish(file)
    assert 0 == done.exit_code
    assert "2 telephones could not be told" in done.output
    sms_gateway.received.clear()
    assert "2 telephones told now" in publish(file).output
    assert [ONE, TWO] == told(sms_gateway)


def test_a_gateway_that_is_gone_is_left_alone_after_a_few(publish, export, sealed):
    file = export(*(sealed(f"+8619900000{number}") for number in range(101, 109)))
    done = publish(file, gateway="http://127.0.0.1:9/none")
    assert 0 == done.exit_code
    assert "5 telephones could not be told; the rest was not tried" in done.output


def test_no_telephone_is_printed_or_kept_in_clear(publish, export, sealed, tmp_path):
    done = publish(export(sealed(ONE)), gateway="http://127.0.0.1:9/none")
    publish(export(sealed(ONE)))
    kept = [file for file in (tmp_path / "casework").rglob("*") if file.is_file()]
    assert "watches-told.txt" in [file.name for file in kept]
    assert ONE[3:] not in done.output
    for file in kept:
        assert ONE[3:].encode() not in file.read_bytes()


def test_a_watch_past_its_time_is_not_told(publish, export, sealed, sms_gateway):
    assert 0 == publish(export(sealed(ONE, day=TODAY - timedelta(days=30)))).exit_code
    assert [] == told(sms_gateway)


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "+1900\n"},
        {"phone": 12},
        {"phone": "12320"},
        {"day": "9999-12-31"},
        {"day": "soon"},
        {"numbers": 5},
        {"numbers": ["Z14", "\ud800"]},
        {"language": "\udfff"},
    ],
)
def test_a_watch_that_no_form_sent_tells_nobody_and_stops_nothing(
    publish, export, sealed, sms_gateway, keys, changed
):
    given = {"mode": "train", "numbers": ["Z14"], "day": f"{DAY}", "phone": TWO, "language": "en"}
    public = KeyRing.from_directory(keys, {}).bytes("sealed.pub")
    poison = [seal(public, json.dumps(given | changed).encode(), TRIP_ALERT)]
    poison.append(seal(public, b"[" * 512, TRIP_ALERT))
    done = publish(export(*poison, sealed(ONE)))
    assert (0, [ONE]) == (done.exit_code, told(sms_gateway)), done.output
    assert "2 sealed to another key or damaged" in done.output


def test_a_message_for_another_key_is_counted(publish, export, sealed, sms_gateway):
    done = publish(export(b"\x01" + bytes(len(sealed(TWO)) - 1), sealed(ONE)))
    assert [ONE] == told(sms_gateway)
    assert "1 sealed to another key or damaged" in done.output


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"nonsense\n",
        b'{"format": "gauge-watches", "version": 2}\n',
        b'{"sealed": "AA"}\n',
        b"\x7fELF\xff\n",
    ],
)
def test_a_file_that_is_no_export_is_refused_before_anything_is_published(publish, tmp_path, text):
    (tmp_path / "w.jsonl").write_bytes(text)
    done = publish(tmp_path / "w.jsonl")
    assert 10 == done.exit_code
    assert "published" not in done.output


@pytest.mark.parametrize(
    "gateway", ["http://sms.example.org/", "ftp://x", "https://a:b@example.org"]
)
def test_an_address_that_would_carry_numbers_in_clear_is_refused(publish, export, sealed, gateway):
    assert 2 == publish(export(sealed(ONE)), gateway=gateway).exit_code


def test_an_export_is_readable_by_its_owner_alone_and_writes_over_nothing(export, sealed):
    file = export(sealed(ONE))
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    done = CliRunner().invoke(gauge, ["watches", "export", "--out", str(file)])
    assert 2 == done.exit_code
    counted = CliRunner().invoke(gauge, ["watches", "count"])
    assert counted.output.startswith("1 watches")


def test_a_line_that_was_cut_is_named(sealed, export):
    lines = export(sealed(ONE), sealed(TWO)).read_text().splitlines()
    with pytest.raises(ExportUnreadable, match="line 3"):
        list(read_trip_alerts([*lines[:2], lines[2][:40]]))
    assert 1 == len(json.loads(lines[1]))


def test_an_export_that_lost_its_last_lines_is_refused(sealed, export):
    lines = export(sealed(ONE), sealed(TWO)).read_text().splitlines()
    assert 2 == len(list(read_trip_alerts(lines)))
    for cut in (lines[:-1], lines[:-2], lines[:1], [*lines[:2], lines[-1]], [*lines, lines[1]]):
        with pytest.raises(ExportUnreadable, match=r"cut short|line \d"):
            list(read_trip_alerts(cut))


def test_a_watch_of_more_numbers_than_a_message_holds_keeps_the_first_ones(keys):
    ring = KeyRing.from_directory(keys, {})
    many = tuple(f"Z{number}" for number in range(1000, 1200))
    watch = TripAlert("train", many, TODAY, ONE, "zh-Hant").fit()
    opened = TripAlert.open(ring.bytes("sealed"), watch.seal(ring.bytes("sealed.pub")))
    assert many[: len(opened.numbers)] == opened.numbers
    assert 40 < len(opened.numbers) < len(many)


def test_the_ledger_forgets_on_the_day_of_deletion(tmp_path):
    watch = TripAlert("train", ("Z14",), TODAY, ONE, "en")
    SentAlerts(tmp_path / "told", bytes(32), TODAY).add([watch])
    assert SentAlerts(tmp_path / "told", bytes(32), TODAY).has(watch)
    later = SentAlerts(tmp_path / "told", bytes(32), watch.delete_on)
    assert not later.has(watch)
    assert b"" == (tmp_path / "told").read_bytes()


def test_opening_tells_apart_what_is_over(keys, export, sealed):
    key = KeyRing.from_directory(keys, {}).bytes("sealed")
    file = export(sealed(ONE), sealed(TWO, day=TODAY - timedelta(days=21)))
    opened = open_export(file.read_text().splitlines(), key, TODAY)
    assert ([ONE], 1, 0) == (
        [one.phone for one in opened.watches],
        opened.expired,
        opened.unreadable,
    )
