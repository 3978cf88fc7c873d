import re
from pathlib import Path

import pytest

from app.settings import (
    Settings,
    SettingsInvalid,
    lines_about_unknown,
    read_settings,
    unknown_variables,
    variable,
)

DOCUMENT = Path(__file__).parents[4] / "docs" / "settings.md"


def test_every_fault_is_told_together_and_by_the_variable(monkeypatch):
    monkeypatch.setenv("GAUGE_PORT", "99999")
    monkeypatch.setenv("GAUGE_THREADS", "none")
    monkeypatch.setenv("GAUGE_TRUSTED_PROXIES", "10.0.0.0/8,here")
    with pytest.raises(SettingsInvalid) as raised:
        read_settings()
    named = {fault.split(":")[0] for fault in raised.value.faults}
    assert {"GAUGE_PORT", "GAUGE_THREADS", "GAUGE_TRUSTED_PROXIES"} == named


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GAUGE_REDIS_URL", "http://:hidden-word@host"),
        ("GAUGE_BASE_URL", "hidden-word"),
        ("GAUGE_TIMEZONE", "hidden-word"),
        ("GAUGE_TRUSTED_PROXIES", "hidden-word"),
        ("GAUGE_AUTHORITY_NAME", '{"hidden-word'),
        ("GAUGE_LIMITS", "hidden-word"),
        ("GAUGE_AUTHORITIES", '["hidden-word"'),
        ("GAUGE_AUTHORITIES", '["甲", 5]'),
        ("GAUGE_PORT", "hidden-word"),
    ],
)
def test_no_fault_quotes_a_value(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as raised:
        read_settings()
    assert "hidden-word" not in str(raised.value)


def test_the_redis_password_is_not_in_the_repr():
    assert "hidden-word" not in repr(read_settings(redis_url="redis://:hidden-word@host:6379/0"))


def test_limits_off_is_refused_unless_bound_to_loopback():
    assert "off" == read_settings(limits="off").limits
    with pytest.raises(SettingsInvalid):
        read_settings(limits="off", host="0.0.0.0")  # noqa: S104


def test_a_file_gives_settings_and_the_environment_comes_first(monkeypatch, tmp_path):
    file = tmp_path / "gauge.toml"
    file.write_text('port = 9000\nhotline = "12320"\n[authority_name]\nen = "Example"\n')
    monkeypatch.setenv("GAUGE_CONFIG", str(file))
    monkeypatch.setenv("GAUGE_PORT", "9001")
    settings = read_settings()
    assert (9001, "12320", "Example") == (
        settings.port,
        settings.hotline,
        settings.authority_in("zh-Hans"),
    )


def test_an_unknown_setting_in_the_file_is_refused(monkeypatch, tmp_path):
    file = tmp_path / "gauge.toml"
    file.write_text("network_cheks = 5\n")
    monkeypatch.setenv("GAUGE_CONFIG", str(file))
    with pytest.raises(SettingsInvalid, match="NETWORK_CHEKS: there is no such setting"):
        read_settings()


@pytest.mark.parametrize("content", ["= = hidden-word", None])
def test_a_file_that_cannot_be_read_is_told_without_its_content(monkeypatch, tmp_path, content):
    file = tmp_path / "gauge.toml"
    if content:
        file.write_text(content)
    monkeypatch.setenv("GAUGE_CONFIG", str(file))
    with pytest.raises(SettingsInvalid, match="GAUGE_CONFIG") as raised:
        read_settings()
    assert "hidden-word" not in str(raised.value)


def test_host_and_port_are_heeded_as_make_run_gives_them(monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    monkeypatch.setenv("PORT", "8123")
    assert ("0.0.0.0", 8123) == (read_settings().host, read_settings().port)  # noqa: S104
    monkeypatch.setenv("GAUGE_PORT", "8124")
    assert 8124 == read_settings().port


def test_a_misspelt_variable_is_seen():
    given = {"GAUGE_LIMTS": "off", "GAUGE_PORT": "1", "GAUGE_KEY_QR": "x", "GAUGE_CONFIG": "y"}
    assert ["GAUGE_LIMTS"] == unknown_variables(given)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("GAUGE_NETWORK_CONECTIONS", "; did you mean GAUGE_NETWORK_CONNECTIONS?"),
        ("GAUGE_WORKER", "; did you mean GAUGE_WORKERS?"),
        ("GAUGE_SOMETHING_ELSE", ""),
    ],
)
def test_a_misspelt_variable_is_told_with_what_it_looks_like(name, hint):
    assert [f"gauge: {name} is set but is no setting{hint}"] == lines_about_unknown({name: "x"})


def test_networks_that_cannot_be_read_are_told_by_an_example(monkeypatch):
    monkeypatch.setenv("GAUGE_TRUSTED_PROXIES", "127.0.0.1/8")
    with pytest.raises(SettingsInvalid) as raised:
        read_settings()
    assert [
        "GAUGE_TRUSTED_PROXIES: must be networks, comma-separated: 127.0.0.1/32 or 10.0.0.0/8"
    ] == raised.value.faults


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104
def test_metrics_are_never_told_on_the_port_of_the_public(host):
    with pytest.raises(SettingsInvalid, match="GAUGE_METRICS_PORT is GAUGE_PORT"):
        read_settings(host=host, port=9464, metrics_port=9464)
    assert 9464 == read_settings(host="10.0.0.7", port=9464, metrics_port=9464).metrics_port


def test_the_authority_may_have_a_name_in_each_language(monkeypatch):
    monkeypatch.setenv("GAUGE_AUTHORITY_NAME", '{"zh-Hans": "甲", "en": "A"}')
    assert ("甲", "A", "甲") == tuple(
        read_settings().authority_in(tag) for tag in ("zh-Hans", "en", "zh-Hant")
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("甲, 乙,,甲", ("甲", "乙")),
        ("甲，乙", ("甲", "乙")),
        ('["East, Department 2", "乙"]', ("East, Department 2", "乙")),
    ],
)
def test_authorities_are_named_by_a_list(monkeypatch, text, names):
    monkeypatch.setenv("GAUGE_AUTHORITIES", text)
    assert names == read_settings().authorities


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_document_with_its_meaning(name):
    text = DOCUMENT.read_text("utf-8")
    row = re.search(rf"^\| `{variable(name)}` \|.*$", text, re.MULTILINE)
    assert row is not None
    assert str(Settings.model_fields[name].description) in row.group().replace("\\|", "|")


def test_a_socket_without_the_process_is_a_fault_of_the_settings():
    with pytest.raises(SettingsInvalid, match="GAUGE_EVALUATOR=process"):
        read_settings(evaluator_socket="/run/x")
