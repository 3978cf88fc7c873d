from tests.unit.app.commands.conftest import run_gauge


def test_settings_are_printed_with_default_and_meaning():
    output = run_gauge("settings", GAUGE_REDIS_URL="redis://:hidden-word@127.0.0.1").stdout
    assert "GAUGE_NETWORK_CHECKS [1200]" in output
    assert "hidden-word" not in output
    assert "GAUGE_PHONE_COUNTRIES [86,852,853,886]" in output
