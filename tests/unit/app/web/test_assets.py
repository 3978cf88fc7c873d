import base64
import hashlib
import re

import pytest

from app.web.assets import asset_integrity, asset_names, script_tag


def test_a_script_comes_from_the_bundle_and_must_be_the_one_that_was_built(client):
    page = client.get("/check").text
    tag = re.search(r'<script defer src="([^"]+)" integrity="sha384-([^"]+)"></script>', page)
    assert tag is not None
    response = client.get(tag[1])
    assert ("text/javascript", 200) == (response.mimetype, response.status_code)
    assert tag[2] == base64.b64encode(hashlib.sha384(response.data).digest()).decode()


def test_a_bundle_without_scripts_serves_pages_without_them(tmp_path, app_of, published):
    (tmp_path / "manifest.json").write_text('{"main.css": "main.0.css"}')
    assert ({"main.css": "main.0.css"}, {}) == (asset_names(tmp_path), asset_integrity(tmp_path))
    with app_of(published).test_request_context():
        assert "" == script_tag("form.js", {}, {})


def test_the_style_sheet_may_be_kept_for_ever(client):
    page = client.get("/").text
    path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = client.get(path)
    assert (200, True) == (
        response.status_code,
        "immutable" in response.headers["Cache-Control"],
    )
    assert "no-store" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["manifest.txt", "..%2F..%2Fsettings.py", "../factory.py"])
def test_nothing_but_the_bundle_is_served(client, name):
    assert 404 == client.get(f"/bundle/{name}").status_code
