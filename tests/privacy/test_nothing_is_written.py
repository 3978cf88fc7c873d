"""After every kind of check, no log, store, file or process argument holds who asked or who."""

import http.client
import json
import logging
import urllib.parse
from pathlib import Path

import pytest
from redis import Redis

from app.limits.client_networks import FORGOTTEN_PROXY
from tests.fixtures.patience import PATIENCE_SECONDS, WITH_REDIS, wait_until

PROXY = {"GAUGE_TRUSTED_PROXIES": "127.0.0.0/8", "GAUGE_COUNTER": "on"}
CLIENT = "203.0.113.77"
BAD_NAME = "欧阳不存在"
HAN_NAME = "安娜甲乙"
CONTACT = "19900000001"
STORY = "当天在家没有乘车"


def post(service, path, body, content_type):
    address = urllib.parse.urlsplit(service.url)
    connection = http.client.HTTPConnection(
        address.hostname, address.port, timeout=PATIENCE_SECONDS
    )
    headers = {"Content-Type": content_type, "X-Forwarded-For": CLIENT}
    connection.request("POST", path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def drive(service, people) -> list[str]:
    """Ask everything in every way; return what was typed."""
    asked = [*vars(people).values(), people.general.with_han_name(HAN_NAME)]
    for person in asked:
        form = person.as_form()
        post(service, "/api/v1/checks", json.dumps(form), "application/json")
        encoded = urllib.parse.urlencode(form)
        post(service, "/check", encoded, "application/x-www-form-urlencoded")
        correct = urllib.parse.urlencode({**form, "step": "correct"})
        post(service, "/check", correct, "application/x-www-form-urlencoded")
    drive_corrections(service, asked[0].as_form())
    close = asked[0].as_form()
    for change in (
        {"name": BAD_NAME * 50},
        {"name_latin": BAD_NAME * 50},
        {"id_number": close["id_number"] + "1"},
        {"id_number": close["id_number"] + "*"},
    ):
        bad = {**close, **change}
        post(service, "/api/v1/checks", json.dumps(bad), "application/json")
        post(service, "/check", urllib.parse.urlencode(bad), "application/x-www-form-urlencoded")
    post(service, "/api/v1/checks", json.dumps(close)[:-3], "application/json")
    post(service, "/api/v1/checks", json.dumps({**close, BAD_NAME: 1}), "application/json")
    post(service, "/check", json.dumps(close), "application/json")
    for number in range(9):  # beyond the limit of names
        form = {**close, "name": f"{BAD_NAME}{'甲乙丙丁戊己庚辛壬'[number]}"}
        post(service, "/api/v1/checks", json.dumps(form), "application/json")
    typed = {value for person in asked for value in (person.id_number, person.name)}
    return [*typed, HAN_NAME, BAD_NAME, CLIENT, CONTACT, STORY]


def drive_corrections(service, form) -> None:
    """Ask for a correction, with and without a mistake, and try the counter."""
    told = {**form, "what": "never_aboard", "text": STORY, "contact": CONTACT}
    for path, fields in (
        ("/corrections/new", told),
        ("/corrections/new", {**told, "step": "begin"}),
        ("/corrections/new", {**told, "what": ""}),
        ("/corrections", {"receipt": form["id_number"]}),
        ("/counter/sign-in", {"account": form["name"], "password": STORY, "code": CONTACT}),
        ("/counter/check", {**form, "form": "x"}),
    ):
        body = urllib.parse.urlencode(fields)
        post(service, path, body, "application/x-www-form-urlencoded")


def written_forms(texts: list[str]) -> list[bytes]:
    """Return each text as it could stand in a file: UTF-8, JSON, percent or GB18030 encoded."""
    forms = set()
    for text in texts:
        forms |= {
            text.encode(),
            json.dumps(text)[1:-1].encode(),
            urllib.parse.quote(text).encode(),
            urllib.parse.quote_plus(text).encode(),
            text.encode("gb18030"),
            text.upper().encode(),
        }
    return sorted(forms)


def files_under(*folders: Path):
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def assert_nothing_kept(kept: dict[str, bytes], texts: list[str]) -> None:
    for place, content in kept.items():
        for form in written_forms(texts):
            assert form not in content, place


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.mark.parametrize("store", ["embedded", "redis"])
def test_no_identity_and_no_address_is_kept_anywhere(
    start_service, own_deployment, people, scratch, start_redis, store
):
    environment = {**PROXY, "GAUGE_LOG_LEVEL": "debug"}
    running = start_redis() if store == "redis" else None
    if running is not None:
        environment |= {"GAUGE_REDIS_URL": running.url, "GAUGE_WORKERS": "2"}
    before = {file: file.stat().st_mtime_ns for file in files_under(own_deployment.root)}
    service = start_service(own_deployment, environment, WITH_REDIS)
    typed = drive(service, people)
    kept = {
        str(file): file.read_bytes()
        for file in files_under(scratch, own_deployment.state, service.output.parent)
    }
    kept["arguments"] = Path(f"/proc/{service.process.pid}/cmdline").read_bytes()
    kept["environment"] = Path(f"/proc/{service.process.pid}/environ").read_bytes()
    if running is not None:
        redis = Redis.from_url(running.url)
        dumped = {key: redis.dump(key) or b"" for key in redis.scan_iter()}
        assert dumped
        kept |= {f"redis {key!r}": key + value for key, value in dumped.items()}
        kept |= {str(file): file.read_bytes() for file in files_under(running.directory)}
    assert 0 == service.stop()
    kept["output at the end"] = service.output.read_bytes()
    assert_nothing_kept(kept, typed)
    changed = [
        file
        for file in files_under(own_deployment.root)
        if file.parent != own_deployment.state and before.get(file) != file.stat().st_mtime_ns
    ]
    assert [] == changed


def test_a_check_writes_no_line_at_all(start_service, own_deployment, people):
    workers = 2
    service = start_service(own_deployment, {"GAUGE_WORKERS": str(workers)})
    # what a worker writes at its start the last one writes while the first one answers
    wait_until(lambda: service.output_text().count('"index_opened"') == workers)
    lines = service.output_text().splitlines()
    for person in vars(people).values():
        body = json.dumps(person.as_form())
        assert 200 == post(service, "/api/v1/checks", body, "application/json")
    further = service.output_text().splitlines()[len(lines) :]
    # a worker says once that a proxy may have been forgotten, of whoever is the first to name one
    warnings = [line for line in further if FORGOTTEN_PROXY in line]
    assert (True, warnings) == (len(warnings) <= workers, further)


def test_the_search_finds_what_it_looks_for(people):
    content = json.dumps({"name": people.close.name}).encode()
    with pytest.raises(AssertionError):
        assert_nothing_kept({"here": content}, [people.close.name])


def test_an_address_in_a_bad_request_line_stays_out_of_the_log(start_service, own_deployment):
    service = start_service(own_deployment)
    address = urllib.parse.urlsplit(service.url)
    connection = http.client.HTTPConnection(
        address.hostname, address.port, timeout=PATIENCE_SECONDS
    )
    connection.putrequest("GET", "/check?id_number=X00000017")
    connection.putheader("Content-Length", "X00000017")
    connection.endheaders()
    assert 400 == connection.getresponse().status
    connection.close()
    assert "X00000017" not in service.output_text()


def test_the_factory_silences_every_library(app_of, published, capsys, people):
    app_of(published)
    logging.getLogger("werkzeug").error("asked by %s", people.close.name)
    logging.getLogger("some.library").error(people.close.name)
    assert people.close.name not in "".join(capsys.readouterr())
