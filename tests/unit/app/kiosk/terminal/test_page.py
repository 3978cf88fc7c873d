import json
import re

import pytest

from app.web.assets import BUNDLE, asset_names


@pytest.fixture
def worker(client):
    return client.get("/kiosk/worker.js")


@pytest.fixture
def shell(worker):
    return json.loads(re.match(r"self\.SHELL=(\{.*\});\n", worker.text)[1])


def test_the_kiosks_page_is_the_same_for_everybody(client):
    here = client.get("/kiosk", headers={"Accept-Language": "en"})
    there = client.get("/kiosk?lang=zh-Hant")
    assert 200 == here.status_code
    assert here.data == there.data
    assert "Set-Cookie" not in here.headers


def test_a_tablet_that_has_the_page_is_not_sent_it_again(client):
    tag = client.get("/kiosk").headers["ETag"]
    assert 304 == client.get("/kiosk", headers={"If-None-Match": tag}).status_code
    assert "no-cache" == client.get("/kiosk").headers["Cache-Control"]


def test_the_kiosks_page_may_use_camera_thermometers_and_webassembly(client):
    headers = client.get("/kiosk").headers
    assert "script-src 'self' 'wasm-unsafe-eval'" in headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert {"camera=(self)", "serial=(self)"} <= set(headers["Permissions-Policy"].split(", "))


@pytest.mark.parametrize("name", ["Content-Security-Policy", "Permissions-Policy"])
def test_a_policy_of_a_views_own_stands_alone(client, name):
    assert 1 == len(client.get("/kiosk").headers.getlist(name))


def test_the_visitors_page_asks_for_no_camera(client):
    response = client.get("/visit")
    assert 200 == response.status_code
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers


def test_the_service_worker_may_serve_the_kiosks_page_and_no_other(worker):
    assert "/kiosk" == worker.headers["Service-Worker-Allowed"]
    assert worker.mimetype == "text/javascript"


def test_the_shell_holds_the_page_and_what_it_loads(shell):
    names = asset_names()
    parts = {name for name in names if name.startswith(("kiosk", "icon", "zxing"))}
    wanted = {f"/bundle/{names[name]}" for name in parts - {"kiosk_worker.js"}}
    assert {"/kiosk/manifest.webmanifest", *wanted} == set(shell["files"])
    assert "/kiosk" == shell["page"]


def test_no_answer_of_the_api_is_in_the_shell(shell):
    assert [] == [file for file in shell["files"] if "/api/" in file]


def test_every_file_of_the_shell_is_there(client, shell):
    answers = {file: client.get(file).status_code for file in (shell["page"], *shell["files"])}
    assert {200} == set(answers.values()), answers


def test_the_manifest_lets_a_tablet_install_the_page(client):
    manifest = client.get("/kiosk/manifest.webmanifest")
    assert "application/manifest+json" == manifest.mimetype
    document = manifest.get_json(force=True)
    assert "/kiosk" == document["start_url"] == document["scope"]
    assert {"192x192", "512x512", "any"} == {icon["sizes"] for icon in document["icons"]}


def test_the_icons_are_pictures_of_the_size_that_the_manifest_names():
    png = (BUNDLE / asset_names()["icon_192.png"]).read_bytes()
    assert b"\x89PNG\r\n\x1a\n" == png[:8]
    assert (192, 192) == (int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))


def test_the_reader_of_codes_is_served_as_webassembly(client):
    response = client.get(f"/bundle/{asset_names()['zxing_reader.wasm']}")
    assert "application/wasm" == response.mimetype


def test_another_bundle_is_another_version(client_of, monkeypatch, shell):
    names = {**asset_names(), "icon.svg": "icon.000000000000.svg"}
    monkeypatch.setattr("app.kiosk.terminal.page.asset_names", lambda: names)
    assert f'"version": "{shell["version"]}"' not in client_of().get("/kiosk/worker.js").text
