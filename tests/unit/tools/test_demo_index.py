import json
from datetime import UTC, datetime, timedelta

import pytest

from tools import demo_index


@pytest.fixture
def no_settings(monkeypatch):
    for name in demo_index.OWN_SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_settings")
def test_the_demo_serves_where_nobody_chose_an_index():
    assert demo_index.is_wanted()


@pytest.mark.usefixtures("no_settings")
@pytest.mark.parametrize("name", ["GAUGE_INDEX_DIR", "GAUGE_KEYS_DIR", "GAUGE_CONFIG"])
def test_the_demo_gives_way_to_settings(monkeypatch, name):
    monkeypatch.setenv(name, "somewhere")
    assert not demo_index.is_wanted()


def test_a_valid_index_has_time_left(tmp_path):
    until = datetime.now(UTC) + timedelta(hours=20)
    publish(tmp_path, json.dumps({"valid_until": until.strftime("%Y-%m-%dT%H:%M:%SZ")}))
    assert timedelta(hours=19) < demo_index.remaining_validity(tmp_path)


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"valid_until": "soon"}'])
def test_an_unreadable_manifest_leaves_no_time(tmp_path, manifest):
    publish(tmp_path, manifest)
    assert timedelta(0) == demo_index.remaining_validity(tmp_path)


def test_no_index_leaves_no_time(tmp_path):
    assert timedelta(0) == demo_index.remaining_validity(tmp_path)


def publish(index, manifest):
    (index / "current").mkdir()
    (index / "current" / "manifest.json").write_text(manifest)
