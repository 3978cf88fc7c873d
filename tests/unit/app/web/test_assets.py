import base64
import hashlib
import re
from functools import partial

import pytest
from flask import Flask
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

from app.services import EXTENSION
from app.web.assets import (
    BUNDLE,
    BundleMissing,
    asset_integrity,
    asset_names,
    inline_styles,
    script_tag,
)


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


def test_a_bundle_of_before_there_was_a_first_view_must_be_built_anew(tmp_path):
    (tmp_path / "manifest.json").write_text('{"main.css": "main.0.css"}')
    with pytest.raises(BundleMissing, match="make setup"):
        inline_styles(tmp_path)


FILL = re.compile(r"\.gauge-bar--(\w+)\{([^}]*)\}")
CUSTOM = re.compile(r"(--[\w-]+):([^;}]+)")


@pytest.mark.parametrize("dark", [False, True])
def test_no_two_states_of_a_list_are_drawn_alike(dark):
    """Of one custom property the last value that holds for the theme is the one that is shown."""
    sheet = (BUNDLE / asset_names()["organisation.css"]).read_text("utf-8")
    main = (BUNDLE / asset_names()["main.css"]).read_text("utf-8")
    values = {}
    for theme in re.findall(r"(@media[^{]*dark[^{]*\{)?:root\{([^}]*)\}", main + sheet):
        if dark or not theme[0]:
            values |= dict(CUSTOM.findall(theme[1]))
    drawn = {}
    for state, rule in FILL.findall(sheet):
        resolved = re.sub(r"var\((--[\w-]+)[^()]*\)", lambda name: values[name[1]], rule)
        drawn[state] = resolved
    assert {"not_checked", "duplicate", "incomplete", "over", "exposed", "not_found"} == set(drawn)
    assert len(drawn) == len(set(drawn.values())), drawn


def test_what_stands_in_a_page_is_the_beginning_of_what_main_css_says_again():
    """Nothing moves when main.css has come: it holds every rule of the first view."""
    first_view = inline_styles()["first_view.css"]
    whole = (BUNDLE / asset_names()["main.css"]).read_text("utf-8")
    assert len(first_view) < 0.8 * len(whole)
    rules = [rule for rule in re.findall(r"[^{}]+\{[^{}]*\}", first_view) if "@" not in rule]
    assert [] == [rule for rule in rules if rule not in whole]


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


def assets():
    return [file for file in BUNDLE.iterdir() if file.suffix not in (".br", ".gz", ".json")]


def test_every_asset_is_answered_from_memory_as_it_was_built(app_of, published):
    app = app_of(published)
    cache = app.extensions[EXTENSION].page_cache
    assert len(assets()) > 8
    for file in assets():
        plain = cache.respond("GET", f"/bundle/{file.name}", "", {})
        assert (200, file.read_bytes()) == (plain.status, plain.body)
        packed = cache.respond("GET", f"/bundle/{file.name}", "", {"accept-encoding": "br"})
        built = file.with_name(f"{file.name}.br")
        assert packed.body == (built if built.is_file() else file).read_bytes()


def test_the_type_of_an_asset_is_that_of_the_framework(client, app_of, published):
    app = app_of(published)
    framework = partial(Flask.wsgi_app, app)
    for file in assets():
        path = f"/bundle/{file.name}"
        from_memory = client.get(path).headers["Content-Type"]
        response = Response.from_app(framework, create_environ(path))
        assert from_memory == response.headers["Content-Type"], file.name
        response.close()


@pytest.mark.parametrize("query", ["x=1", "lang=en", "lang=xx", "%ff", "v=1&v=2"])
def test_whatever_is_appended_to_its_address_an_asset_is_answered_from_memory(
    app_of, published, query
):
    cache = app_of(published).extensions[EXTENSION].page_cache
    for file in assets():
        plain = cache.respond("GET", f"/bundle/{file.name}", "", {})
        assert plain == cache.respond("GET", f"/bundle/{file.name}", query, {})


@pytest.mark.parametrize("ending", [".br", ".gz"])
def test_the_packed_copy_of_an_asset_has_no_address_of_its_own(client, ending):
    path = f"/bundle/{asset_names()['main.css']}"
    assert (BUNDLE / f"{asset_names()['main.css']}{ending}").is_file()
    assert [200, 404] == [client.get(path).status_code, client.get(path + ending).status_code]


def test_a_part_of_an_asset_is_not_answered_in_place_of_the_whole(client):
    path = f"/bundle/{asset_names()['main.css']}"
    response = client.get(path, headers={"Range": "bytes=0-9"})
    assert (200, True) == (response.status_code, len(response.data) > 10)


def test_no_style_asks_for_the_width_of_a_container():
    """Chromium may leave its content without a box where the styles come late (_form.scss)."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in BUNDLE.glob("*.css")}
    assert sheets
    for name, words in sheets.items():
        assert None is re.search(r"@container|container(-type)?:", words), name
